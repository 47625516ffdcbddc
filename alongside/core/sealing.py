"""Who can read this? Key pairs, wrapped keys, sealed messages, and the server's own boxes.

Everything is libsodium's, by PyNaCl: X25519 sealed boxes, XSalsa20-Poly1305 secret boxes, Argon2id; and keyed BLAKE2b
makes one key of another. What is here decides only which key closes what.

- A person's private key is wrapped twice. The inner box opens with her code (Argon2id), the outer one with the server's
  key: whoever steals the database cannot try codes without the folder of keys, and whoever has both must still guess.
- The server's keys are numbered and rotate; the number stands before each box. Its *handle key*, by which a survivor's
  record is found, does not: her handle is kept nowhere, so what was made of it cannot be made anew without her.
- A message is closed under its conversation's key *for its place*: moved to another place, it does not open.

Whatever does not open raises ``ClosedError``, which says nothing about why.
"""

import hashlib
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

KEY_SIZE = 32
LONGEST_PURPOSE = hashlib.blake2b.PERSON_SIZE
PRIVATE_KEY = "private key"
"""The purpose of the server's box around a wrapped private key: what rotation is told of it."""
PADDED_TO = 512
"""Messages are a multiple of this many bytes long before they are closed, so that their length says little."""
OVERHEAD = 2 + SecretBox.NONCE_SIZE + SecretBox.MACBYTES
"""By how many bytes a server's box is longer than what is in it."""

_NUMBER = struct.Struct(">H")
_COST = struct.Struct(">BI")  # passes, memory in KiB
_HIGHEST_NUMBER = 0xFFFF


class ClosedError(Exception):
    """This does not open: it was closed with another key, for another purpose, place or person, or it is damaged."""


@dataclass(frozen=True)
class Pair:
    """An X25519 key pair, 32 bytes each: anybody can seal to ``public``, only ``private`` opens."""

    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True)
class Cost:
    """How much work Argon2id is: ``passes`` over ``memory`` bytes (a multiple of 1,024).

    Raises ``ValueError`` below the house's standard of 3 passes over 64 MiB, unless it ``may_be_weak``: for tests.
    """

    passes: int
    memory: int
    may_be_weak: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if not self.may_be_weak and (self.passes < 3 or self.memory < 64 * 1024**2):
            raise ValueError("a code is worth at least 3 passes of Argon2id over 64 MiB")
        if self.memory % 1024:
            raise ValueError("Argon2id counts its memory in whole KiB")


STANDARD = Cost(passes=3, memory=64 * 1024**2)


@dataclass(frozen=True)
class ServerKeys:
    """The server's own keys, of 32 bytes each. Raises ``ValueError`` unless they are.

    ``keys``: one or more by their numbers, 1 to 65,535. The newest, of the highest number, closes; all of them open.
    ``handle_key``: does not rotate; what is made of it is found again, never opened.
    """

    keys: Mapping[int, bytes] = field(repr=False)
    handle_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys or not all(1 <= number <= _HIGHEST_NUMBER for number in self.keys):
            raise ValueError("the server's keys have numbers from 1 to 65,535, and there is at least one")
        if any(len(key) != KEY_SIZE for key in (*self.keys.values(), self.handle_key)):
            raise ValueError(f"a key has {KEY_SIZE} bytes")

    @property
    def newest(self) -> int:
        """The number of the key that closes."""
        return max(self.keys)

    @property
    def fingerprints(self) -> dict[int, str]:
        """What tells each key from others and nothing of it: 16 hex digits by number, the handle key's by 0."""
        keys = {0: self.handle_key, **self.keys}
        return {number: _digest(key, b"", "fingerprint").hex()[:16] for number, key in sorted(keys.items())}

    def box(self, purpose: str, data: bytes, *, whose: UUID | None) -> bytes:
        """Close ``data`` under the newest key: ``OVERHEAD`` bytes longer, and different each time.

        ``purpose`` is a name of 1 to ``LONGEST_PURPOSE`` bytes; raises ``ValueError`` for another. ``whose`` is the id
        of the person that it belongs to, ``None`` where it is nobody's: it opens for no other.
        """
        number = self.newest
        return _NUMBER.pack(number) + bytes(self._box(number, purpose, whose).encrypt(data))

    def unbox(self, purpose: str, boxed: bytes | memoryview, *, whose: UUID | None) -> bytes:
        """Give what is in a box that was closed with the same ``purpose`` and ``whose``. Raises ``ClosedError``."""
        number = self.number_of(boxed)
        if number not in self.keys:
            raise ClosedError
        return _decrypt(self._box(number, purpose, whose), bytes(boxed)[_NUMBER.size :])

    def rebox(self, purpose: str, boxed: bytes | memoryview, *, whose: UUID | None) -> bytes:
        """Close what is in a box under the newest key; a wrapped private key needs no code for it. ``ClosedError``."""
        return self.box(purpose, self.unbox(purpose, boxed, whose=whose), whose=whose)

    def number_of(self, boxed: bytes | memoryview) -> int:
        """Give the number of the key under which a box was closed. Raises ``ClosedError`` for what is no box."""
        if len(boxed) < OVERHEAD:
            raise ClosedError
        number: int = _NUMBER.unpack(bytes(boxed)[: _NUMBER.size])[0]
        return number

    def handle_mac(self, handle: str) -> bytes:
        """Give the 32 bytes by which a record is found: made of ``Code.handle`` under the key that does not rotate.

        They cannot be made anew without her words, which the server does not keep. Raises ``ValueError`` for ``""``.
        """
        if not handle:
            raise ValueError("an ally's code has no handle")
        return _digest(self.lasting_key("handle"), handle.encode(), "handle")

    def lasting_key(self, purpose: str) -> bytes:
        """Give 32 bytes for one purpose that no rotation changes: to compare or to sign with, not to close with."""
        return _digest(self.handle_key, b"", purpose)

    def _box(self, number: int, purpose: str, whose: UUID | None) -> SecretBox:
        return SecretBox(_digest(self.keys[number], whose.bytes if whose else b"", purpose))


def new_key() -> bytes:
    """Make a random key of 32 bytes."""
    return secrets.token_bytes(KEY_SIZE)


def new_pair() -> Pair:
    """Make a random key pair."""
    private = PrivateKey.generate()
    return Pair(bytes(private.public_key), bytes(private))


def seal_to(public: bytes, data: bytes) -> bytes:
    """Seal ``data`` so that only the private key of ``public`` opens it: 48 bytes longer, and different each time."""
    return bytes(SealedBox(PublicKey(public)).encrypt(data))


def open_seal(private: bytes, sealed: bytes | memoryview) -> bytes:
    """Open what was sealed to the public key of ``private``. Raises ``ClosedError``."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(bytes(sealed)))
    except (CryptoError, ValueError, TypeError):
        raise ClosedError from None


def wrap_private(private: bytes, secret: str, server: ServerKeys, *, whose: UUID, cost: Cost = STANDARD) -> bytes:
    """Wrap a private key so that it takes ``secret`` (``Code.secret``) and the server's key to open it.

    Takes as long as ``cost`` says, about 0.15 s, and its memory: pass the turnstile first. The cost is written inside,
    so that what was wrapped before it is raised still opens.
    """
    salt = secrets.token_bytes(argon2id.SALTBYTES)
    inner = bytes(_stretched(secret, salt, cost).encrypt(private))
    return server.box(PRIVATE_KEY, _COST.pack(cost.passes, cost.memory // 1024) + salt + inner, whose=whose)


def unwrap_private(wrapped: bytes | memoryview, secret: str, server: ServerKeys, *, whose: UUID) -> bytes:
    """Give the private key that ``wrap_private`` wrapped. Raises ``ClosedError``; takes as long as wrapping did."""
    data = server.unbox(PRIVATE_KEY, wrapped, whose=whose)
    after_salt = _COST.size + argon2id.SALTBYTES
    if len(data) < after_salt:
        raise ClosedError
    passes, kibibytes = _COST.unpack(data[: _COST.size])
    cost = Cost(passes, kibibytes * 1024, may_be_weak=True)  # the server's box says that it wrote this itself
    return _decrypt(_stretched(secret, data[_COST.size : after_salt], cost), data[after_salt:])


def take_as_long(secret: str, *, cost: Cost = STANDARD) -> None:
    """Do the work of one ``unwrap_private``: for a handle that finds nobody, so that the time does not tell."""
    _stretched(secret, bytes(argon2id.SALTBYTES), cost)


def close_message(key: bytes, text: str, *, place: bytes) -> bytes:
    """Close ``text`` under the key of a conversation (32 bytes), for one ``place``: which message, of which, by whom.

    Padded before (ISO 7816-4) to a multiple of ``PADDED_TO`` bytes of UTF-8, of which at least one is padding; 40 bytes
    more than that. Half a surrogate pair, which is no text, becomes “?”. Raises ``ValueError`` for an empty place.
    """
    padded = sodium_pad(text.encode("utf-8", "replace"), PADDED_TO)
    return bytes(_message_box(key, place).encrypt(padded))


def open_message(key: bytes, closed: bytes | memoryview, *, place: bytes) -> str:
    """Give the text that was closed for the same place. Raises ``ClosedError``: moved, reordered, or another's key."""
    padded = _decrypt(_message_box(key, place), bytes(closed))
    try:
        return sodium_unpad(padded, PADDED_TO).decode()
    except (CryptoError, ValueError):
        raise ClosedError from None


def new_token() -> str:
    """Make what a cookie holds: 256 random bits as 43 letters, figures, hyphens and underscores."""
    return secrets.token_urlsafe(KEY_SIZE)


def split_token(token: str) -> tuple[bytes, bytes]:
    """Make two independent values of 32 bytes of a token: what finds its session, and the key that opens it.

    The server keeps the first; the second, and so what lies in the session, is there only while the cookie is.
    """
    return _digest(b"", token.encode(), "session lookup"), _digest(b"", token.encode(), "session key")


def close_session(key: bytes, data: bytes) -> bytes:
    """Close what lies in a session under the second half of its token: 40 bytes longer."""
    return bytes(SecretBox(_digest(key, b"", "session")).encrypt(data))


def open_session(key: bytes, closed: bytes | memoryview) -> bytes:
    """Give what ``close_session`` closed. Raises ``ClosedError``."""
    return _decrypt(SecretBox(_digest(key, b"", "session")), bytes(closed))


def _digest(key: bytes, data: bytes, purpose: str) -> bytes:
    """Make 32 bytes of ``data`` under ``key``, for one purpose: keyed, personalised BLAKE2b."""
    person = purpose.encode()
    if not 1 <= len(person) <= LONGEST_PURPOSE:
        raise ValueError(f"a purpose has 1 to {LONGEST_PURPOSE} bytes: {purpose!r}")
    return hashlib.blake2b(data, digest_size=KEY_SIZE, key=key, person=person).digest()


def _message_box(key: bytes, place: bytes) -> SecretBox:
    if not place:
        raise ValueError("a message has a place")
    return SecretBox(_digest(key, place, "message"))


def _stretched(secret: str, salt: bytes, cost: Cost) -> SecretBox:
    """Give the box that opens with a code, the slow way (RFC 9106: Argon2id, one lane)."""
    return SecretBox(argon2id.kdf(KEY_SIZE, secret.encode(), salt, opslimit=cost.passes, memlimit=cost.memory))


def _decrypt(box: SecretBox, closed: bytes) -> bytes:
    try:
        return bytes(box.decrypt(closed))
    except (CryptoError, ValueError):
        raise ClosedError from None
