"""A stream sealed to a public key, whose end cannot be cut off unnoticed.

Layout: 19 bytes that say what it is · 8 bytes that name the key pair · a random key in a sealed box (80) · the header
of libsodium's secretstream (24) · chunks, each of 65,536 bytes and 17 that authenticate it, the last one shorter and
marked as the last. Memory stays at a chunk or two, whatever the length.
"""

import io
from typing import BinaryIO

import nacl.exceptions
from nacl.bindings import crypto_secretstream_xchacha20poly1305_ABYTES as OVERHEAD
from nacl.bindings import crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_pull as init_pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_init_push as init_push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_keygen as make_key
from nacl.bindings import crypto_secretstream_xchacha20poly1305_pull as pull
from nacl.bindings import crypto_secretstream_xchacha20poly1305_push as push
from nacl.bindings import crypto_secretstream_xchacha20poly1305_state as State  # noqa: N812
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_FINAL as LAST
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as NOT_LAST
from nacl.public import PrivateKey, PublicKey, SealedBox

from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import name_of

MAGIC = b"alongside backup 1\n"
CHUNK = 65_536
_NAME = 8
_SEALED_KEY = 80

NO_BACKUP = "It is no backup of Alongside."
CUT_SHORT = "It is cut short: its end is missing. Fetch it once more, or take another backup."
CUT_SHORT_OR_DAMAGED = "It is cut short, or damaged near its end. Fetch it once more, or take another backup."
DAMAGED = "It is damaged: part of it was changed after it was written. Take another backup."


class SealingStream(io.RawIOBase):
    """Takes what is to be sealed and writes it, sealed, to ``sink``. It is whole only after ``finish``."""

    def __init__(self, sink: BinaryIO, key: PublicKey) -> None:
        self._sink = sink
        self._state = State()
        self._waiting = bytearray()
        self._opening = MAGIC + bytes.fromhex(name_of(key))
        stream_key = make_key()
        header = init_push(self._state, stream_key)
        sink.write(self._opening + SealedBox(key).encrypt(stream_key) + header)

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Take ``data``, of any length."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._push(bytes(self._waiting[:CHUNK]), NOT_LAST)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write what is left, marked as the end."""
        self._push(bytes(self._waiting), LAST)
        self._waiting.clear()

    def _push(self, data: bytes, tag: int) -> None:
        self._sink.write(push(self._state, data, self._opening, tag))


class UnsealingStream(io.RawIOBase):
    """Gives what was sealed, read from ``source``.

    Raises ``BackupError`` at once when the key is another one or ``source`` is no backup, and while reading when it is
    damaged, or ends before its end. Who reads until nothing comes any more has read all of it, unchanged.
    """

    def __init__(self, source: BinaryIO, key: PrivateKey) -> None:
        self._source = source
        self._state = State()
        self._left = memoryview(b"")
        self._ended = False
        self._opening = source.read(len(MAGIC) + _NAME)
        if not self._opening.startswith(MAGIC):
            raise BackupError(CUT_SHORT if self._opening and MAGIC.startswith(self._opening) else NO_BACKUP)
        needed, given = self._opening[len(MAGIC) :].hex(), name_of(key.public_key)
        sealed_key, header = source.read(_SEALED_KEY), source.read(HEADER)
        if len(header) < HEADER:
            raise BackupError(CUT_SHORT)
        if needed != given:
            raise BackupError(f"It opens with the private key of the pair {needed}, and this one is of {given}.")
        try:
            init_pull(self._state, header, SealedBox(key).decrypt(sealed_key))
        except nacl.exceptions.CryptoError as error:
            raise BackupError(DAMAGED) from error

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the next chunk goes; 0 at the end."""
        while not self._left and not self._ended:
            self._left = memoryview(self._next_chunk())
        number = min(len(buffer), len(self._left))
        buffer[:number] = self._left[:number]
        self._left = self._left[number:]
        return number

    def _next_chunk(self) -> bytes:
        sealed = self._source.read(CHUNK + OVERHEAD)
        if len(sealed) < OVERHEAD:
            raise BackupError(CUT_SHORT)
        try:
            data, tag = pull(self._state, sealed, self._opening)
        except nacl.exceptions.CryptoError as error:
            whole = len(sealed) == CHUNK + OVERHEAD
            raise BackupError(DAMAGED if whole else CUT_SHORT_OR_DAMAGED) from error
        if tag == LAST:
            self._ended = True
            if self._source.read(1):
                raise BackupError(DAMAGED)
        return data
