"""Addresses of the desk."""

from django.urls import path

from alongside.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("help-sign-in/", views.help_sign_in, name="help_sign_in"),
    path("invite-survivor-leader/", views.invite_survivor_leader, name="invite_survivor_leader"),
    path("seen-differently/", views.seen_differently, name="seen_differently"),
    path("seen-differently/<uuid:view_id>/read/", views.mark_read, name="mark_read"),
]
