"""Addresses of practice."""

from django.urls import path

from alongside.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.start, name="start"),
    path("scenarios/<slug:source_id>/", views.scenario, name="scenario"),
    path("scenarios/<slug:source_id>/begin/", views.begin, name="begin"),
    path("<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("<uuid:attempt_id>/answer/", views.answer, name="answer"),
    path("<uuid:attempt_id>/stop/", views.stop, name="stop"),
    path("<uuid:attempt_id>/again/<int:number>/", views.take_again, name="take_again"),
    path("<uuid:attempt_id>/debrief/", views.look_back, name="debrief"),
    path("<uuid:attempt_id>/delete/", views.delete, name="delete"),
    path("<uuid:attempt_id>/differently/<int:number>/<int:sentence>/", views.see_differently, name="see_differently"),
]
