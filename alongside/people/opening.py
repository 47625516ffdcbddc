"""What a code has opened in one browser, and for how long it stays open there.

Her private key lies in a row (``people.Opened``), boxed under a key that only her cookie makes; the server keeps the
cookie nowhere. A survivor's cookie is sent to ``/talk/`` alone, an account's everywhere. The row ends when nobody has
asked for anything for a while, and after some hours however busy it is; what a page asks on its own does not count.

A view of hers::

    @for_survivor
    def settings(request: HttpRequest) -> HttpResponse:
        opener = opener_of(request)

It never touches ``request.session``, ``request.user`` or the messages framework: what it has to say, it ``say``s.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, overload
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse

from alongside.core.sealing import ClosedError, close_session, new_token, open_session, split_token
from alongside.people.leaving import HERE, is_hers, on_leaving
from alongside.people.models import KeyPair, Opened, Survivor, User
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

HER_COOKIE = "s"
OWN_COOKIE = "o"
NOTED_EACH = timedelta(minutes=1)  # not every request needs to be written down


@dataclass(frozen=True)
class Limits:
    """How long something stays open: while nobody asks for anything, and at most."""

    idle: timedelta
    lasts: timedelta


HER_LIMITS = Limits(idle=timedelta(minutes=15), lasts=timedelta(hours=4))
OWN_LIMITS = Limits(idle=timedelta(minutes=30), lasts=timedelta(hours=12))


@dataclass(frozen=True)
class Opener:
    """Somebody whose code is open: her key pair, and the private key of it, 32 bytes."""

    pair: KeyPair
    private: bytes = field(repr=False)

    @property
    def survivor(self) -> Survivor:
        """The survivor whose it is. Raises ``TypeError`` for an account's."""
        if self.pair.survivor is None:
            raise TypeError("this key pair is an account’s")
        return self.pair.survivor

    @property
    def user(self) -> User:
        """The account whose it is. Raises ``TypeError`` for a survivor's."""
        if self.pair.user is None:
            raise TypeError("this key pair is a survivor’s")
        return self.pair.user


@dataclass(frozen=True)
class _Found:
    """A row that this request's cookie finds, the key that the cookie makes, and what it opens."""

    row: Opened
    key: bytes = field(repr=False)
    opener: Opener


def opened(request: HttpRequest) -> Opener | None:
    """Give who is open in this browser: on pages of hers the survivor, elsewhere an account; ``None`` for nobody.

    Whether that account is the one that is signed in, ``with_code`` sees to.
    """
    found = _find(request)
    return found.opener if found else None


def row_of(request: HttpRequest) -> Opened | None:
    """Give the row of what is open in this browser; ``None`` when nothing is."""
    found = _find(request)
    return found.row if found else None


def opener_of(request: HttpRequest) -> Opener:
    """Give who is open, in a view that lets in nobody else. Raises ``TypeError`` when nobody is."""
    opener = opened(request)
    if opener is None:
        raise TypeError("nothing is open")
    return opener


def open_here(request: HttpRequest, response: HttpResponseBase, pair: KeyPair, private: bytes) -> None:
    """Open ``pair`` in this browser for a while; what was open here before is closed.

    ``pair`` is as it was when its code was entered: if that has been changed meanwhile, nothing is open.
    """
    cookie = _cookie_of(pair)
    token = new_token()
    lookup, key = split_token(token)
    now = clock.now()
    with transaction.atomic():
        _close(request.COOKIES.get(cookie, ""))
        row = Opened.objects.create(
            lookup=lookup,
            pair=pair,
            private_key=close_session(key, private),
            code_from=pair.code_changed_at,
            began_at=now,
            seen_at=now,
            expires_at=now + _limits_of(pair).idle,
        )
    response.set_cookie(
        cookie,
        token,
        path=HERE if cookie == HER_COOKIE else "/",
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Strict",
    )
    if cookie == HER_COOKIE:
        rotate_token(request)
    _keep(request, _Found(row, key, Opener(pair, private)))


def close_here(request: HttpRequest, response: HttpResponseBase) -> None:
    """Close what is open in this browser, and let it delete the cookie. Where nothing is, the cookie goes as well."""
    cookie, path = (HER_COOKIE, HERE) if is_hers(request) else (OWN_COOKIE, "/")
    _close(request.COOKIES.get(cookie, ""))
    response.delete_cookie(cookie, path=path, samesite="Strict")
    _keep(request, None)


def close_all(pair: KeyPair, *, but: Opened | None = None) -> int:
    """Close ``pair`` in every browser, or in every other than that of ``but``. Gives in how many it was open."""
    rows = Opened.objects.filter(pair=pair)
    with transaction.atomic():
        closed = (rows.exclude(pk=but.pk) if but else rows).delete()[0]
        if closed:
            sweep_after_commit()
    return closed


def say(request: HttpRequest, sentence: object) -> None:
    """Let the next page of hers say ``sentence``, once; boxed until then. Where nothing is open, nothing is said."""
    found = _find(request)
    if found is not None:
        Opened.objects.filter(pk=found.row.pk).update(said=close_session(found.key, str(sentence).encode()))


def heard(request: HttpRequest) -> str:
    """Give what was to be said, for the page that says it; ``""`` where there is nothing. A second time it is gone."""
    found = _find(request)
    if found is None:
        return ""
    with transaction.atomic():
        said = Opened.objects.filter(pk=found.row.pk).values_list("said", flat=True).first()
        if said is None or not Opened.objects.filter(pk=found.row.pk, said__isnull=False).update(said=None):
            return ""
    try:
        return open_session(found.key, said).decode()
    except ClosedError:
        return ""


@overload
def for_survivor(view: View[P], /) -> View[P]: ...
@overload
def for_survivor(*, is_activity: bool) -> Callable[[View[P]], View[P]]: ...
def for_survivor(view: Any = None, /, *, is_activity: bool = True) -> Any:
    """Let in a survivor whose code is open here, as ``opener_of(request)``; lead everybody else to where it is opened.

    ``is_activity=False`` is for what a page asks on its own: it keeps nothing open, and where nothing is open it
    answers 404 with nothing in it.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            found = _find(request)
            if found is not None:
                if is_activity:
                    note_use(found.row)
                return view(request, *args, **kwargs)
            response = redirect("hers:open") if is_activity else HttpResponse(status=404)
            response.delete_cookie(HER_COOKIE, path=HERE, samesite="Strict")
            return response

        return guarded  # type: ignore[return-value]

    return decorate if view is None else decorate(view)


@overload
def with_code(view: View[P], /) -> View[P]: ...
@overload
def with_code(*, is_activity: bool) -> Callable[[View[P]], View[P]]: ...
def with_code(view: Any = None, /, *, is_activity: bool = True) -> Any:
    """Let in the account that is signed in once its own code is open here, as ``opener_of(request)``.

    Stands under ``for_ally`` or ``for_staff``. Everybody else is led to where the code is opened, and then back;
    ``is_activity`` is as for ``for_survivor``.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            found = _find(request)
            if found is not None and found.opener.pair.user_id == request.user.pk:
                if is_activity:
                    note_use(found.row)
                return view(request, *args, **kwargs)
            if not is_activity:
                return HttpResponse(status=404)
            back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
            return redirect(f"{reverse('people:code')}{back}")

        return guarded  # type: ignore[return-value]

    return decorate if view is None else decorate(view)


def note_use(row: Opened) -> None:
    """Put off the end of what is open, because somebody asked for something; what has ended stays so."""
    now = clock.now()
    limits = _limits_of(row.pair)
    until = min(now + limits.idle, row.began_at + limits.lasts)
    lately = Opened.objects.filter(pk=row.pk, expires_at__gt=now, seen_at__lte=now - NOTED_EACH)
    lately.update(seen_at=now, expires_at=until)


@erases_expired
def erase_what_went_quiet(moment: datetime) -> int:
    """Delete what nobody has used for a while, and what was open too long."""
    return Opened.objects.filter(expires_at__lte=moment).delete()[0]


@on_leaving(HER_COOKIE)
def _close(token: str) -> None:
    """Delete the row that a cookie finds, if there is one."""
    if not token:
        return
    with transaction.atomic():
        if Opened.objects.filter(lookup=split_token(token)[0]).delete()[0]:
            sweep_after_commit()


@receiver(user_logged_out)
def close_with_the_account(request: HttpRequest | None, **kwargs: Any) -> None:
    """Close what an account has opened in this browser when it is signed out there."""
    if request is not None:
        _close(request.COOKIES.get(OWN_COOKIE, ""))
        _keep(request, None)


def _find(request: HttpRequest) -> _Found | None:
    """Give what this browser's cookie opens, looked up once for each request."""
    if not hasattr(request, "_what_is_open"):
        cookie = HER_COOKIE if is_hers(request) else OWN_COOKIE
        _keep(request, _look_up(request.COOKIES.get(cookie, ""), cookie))
    found: _Found | None = request._what_is_open  # type: ignore[attr-defined]
    return found


def _keep(request: HttpRequest, found: _Found | None) -> None:
    request._what_is_open = found  # type: ignore[attr-defined]


def _look_up(token: str, cookie: str) -> _Found | None:
    if not token:
        return None
    lookup, key = split_token(token)
    rows = Opened.objects.filter(lookup=lookup, expires_at__gt=clock.now(), pair__retired_at=None)
    row = rows.filter(code_from=F("pair__code_changed_at")).select_related("pair__survivor", "pair__user").first()
    if row is None or _cookie_of(row.pair) != cookie:
        return None
    try:
        return _Found(row, key, Opener(row.pair, open_session(key, row.private_key)))
    except ClosedError:
        return None


def _cookie_of(pair: KeyPair) -> str:
    return HER_COOKIE if pair.survivor_id else OWN_COOKIE


def _limits_of(pair: KeyPair) -> Limits:
    return HER_LIMITS if pair.survivor_id else OWN_LIMITS
