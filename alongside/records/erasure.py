"""Erased means gone from the file.

SQLite overwrites deleted rows (``secure_delete``), but old pages stay in the write-ahead log until a *truncating*
checkpoint, and a reader can hold that up: so it is tried at once, and again at each tick until it succeeds. On
PostgreSQL rows are gone from the live tables; when its own vacuum overwrites them is not ours to promise.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from alongside.records import tombstones
from alongside.records.models import Unswept

logger = logging.getLogger(__name__)

TIMES_TRIED = 4

T = TypeVar("T")
Eraser = Callable[[datetime], int]
_erasers: dict[str, Eraser] = {}


class NotErasedError(Exception):
    """Some erasers failed; the message names them, and the log says where."""


def erases_expired(eraser: Eraser) -> Eraser:
    """Register ``eraser``: at each tick it deletes what expired before the moment it is given, and says how many.

    It must be safe to run twice.
    """
    _erasers[f"{eraser.__module__}.{eraser.__name__}"] = eraser
    return eraser


def erase_expired(moment: datetime) -> dict[str, int]:
    """Run every registered eraser, each in its own transaction. Gives the number of things erased by each.

    One that fails does not hold up the others: ``NotErasedError`` is raised when all have run.
    """
    erased, failed = {}, []
    for name, eraser in sorted(_erasers.items()):
        try:
            with transaction.atomic():
                erased[name] = eraser(moment)
                if erased[name]:
                    sweep_after_commit()
        except Exception:
            logger.exception("%s failed.", name)
            failed.append(name)
    sweep()
    if failed:
        raise NotErasedError(", ".join(failed))
    return erased


def sweep_after_commit() -> None:
    """Call inside the transaction that deletes: its traces are swept when it commits, or by a later tick."""
    Unswept.objects.create()
    transaction.on_commit(sweep)


def erase_while_others_write(erase: Callable[[], T]) -> T:
    """Run ``erase`` in a transaction of its own, and sweep; give what it gives. Call it outside of any.

    Where somebody wrote something meanwhile that belongs to what goes, PostgreSQL refuses the whole: it is tried again,
    a few times. Raises what ``erase`` raises.
    """
    for _time in range(TIMES_TRIED - 1):
        try:
            return _erase(erase)
        except IntegrityError:
            continue
    return _erase(erase)


def sweep() -> bool:
    """Write down what people erased, and empty the write-ahead log if anything was deleted.

    Gives False while a reader holds up the log.
    """
    _write_down()
    waiting = list(Unswept.objects.values_list("pk", flat=True))
    if not waiting:
        return True
    if connection.vendor == "sqlite" and not _truncate_write_ahead_log():
        return False
    Unswept.objects.filter(pk__in=waiting).delete()
    return True


def _erase(erase: Callable[[], T]) -> T:
    with transaction.atomic():
        erased = erase()
        sweep_after_commit()
        return erased


def _write_down() -> None:
    try:
        tombstones.write_down()
    except OSError:  # whoever erased something is not to be held up: the tombstones wait for the next tick
        logger.exception("The list of what was erased cannot be written.")


def _truncate_write_ahead_log() -> bool:
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        # Wait briefly: a person is waiting for the page. What stays busy is the tick's.
        cursor.execute("PRAGMA busy_timeout=500")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
        except OperationalError:
            return False
        finally:
            cursor.execute("PRAGMA busy_timeout=10000")
    return not busy
