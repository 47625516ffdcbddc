"""Boxes: words that the running server can read and a stolen database cannot.

A box is closed with the newest of the server's sealing keys (``core.sealing.ServerKeys``), for one purpose and, where
it belongs to somebody, for her alone: so what was boxed for one purpose or person opens for no other, even if somebody
moves it in the database.

The keys rotate, so every model that keeps boxes says where with ``holds_boxes``: what nobody tells of stays under a key
that is forgotten one day. ``people.reboxing`` goes through all of them.
"""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models

from alongside.core import sealing
from alongside.core.sealing import ClosedError, ServerKeys

LONGEST_PURPOSE = sealing.LONGEST_PURPOSE

M = TypeVar("M", bound=models.Model)
Whose = Callable[[M], UUID | None]
Changes = Callable[[bytes], bytes]
"""Closes a box anew: gives it as it is when it need not, or cannot, be."""


class ClosedBoxError(Exception):
    """This box was closed by another server, for another purpose or for somebody else; or it is damaged."""


@dataclass(frozen=True)
class Holding:
    """Where boxes lie: a ``field`` of a ``model``, closed for ``purpose`` and for ``whose`` of each row.

    ``change(value, changes)`` gives the field's value with ``changes`` done to every box in it.
    """

    model: type[models.Model]
    field: str
    purpose: str
    whose: Callable[[Any], UUID | None]
    change: Callable[[Any, Changes], Any]


_holdings: dict[tuple[str, str], Holding] = {}


def box(purpose: str, text: str, *, whose: UUID | None) -> bytes:
    """Close ``text`` in a box: ``core.sealing.OVERHEAD`` bytes longer than in UTF-8, and different each time.

    ``purpose`` is a name of 1 to ``LONGEST_PURPOSE`` bytes; raises ``ValueError`` for another. ``whose`` is the id of
    the person that it belongs to; ``None`` where that is not known.
    """
    return _keys().box(purpose, text.encode("utf-8", "replace"), whose=whose)


def unbox(purpose: str, boxed: bytes | memoryview, *, whose: UUID | None) -> str:
    """Give the text of a box that was closed with the same purpose and ``whose``. Raises ``ClosedBoxError``.

    ``boxed`` may come from either database: PostgreSQL gives a ``memoryview``.
    """
    try:
        return _keys().unbox(purpose, boxed, whose=whose).decode()
    except (ClosedError, UnicodeDecodeError):
        raise ClosedBoxError(purpose) from None


def holds_boxes(model: type[M], field: str, purpose: str, *, whose: Whose[M]) -> None:
    """Say that a ``BinaryField`` of ``model`` holds boxes, or null, closed for ``purpose`` and for ``whose(row)``.

    Call it below the model. A private key that ``core.sealing.wrap_private`` wrapped has the purpose
    ``core.sealing.PRIVATE_KEY``.
    """
    _register(Holding(model, field, purpose, whose, lambda value, changes: changes(bytes(value))))


def holds_boxes_in_json(model: type[M], field: str, keys: Iterable[str], purpose: str, *, whose: Whose[M]) -> None:
    """Say the same of a JSON field that holds an object: base64 of a box, or a list of such, under any of ``keys``."""
    names = frozenset(keys)

    def change(value: dict[str, Any], changes: Changes) -> dict[str, Any]:
        return {name: _in_base64(each, changes) if name in names else each for name, each in value.items()}

    _register(Holding(model, field, purpose, whose, change))


def holdings() -> list[Holding]:
    """Give all places that hold boxes, in order."""
    return [holding for _place, holding in sorted(_holdings.items())]


def _keys() -> ServerKeys:
    keys: ServerKeys = settings.SEALING_KEYS
    return keys


def _register(holding: Holding) -> None:
    _holdings[holding.model._meta.label, holding.field] = holding


def _in_base64(value: Any, changes: Changes) -> Any:
    if isinstance(value, list):
        return [_in_base64(each, changes) for each in value]
    try:
        return base64.b64encode(changes(base64.b64decode(value, validate=True))).decode()
    except (binascii.Error, TypeError, ValueError):
        return value
