"""Addresses of practice."""

from django.urls import path

from alongside.practice import drill_views, showing_views, views

app_name = "practice"
urlpatterns = [
    path("", views.start, name="start"),
    path("scenarios/<slug:source_id>/", views.scenario, name="scenario"),
    path("scenarios/<slug:source_id>/begin/", views.begin, name="begin"),
    path("drills/", drill_views.overview, name="drills"),
    path("drills/next/", drill_views.next_one, name="next_drill"),
    path("drills/<slug:source_id>/", drill_views.drill, name="drill"),
    path("<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("<uuid:attempt_id>/answer/", views.answer, name="answer"),
    path("<uuid:attempt_id>/stop/", views.stop, name="stop"),
    path("<uuid:attempt_id>/again/<int:number>/", views.take_again, name="take_again"),
    path("<uuid:attempt_id>/debrief/", views.look_back, name="debrief"),
    path("<uuid:attempt_id>/show/", showing_views.show, name="show"),
    path("<uuid:attempt_id>/show-no-more/", showing_views.show_no_more, name="show_no_more"),
    path("<uuid:attempt_id>/delete/", views.delete, name="delete"),
    path("<uuid:attempt_id>/differently/<int:number>/<int:sentence>/", views.see_differently, name="see_differently"),
]
