"""The session store: keeps only a hash of each session's key, so that a stolen database opens nobody's session."""

import base64
import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session


class SessionStore(DatabaseStore):
    """Django's database store, but a row is found by the SHA-256 of the key in the cookie (240 of its 256 bits)."""

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
        """Give the row to save, under the key's hash."""
        row = super().create_model_instance(data)
        return Session(
            session_key=self.stored_key(row.session_key), session_data=row.session_data, expire_date=row.expire_date
        )

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(self.stored_key(key))
