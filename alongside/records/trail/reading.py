"""The chain as it stands in the database."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings

from alongside.records.models import Batch, Entry
from alongside.records.trail.chain import Line, Link

_OF_A_BATCH = ("number", "at", "expires_at", "count", "digest", "anchor")
_OF_AN_ENTRY = ("id", "at", "expires_at", "verb", "actor", "subject")


def key() -> bytes:
    """Give the key of the chain, 32 bytes. It is made from the server's key that no rotation changes."""
    return settings.SEALING_KEYS.lasting_key("audit trail")


def links() -> Iterator[Link]:
    """Give every batch with its entries, the oldest first: one statement, and so one moment of the database."""
    columns = (*_OF_A_BATCH, *(f"entries__{name}" for name in _OF_AN_ENTRY))
    rows = Batch.objects.order_by("number", "entries__id").values_list(*columns).iterator()
    for _number, group in groupby(rows, itemgetter(0)):
        together = list(group)
        lines = tuple(Line(*row[len(_OF_A_BATCH) :]) for row in together if row[len(_OF_A_BATCH)] is not None)
        yield _link(together[0][: len(_OF_A_BATCH)], lines)


def lines_of(number: int) -> tuple[Line, ...]:
    """Give the entries of a batch, in the order of their ids."""
    rows = Entry.objects.filter(batch=number).order_by("id").values_list(*_OF_AN_ENTRY)
    return tuple(Line(*row) for row in rows)


def as_link(batch: Batch) -> Link:
    """Give a batch without its entries."""
    return _link(tuple(getattr(batch, name) for name in _OF_A_BATCH), ())


def _link(columns: tuple[Any, ...], lines: tuple[Line, ...]) -> Link:
    number, at, expires_at, count, digest, anchor = columns
    # PostgreSQL gives a memoryview.
    return Link(number, at, expires_at, count, bytes(digest), lines, None if anchor is None else bytes(anchor))
