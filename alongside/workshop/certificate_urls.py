"""Public addresses that verify a certificate."""

from django.urls import path

from alongside.workshop import certificate_views

app_name = "certificates"
urlpatterns = [
    path("", certificate_views.start, name="start"),
    path("<str:code>/", certificate_views.verify_code, name="verify"),
]
