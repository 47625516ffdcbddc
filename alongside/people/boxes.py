"""Boxes: words that the running server can read and a stolen database cannot.

A box is closed with a key made from the server's, for one purpose and, where it belongs to somebody, for her alone: so
what was boxed for one purpose or person opens for no other, even if somebody moves it in the database.
"""

import hashlib
from uuid import UUID

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

LONGEST_PURPOSE = hashlib.blake2b.PERSON_SIZE


class ClosedBoxError(Exception):
    """This box was closed by another server, for another purpose or for somebody else; or it is damaged."""


def box(purpose: str, text: str, *, whose: UUID | None) -> bytes:
    """Close ``text`` in a box: 40 bytes longer than the text in UTF-8, and different each time.

    ``purpose`` is a name of 1 to ``LONGEST_PURPOSE`` bytes; raises ``ValueError`` for another. ``whose`` is the id of
    the account that it belongs to; ``None`` where that is not known.
    """
    return bytes(_box(purpose, whose).encrypt(text.encode()))


def unbox(purpose: str, boxed: bytes | memoryview, *, whose: UUID | None) -> str:
    """Give the text of a box that was closed with the same purpose and ``whose``. Raises ``ClosedBoxError``.

    ``boxed`` may come from either database: PostgreSQL gives a ``memoryview``.
    """
    opener = _box(purpose, whose)
    try:
        return opener.decrypt(bytes(boxed)).decode()
    except (CryptoError, ValueError) as error:
        raise ClosedBoxError(purpose) from error


def _box(purpose: str, whose: UUID | None) -> SecretBox:
    person = purpose.encode()
    if not 1 <= len(person) <= LONGEST_PURPOSE:
        raise ValueError(f"a purpose has 1 to {LONGEST_PURPOSE} bytes: {purpose!r}")
    salt = whose.bytes if whose else b""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=person, salt=salt)
    return SecretBox(key.digest())
