"""Secret keys: made on first start, readable by their owner alone.

- ``secret_key`` is Django's: it signs, and nothing is lost with it but everybody's being signed in.
- ``sealing_keys`` close what the running server must be able to read (``core.sealing.ServerKeys``). Whoever loses them
  loses that, and everybody's conversations: they are printed on paper once (``alongside sealing-key``).
"""

import os
import re
import secrets
from pathlib import Path

from alongside.config.environment import SettingError
from alongside.core.sealing import KEY_SIZE, ServerKeys, new_key
from alongside.records.erased_list import sync_folder

_SIGNING_FILE = "secret_key"
SEALING_KEYS_FILE = "sealing_keys"
SECRET_FILES = (_SIGNING_FILE, SEALING_KEYS_FILE)
_HANDLE = "handle"
_LINE = re.compile(rf"({_HANDLE}|[1-9][0-9]{{0,4}}) ([0-9a-f]{{{2 * KEY_SIZE}}})")


def read_or_make_secret_key(folder: Path) -> str:
    """Give Django's signing key, made on the first call: 64 random bytes as text, in a file of mode 0600.

    Raises ``SettingError`` when the folder cannot be written or the key is damaged.
    """
    path = folder / _SIGNING_FILE
    key = _read_or_make(path, secrets.token_urlsafe(64)).strip()
    if len(key) < 50:
        raise SettingError(
            f"The key in {path} is damaged: it is too short. Put the saved key back, or delete the file to make "
            "a new one (everybody then signs in again)."
        )
    return key


def read_or_make_sealing_keys(folder: Path) -> ServerKeys:
    """Give the server's sealing keys, made on the first call: a line for each in a file of mode 0600.

    Raises ``SettingError`` when the folder cannot be written or the file is damaged. Whether they are the keys with
    which the database was written is asked before serving (``records.server_keys``).
    """
    path = folder / SEALING_KEYS_FILE
    return _parse(path, _read_or_make(path, _as_text(ServerKeys({1: new_key()}, new_key()))))


def read_sealing_keys(folder: Path) -> ServerKeys | None:
    """Give the sealing keys that lie in ``folder``; ``None`` while there are none. ``SettingError`` when damaged."""
    path = folder / SEALING_KEYS_FILE
    try:
        return _parse(path, path.read_text("ascii", "replace"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingError(f"The sealing keys in {path} cannot be read ({error.strerror}).") from error


def write_sealing_keys(folder: Path, keys: ServerKeys) -> None:
    """Keep ``keys`` in the place of those that are there: all of them or, when anything goes wrong, the earlier ones.

    They are on the disk when this returns. Raises ``OSError``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _write_draft(folder / SEALING_KEYS_FILE, _as_text(keys))
    os.replace(draft, folder / SEALING_KEYS_FILE)
    sync_folder(folder)


def _read_or_make(path: Path, text: str) -> str:
    """Give what is in the file; ``text`` is written there first if there is none."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, text)
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingError(
            f"The key in {path} cannot be read or made ({reason}). "
            "Set ALONGSIDE_KEYS to a folder that this user may write."
        ) from None


def _parse(path: Path, text: str) -> ServerKeys:
    lines = [_LINE.fullmatch(line) for line in text.splitlines()]
    found = {line[1]: bytes.fromhex(line[2]) for line in lines if line}
    handle_key = found.pop(_HANDLE, b"")
    try:
        if len(found) + 1 != len(lines):
            raise ValueError("a line is none, or is there twice")
        return ServerKeys({int(number): key for number, key in found.items()}, handle_key)
    except ValueError:
        raise SettingError(
            f"The sealing keys in {path} are damaged. Put the saved file back, or move it away and type the keys "
            "from paper: alongside sealing-key restore-from-paper. Without them what people keep here stays closed."
        ) from None


def _as_text(keys: ServerKeys) -> str:
    numbered = (f"{number} {key.hex()}\n" for number, key in sorted(keys.keys.items()))
    return "".join([f"{_HANDLE} {keys.handle_key.hex()}\n", *numbered])


def _write_once(path: Path, text: str) -> None:
    """Write ``path`` whole or not at all; of two processes that start together, the first to finish wins."""
    draft = _write_draft(path, text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync_folder(path.parent)


def _write_draft(path: Path, text: str) -> Path:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
