"""A turnstile for work that takes a lot of memory, such as trying a code: few at a time, over all processes.

Whoever passes holds a lock on one of ``AT_ONCE`` files in the data folder. The system itself opens the lock when the
process ends, however it ends. It counts on the machine that has the data folder: where several serve together, each has
turnstiles of its own.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

AT_ONCE = 2
PATIENCE = 4.0
"""Seconds that somebody who looks at a page may be kept waiting."""

_PAUSE = 0.02


class Busy(Exception):  # noqa: N818 - that others are before us is no error
    """Others are at it, for longer than we wanted to wait. The page keeps her place, and asks her to try again."""


@contextmanager
def passing(patience: float = PATIENCE) -> Iterator[None]:
    """Do what is inside while at most one other does such a thing, in this process or another.

    Waits up to ``patience`` seconds for that; who waits longest is not always first. Raises ``Busy``. Not to be used
    inside itself: two that do so wait for each other.
    """
    descriptor = _wait(time.monotonic() + patience)
    try:
        yield
    finally:
        os.close(descriptor)


def _wait(last_moment: float) -> int:
    """Give the descriptor of a file that is locked for us alone. Raises ``Busy``."""
    while True:
        for place in range(AT_ONCE):
            descriptor = _try(settings.DATA / f"turnstile-{place + 1}.lock")
            if descriptor is not None:
                return descriptor
        if time.monotonic() >= last_moment:
            raise Busy
        time.sleep(_PAUSE)


def _try(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of this opening of the file: threads count, too
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
