"""Addresses of one's own account, and of the pages behind one-time links."""

from django.urls import path

from alongside.people import ready_views, views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("name/", views.name, name="name"),
    path("email/", views.email, name="email"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("export/", views.export, name="export"),
    path("leave/", views.leave, name="leave"),
    path("ready/", ready_views.ready, name="ready"),
    path("ready/agreement/", ready_views.agreement, name="agreement"),
    path("ready/pause/", ready_views.pause, name="pause"),
    path("ready/resume/", ready_views.resume, name="resume"),
    path("ready/lay-down/", ready_views.lay_down, name="lay_down"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("new-password/<str:token>/", views.new_password, name="new_password"),
]
