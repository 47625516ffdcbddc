"""The one clock of the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

_ahead: ContextVar[timedelta] = ContextVar("ahead", default=timedelta())


def now() -> datetime:
    """Give the time, in UTC. Everything that asks for the time asks here, so that a test can move it."""
    return timezone.now() + _ahead.get()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the clock go on from ``moment`` for what is done inside, and nobody else: a demonstration has a past."""
    token = _ahead.set(moment - timezone.now())
    try:
        yield
    finally:
        _ahead.reset(token)
