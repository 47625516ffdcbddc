"""Addresses of one's own account, and of the pages behind one-time links."""

from django.urls import path

from alongside.people import views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("name/", views.name, name="name"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("export/", views.export, name="export"),
    path("leave/", views.leave, name="leave"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("new-password/<str:token>/", views.new_password, name="new_password"),
]
