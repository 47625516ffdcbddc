"""Addresses of one's own account."""

from django.urls import path

from alongside.people import views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
