"""Every address of the house."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from alongside.people.access import shut
from alongside.people.promise_views import promises

# Wagtail's own ways to sign in or to manage people would let a password alone past the second factor.
_sign_in_here = RedirectView.as_view(pattern_name="account_login")
wagtail_side_doors = [
    path("edit/login/", _sign_in_here),
    path("edit/logout/", RedirectView.as_view(pattern_name="account_logout")),
    re_path(r"^edit/(?:password_reset|users|groups)/", shut),
    re_path(r"^(?:_util|documents/authenticate_with_password)/", shut),
]

urlpatterns = [
    path("account/", include("alongside.people.account_urls")),
    path("me/", include("alongside.people.urls")),
    path("practice/", include("alongside.practice.urls")),
    path("workshop/", include("alongside.workshop.urls")),
    path("certificates/", include("alongside.workshop.certificate_urls")),
    path("promises/", promises, name="promises"),
    path("desk/", include("alongside.desk.urls")),
    path("ally/", include("alongside.introductions.ally_urls")),
    path("ally/", include("alongside.conversations.ally_urls")),
    path("letters/", include("alongside.introductions.letter_urls")),
    path("", include("alongside.config.talk_urls")),
    *wagtail_side_doors,
    path("edit/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.broken"
if settings.DEBUG:
    urlpatterns = [*staticfiles_urlpatterns(), *urlpatterns]
