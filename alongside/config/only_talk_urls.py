"""All addresses of a server, or of a host name, that serves survivors alone."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="ask:door")),
    path("", include("alongside.config.talk_urls")),
]
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.broken"
if settings.DEBUG:
    urlpatterns = [*staticfiles_urlpatterns(), *urlpatterns]
