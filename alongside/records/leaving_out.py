"""What a backup leaves out, and what is to be done when one has been restored. Rooms register both.

Left out is what must not come to life again: sessions, one-time links, background tasks.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=type[models.Model])
Act = Callable[[], None]
A = TypeVar("A", bound=Act)
_left_out: set[str] = set()
_acts: dict[str, Act] = {}


def stays_out_of_backups(model: M) -> M:
    """Let backups leave out the rows of ``model``; nothing that they hold may refer to it. Usable as a decorator."""
    _left_out.add(model._meta.db_table)
    return model


def after_a_restore(act: A) -> A:
    """Register ``act``: it is done once when a backup has been restored and what was erased since is gone again.

    It holds its own transaction. For what was about to happen when the backup was taken, and may have happened since.
    """
    _acts[f"{act.__module__}.{act.__name__}"] = act
    return act


def left_out_tables() -> list[str]:
    """Give the names of the tables whose rows a backup leaves out, in order."""
    return sorted(_left_out)


def do_after_a_restore() -> None:
    """Do all that is registered, in the order of the names. The first that fails ends it."""
    for _name, act in sorted(_acts.items()):
        act()
