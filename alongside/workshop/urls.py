"""Addresses of the workshop."""

from django.urls import path

from alongside.workshop import assessment_views, certificate_views, media, reminder_views, views

app_name = "workshop"
urlpatterns = [
    path("", views.start, name="start"),
    path("lessons/<slug:source_id>/", views.lesson, name="lesson"),
    path("lessons/<slug:source_id>/place/", views.place, name="place"),
    path("reflections/", views.reflections, name="reflections"),
    path("reflections/<uuid:reflection_id>/delete/", views.delete_reflection, name="delete_reflection"),
    path("assessment/", assessment_views.both, name="assessment"),
    path("assessment/first/", assessment_views.first, name="first_assessment"),
    path("assessment/last/", assessment_views.last, name="last_assessment"),
    path("certificate/", certificate_views.certificate, name="certificate"),
    path("certificate/paper/", certificate_views.paper, name="paper"),
    path("again/", reminder_views.again, name="again"),
    path("reminders/", reminder_views.reminders_switch, name="reminders"),
    path("reminders/<str:token>/stop/", reminder_views.stop, name="stop_reminders"),
    path("media/<int:document_id>/", media.media, name="media"),
]
