"""Pages of hers look like nothing to others: in tabs, caches and search engines, found or not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from alongside.people.hers import look_of
from alongside.people.leaving import delete_cookies, drop_everything, has_left, is_hers
from alongside.people.looks import FIRST_LOOK, LOOKS, Look
from alongside.people.opening import HER_LIMITS, heard, opened

QUIET_BEFORE_OPENING = timedelta(hours=1)
"""After how long a page is put away on which nothing is open yet: she may be writing her first words."""


def discreet(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser and no search engine keep a page of hers; and finish what leaving began in this browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_hers(request):
            return get_response(request)
        left = has_left(request)
        if left:
            drop_everything(request)
            if request.method in ("GET", "HEAD"):
                request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)  # a form that is shown now gets a new one
        response = get_response(request)
        if left:
            delete_cookies(response)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware


def pages_of_hers(request: HttpRequest) -> dict[str, Any]:
    """Give the templates of pages of hers ``is_open``, ``look``, what is ``said`` once, and when to go quiet."""
    if not is_hers(request):
        return {}
    is_open = opened(request) is not None
    return {
        "is_open": is_open,
        "look": _look(request),
        "said": SimpleLazyObject(lambda: heard(request)),
        "quiet_after": int((HER_LIMITS.idle if is_open else QUIET_BEFORE_OPENING).total_seconds()),
        "leave_to": settings.LEAVE_TO,
    }


def neutral(request: HttpRequest) -> dict[str, Any]:
    """Give what a page of hers needs that must not ask the database: something is broken."""
    return {"look": LOOKS[FIRST_LOOK], "leave_to": settings.LEAVE_TO}


def _look(request: HttpRequest) -> Look:
    opener = opened(request)
    return look_of(opener.survivor) if opener else LOOKS[FIRST_LOOK]
