"""Where a thief looks: all that is stored, in every form that it may have there; and what stands in the log."""

import base64
import logging
import re
from collections.abc import Iterable, Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField

from conftest import bytes_on_disk


def everything_stored() -> bytes:
    """Give all that a thief of the database has: SQLite's files, byte for byte, or each row of PostgreSQL's tables."""
    if connection.vendor == "sqlite":
        return bytes_on_disk()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return b"\n".join(row for table in tables for row in _rows(cursor, table))


def stands_in(stored: bytes, what: str | bytes) -> bool:
    """Say whether ``what`` is found there: as it is, as hexadecimal, in UTF-16, or in base64 wherever it begins."""
    return any(form in stored for form in _forms(what.encode() if isinstance(what, str) else what))


def found_in(stored: bytes, what: Iterable[str | bytes]) -> list[str | bytes]:
    """Give those of ``what`` that are found there."""
    return [each for each in what if stands_in(stored, each)]


def every_blob() -> Iterator[tuple[str, bytes]]:
    """Give each value of each binary field of the house, with ``app.Model.field`` before it."""
    for model in apps.get_models():
        for column in model._meta.local_fields:
            if isinstance(column, BinaryField):
                name = f"{model._meta.label}.{column.name}"
                yield from ((name, bytes(value)) for value in _values(model, column.name))


def log_of_the_house(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Give what is written into the log from now on, as the house is set up to write it."""
    written = StringIO()
    for handler in (*logging.getLogger().handlers, *logging.getLogger("django").handlers):
        if handler.name == "console":
            monkeypatch.setattr(handler, "stream", written)
    return written


def _values(model, column: str):
    return model._base_manager.exclude(**{f"{column}__isnull": True}).values_list(column, flat=True)


def _forms(what: bytes) -> list[bytes]:
    forms = [what, what.hex().encode(), what.hex().upper().encode()]
    if what.isascii():
        forms.append(what.decode().encode("utf-16-le"))
    for shift in range(3):
        # What is in front changes the first letters, and what follows the last: those are left out.
        letters = base64.b64encode(bytes(shift) + what)
        whole = letters[4 if shift else 0 : len(letters) - 4]
        forms += [whole, re.sub(rb"/", b"_", re.sub(rb"\+", b"-", whole))]
    return [form for form in forms if len(form) >= 6]


def _rows(cursor, table: str) -> list[bytes]:
    cursor.execute(f"SELECT row::text FROM {connection.ops.quote_name(table)} AS row")
    return [row.encode() for (row,) in cursor.fetchall()]
