"""What must happen by itself: rooms register it here, and the tick does it each minute."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

logger = logging.getLogger(__name__)

Step = Callable[[datetime], None]
S = TypeVar("S", bound=Step)
_steps: dict[str, Step] = {}
_last_steps: dict[str, Step] = {}


class NotAllDoneError(Exception):
    """Some steps failed; the message names them, and the log says where."""


def at_each_tick(step: S) -> S:
    """Register ``step``: each minute it does what is due at the moment that it is given.

    It must be safe to run twice, and holds its own transactions.
    """
    _steps[f"{step.__module__}.{step.__name__}"] = step
    return step


def at_the_end_of_each_tick(step: S) -> S:
    """Register ``step`` for when all else of the minute is done: it may take long. Otherwise as ``at_each_tick``."""
    _last_steps[f"{step.__module__}.{step.__name__}"] = step
    return step


def do_what_is_due(moment: datetime) -> None:
    """Run every registered step as of ``moment``, in the order of their names.

    One that fails does not hold up the others: ``NotAllDoneError`` is raised when all have run.
    """
    _do(_steps, moment)


def do_what_takes_long(moment: datetime) -> None:
    """Run every step that is registered for the end of the tick, as ``do_what_is_due`` runs the others."""
    _do(_last_steps, moment)


def _do(steps: dict[str, Step], moment: datetime) -> None:
    failed = []
    for name, step in sorted(steps.items()):
        try:
            step(moment)
        except Exception:
            logger.exception("%s failed.", name)
            failed.append(name)
    if failed:
        raise NotAllDoneError(", ".join(failed))
