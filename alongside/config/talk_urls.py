"""Every address of ``/talk/``: all that a process that serves survivors alone has in it."""

from django.urls import include, path

urlpatterns = [
    path("talk/", include("alongside.people.survivor_urls")),
    path("talk/", include("alongside.introductions.survivor_urls")),
    path("talk/", include("alongside.conversations.survivor_urls")),
]
