"""Secret keys: made on first start, readable by their owner alone."""

import os
import secrets
from pathlib import Path

from alongside.config.environment import SettingError


def read_or_make_secret_key(folder: Path) -> str:
    """Give Django's signing key, made on the first call: 64 random bytes as text, in a file of mode 0600.

    Raises ``SettingError`` when the folder cannot be written or the key is damaged.
    """
    path = folder / "secret_key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"The key in {path} cannot be read or made ({error}). "
            "Set ALONGSIDE_KEYS to a folder that this user may write."
        ) from error
    if len(key) < 50:
        raise SettingError(
            f"The key in {path} is damaged: it is too short. Put the saved key back, or delete the file to make "
            "a new one (everybody then signs in again, and sets the second factor anew)."
        )
    return key


def _write_once(path: Path, text: str) -> None:
    """Write ``path`` whole or not at all; of two processes that start together, the first to finish wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
