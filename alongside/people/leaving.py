"""Leaving a browser: what is kept for it goes, whichever room keeps it, and its cookies too.

A room whose cookie finds something on the server registers what drops it::

    @on_leaving("b")
    def drop_beginning(token: str) -> None: ...

``LEFT_COOKIE`` is set by the page's own script the moment she leaves. The script also tells the server, but where that
does not arrive, on a train, the next request from this browser still finds everything gone.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HERE = "/talk/"
"""Where everything of hers lies, and her cookies are sent."""
LEFT_COOKIE = "x"

Drop = Callable[[str], None]
D = TypeVar("D", bound=Drop)
_drops: dict[str, Drop] = {}


def on_leaving(cookie: str) -> Callable[[D], D]:
    """Register what drops that which the value of ``cookie`` finds. It is called with any value, and raises nothing."""

    def register(drop: D) -> D:
        _drops[cookie] = drop
        return drop

    return register


def is_hers(request: HttpRequest) -> bool:
    """Say whether this request asks for a page of hers, found or not: there, or where nothing else is."""
    urls = getattr(request, "urlconf", settings.ROOT_URLCONF)
    return request.path_info.startswith(HERE) or urls == settings.TALK_URLCONF


def has_left(request: HttpRequest) -> bool:
    """Say whether she left this browser, and the server may not have heard of it."""
    return LEFT_COOKIE in request.COOKIES


def drop_everything(request: HttpRequest) -> None:
    """Drop what any of this browser's cookies finds; for the rest of the request they are not there."""
    for cookie, drop in _drops.items():
        token = request.COOKIES.pop(cookie, "")
        if token:
            drop(token)


def delete_cookies(response: HttpResponseBase) -> None:
    """Let the browser delete every cookie that it has for pages of hers."""
    for cookie in (*_drops, LEFT_COOKIE):
        response.delete_cookie(cookie, path=HERE, samesite="Strict")
    if settings.CSRF_COOKIE_NAME not in response.cookies:  # a form on this page needs the new one
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
