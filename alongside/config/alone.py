"""Who may work on the data folder, alone or beside others: locks that the system itself opens when a process ends."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from alongside.config.environment import SettingError

SERVING = "serving.lock"
"""Every server holds it beside the others; a restore, an update and a change of keys hold it alone."""
KEEPING_HOUSE = "keeping-house.lock"
"""Held alone by the one server that runs tasks and the tick."""
BACKING_UP = "backing-up.lock"
RESTORING = "restoring"
"""The folder, in the data folder, in which a restore makes ready what it will put in place."""
UNFINISHED_RESTORE = "restore-unfinished"
"""A file that lies in the data folder while a restore puts things in their place; serving would mix old and new."""

_PAUSE = 0.2


class TakenError(Exception):
    """Another process has this lock."""


def alone(folder: Path, name: str, *, patience: float = 0) -> AbstractContextManager[int]:
    """Hold the lock ``name`` in ``folder``; gives its descriptor, by which a child process can hold it too.

    Waits up to ``patience`` seconds for who has it. Raises ``TakenError``.
    """
    return _holding(folder, name, fcntl.LOCK_EX, patience)


def beside_others(folder: Path, name: str, *, patience: float = 0) -> AbstractContextManager[int]:
    """Hold the lock ``name`` as ``alone`` does, but together with others who hold it so; nobody is alone meanwhile."""
    return _holding(folder, name, fcntl.LOCK_SH, patience)


@contextmanager
def _holding(folder: Path, name: str, how: int, patience: float) -> Iterator[int]:
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    last_moment = time.monotonic() + patience
    try:
        while True:
            try:
                fcntl.flock(descriptor, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= last_moment:
                    raise TakenError(name) from None
                time.sleep(_PAUSE)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def empty_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder that nobody else may read; it is gone afterwards. Only for who is alone."""
    delete_folder(folder)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        delete_folder(folder)


def delete_folder(folder: Path) -> None:
    """Delete a folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def refuse_unfinished_restore(data: Path) -> None:
    """Raise ``SettingError`` while a restore that was interrupted has left the data folder half old, half new."""
    if (data / UNFINISHED_RESTORE).exists():
        raise SettingError(
            f"A restore was interrupted, and the data in {data} is not whole. Run it once more: "
            "“alongside restore” with the same backup and key, and --over."
        )
