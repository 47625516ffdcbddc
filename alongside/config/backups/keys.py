"""The key pair of backups (X25519): the server keeps the public half, the private half is kept elsewhere.

Whoever breaks into the server can take backups, and read none.
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path

from nacl.public import PrivateKey, PublicKey

from alongside.config.backups.errors import BackupError

PUBLIC_FILE = "backup_public_key"
HOW_TO_MAKE_ONE = (
    "There is no backup key yet, and without one no backup is taken. Make it with “alongside backup-key”, and keep "
    "what that prints away from this server (docs/hosting.md)."
)
_PUBLIC, _PRIVATE = "alongside-backup-public-1:", "alongside-backup-private-1:"
_KEY_LENGTH = 32


def read_public_key(keys: Path) -> PublicKey | None:
    """Give the public key that lies in the keys folder; nothing while none was made. Raises ``BackupError``."""
    path = keys / PUBLIC_FILE
    try:
        text = path.read_text("ascii", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BackupError(f"The backup key in {path} cannot be read ({error.strerror}).") from error
    key = _decode(_PUBLIC, text)
    if key is None:
        raise BackupError(f"The backup key in {path} is damaged. Put the saved one back, or make another.")
    return PublicKey(key)


def write_public_key(keys: Path, key: PublicKey) -> None:
    """Keep the public key in the keys folder, in the place of an earlier one."""
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = keys / f"{PUBLIC_FILE}.part"
    draft.write_text(_encode(_PUBLIC, bytes(key)), "ascii")
    os.replace(draft, keys / PUBLIC_FILE)


def private_key_as_text(key: PrivateKey) -> str:
    """Give the private key as the one line that is kept off the server."""
    return _encode(_PRIVATE, bytes(key)).strip()


def private_key_from_text(text: str, where: str) -> PrivateKey:
    """Read that line. Raises ``BackupError``, naming ``where`` it was looked for."""
    key = _decode(_PRIVATE, text)
    if key is not None:
        return PrivateKey(key)
    if _decode(_PUBLIC, text):
        raise BackupError(f"{where} holds the public key, which opens nothing. The private one is needed.")
    raise BackupError(f"{where} holds no backup key. It is one line that begins with “{_PRIVATE}”.")


def name_of(key: PublicKey) -> str:
    """Give the short name by which a key pair is told from others: 16 figures and letters."""
    return hashlib.sha256(bytes(key)).hexdigest()[:16]


def _encode(kind: str, key: bytes) -> str:
    return f"{kind}{base64.b64encode(key).decode()}\n"


def _decode(kind: str, text: str) -> bytes | None:
    for line in text.splitlines():
        if line.strip().startswith(kind):
            try:
                key = base64.b64decode(line.strip().removeprefix(kind), validate=True)
            except binascii.Error:
                return None
            return key if len(key) == _KEY_LENGTH else None
    return None
