"""Addresses of practice."""

from django.urls import path

from alongside.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.start, name="start"),
]
