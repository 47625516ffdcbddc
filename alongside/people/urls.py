"""Addresses of one's own account, and of the pages behind one-time links."""

from django.urls import path

from alongside.people import own_code_views, ready_views, views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("name/", views.name, name="name"),
    path("email/", views.email, name="email"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("code/", own_code_views.code, name="code"),
    path("code/new/", own_code_views.new_code, name="new_code"),
    path("code/close/", own_code_views.close_code, name="close_code"),
    path("code/lost/", own_code_views.lost_code, name="lost_code"),
    path("care/leave/", own_code_views.leave_care_team, name="leave_care_team"),
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
