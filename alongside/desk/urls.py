"""Addresses of the desk."""

from django.urls import path

from alongside.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
]
