"""The session store: keeps only a hash of each session's key, so that a stolen database opens nobody's session.

A session with a role at the desk ends twelve hours after it began, and sooner when nothing is asked of it for an hour.
The row's expiry date says when: a session that was idle is gone for the server, whatever the browser kept.

Each row also carries the id of the account that is signed in (``people.Session.user``): so a person's sessions can be
ended without reading anybody's, and are deleted with the account by the database itself.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponseBase

from alongside.people.models import Opened, Session, User
from alongside.records import clock

STAFF_SESSION_LASTS = timedelta(hours=12)
STAFF_MAY_BE_IDLE = timedelta(hours=1)
NOTED_EACH = timedelta(minutes=1)  # not every request needs to be written down
OF_STAFF = "of_staff"  # in the session: it is one that ends when it is idle
BY_ITSELF = "/edit/editing-sessions/"  # asked every few seconds, whether or not anybody is there

Answer = Callable[[HttpRequest], HttpResponseBase]


class SessionStore(DatabaseStore):
    """Django's database store, but a row is found by the SHA-256 of the key in the cookie (240 of its 256 bits)."""

    _row_expires_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Give the model of the rows."""
        return Session

    @classmethod
    def stored_key(cls, session_key: str) -> str:
        """Give what stands in the database for ``session_key``: 40 characters, the width of Django's column."""
        return base64.urlsafe_b64encode(hashlib.sha256(session_key.encode()).digest())[:40].decode()

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        if key is None:
            return None
        self._session_key = self.stored_key(key)
        try:
            found: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        finally:
            self._session_key = key
        if found is None:
            self._session_key = None
        else:
            self._row_expires_at = found.expire_date
        return found

    def exists(self, session_key: str) -> bool:
        """Say whether a session with this key is stored."""
        return super().exists(self.stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Give the row to save, under the key's hash, with the id of whoever is signed in."""
        row = super().create_model_instance(data)
        return Session(
            session_key=self.stored_key(row.session_key),
            session_data=row.session_data,
            expire_date=_sooner_if_idle(row.expire_date) if data.get(OF_STAFF) else row.expire_date,
            user_id=UUID(data[SESSION_KEY]) if SESSION_KEY in data else None,
        )

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(self.stored_key(key))

    def note_use(self) -> None:
        """Put off the end of a session of staff, because something was asked of it; one that has ended stays so."""
        if not self.get(OF_STAFF) or self._row_expires_at is None or self.session_key is None:
            return
        until = _sooner_if_idle(self.get_expiry_date())
        if until - self._row_expires_at >= NOTED_EACH:
            row = Session.objects.filter(session_key=self.stored_key(self.session_key), expire_date__gt=clock.now())
            row.update(expire_date=until)


def note_use(get_response: Answer) -> Answer:
    """Take each request as a sign that somebody is there, but not what an open page of the editor asks by itself."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(BY_ITSELF):
            request.session.note_use()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def keep_no_key(get_response: Answer) -> Answer:
    """Keep no cookie with a form that waits until she has given her password again.

    allauth keeps the whole request in the session meanwhile, and a stolen database would hold the session's key.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, ReauthenticationRequired):
            request.META.pop("HTTP_COOKIE", None)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def end_sessions(user: User, *, but: SessionBase | None = None) -> int:
    """Sign ``user`` out everywhere, or everywhere but in the session given. Gives the number of sessions ended.

    What her own code has opened is closed everywhere.
    """
    Opened.objects.filter(pair__user=user).delete()
    sessions = Session.objects.filter(user=user)
    if but is not None and but.session_key:
        sessions = sessions.exclude(session_key=SessionStore.stored_key(but.session_key))
    return sessions.delete()[0]


def limit_to_staff_hours(session: SessionBase) -> None:
    """Let this session end twelve hours from now, however busy it is, and sooner when it is idle."""
    session.set_expiry(clock.now() + STAFF_SESSION_LASTS)
    session[OF_STAFF] = True


def _sooner_if_idle(end: datetime) -> datetime:
    return min(end, clock.now() + STAFF_MAY_BE_IDLE)
