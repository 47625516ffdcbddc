"""The session store: keeps only a hash of each session's key, so that a stolen database opens nobody's session.

Each row also carries the id of the account that is signed in (``people.Session.user``): so a person's sessions can be
ended without reading anybody's, and are deleted with the account by the database itself.
"""

import base64
import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from alongside.people.models import Session, User
from alongside.records import clock

STAFF_SESSION_LASTS = timedelta(hours=12)


class SessionStore(DatabaseStore):
    """Django's database store, but a row is found by the SHA-256 of the key in the cookie (240 of its 256 bits)."""

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
            expire_date=row.expire_date,
            user_id=UUID(data[SESSION_KEY]) if SESSION_KEY in data else None,
        )

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(self.stored_key(key))


def end_sessions(user: User, *, but: SessionBase | None = None) -> int:
    """Sign ``user`` out everywhere, or everywhere but in the session given. Gives the number of sessions ended."""
    sessions = Session.objects.filter(user=user)
    if but is not None and but.session_key:
        sessions = sessions.exclude(session_key=SessionStore.stored_key(but.session_key))
    return sessions.delete()[0]


def limit_to_staff_hours(session: SessionBase) -> None:
    """Let this session end twelve hours from now, however busy it is."""
    session.set_expiry(clock.now() + STAFF_SESSION_LASTS)
