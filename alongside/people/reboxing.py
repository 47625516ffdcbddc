"""All that the server boxed is closed anew under its newest key, so that earlier keys can be forgotten."""

from dataclasses import dataclass

from django.db import models, transaction

from alongside.core.sealing import ClosedError, ServerKeys
from alongside.people.boxes import Holding, holdings
from alongside.records.erasure import sweep_after_commit

AT_ONCE = 500
"""How many rows one transaction takes."""


@dataclass(frozen=True)
class Reboxed:
    """What came of it.

    ``moved``: rows whose boxes are under the newest key now and were not; ``closed``: boxes that no key opens, left as
    they are; ``missed``: rows that somebody else changed meanwhile.
    """

    moved: int = 0
    closed: int = 0
    missed: int = 0

    def __add__(self, other: "Reboxed") -> "Reboxed":
        return Reboxed(self.moved + other.moved, self.closed + other.closed, self.missed + other.missed)


def rebox_all(keys: ServerKeys) -> Reboxed:
    """Close every box that is not under the newest of ``keys`` under it.

    It takes some hundred rows at a time, and may be interrupted and run again. What the boxes were before is swept from
    the file of the database, as what is deleted.
    """
    return sum((_rebox(holding, keys) for holding in holdings()), Reboxed())


def _rebox(holding: Holding, keys: ServerKeys) -> Reboxed:
    every = holding.model._base_manager.exclude(**{f"{holding.field}__isnull": True}).order_by("pk")
    done, rows = Reboxed(), list(every[:AT_ONCE])
    while rows:
        with transaction.atomic():
            these = sum((_rebox_row(row, holding, keys) for row in rows), Reboxed())
            if these.moved:
                sweep_after_commit()
        done += these
        rows = list(every.filter(pk__gt=rows[-1].pk)[:AT_ONCE])
    return done


def _rebox_row(row: models.Model, holding: Holding, keys: ServerKeys) -> Reboxed:
    whose, closed = holding.whose(row), 0

    def changes(boxed: bytes) -> bytes:
        nonlocal closed
        try:
            if keys.number_of(boxed) == keys.newest:
                return boxed
            return keys.rebox(holding.purpose, boxed, whose=whose)
        except ClosedError:
            closed += 1
            return boxed

    before = getattr(row, holding.field)
    after = holding.change(before, changes)
    if after == before:
        return Reboxed(closed=closed)
    unchanged = holding.model._base_manager.filter(pk=row.pk, **{holding.field: before})
    was_moved = unchanged.update(**{holding.field: after})
    return Reboxed(was_moved, closed, 1 - was_moved)
