"""Lists to be opened in a spreadsheet: CSV, in which nothing that somebody typed becomes a formula."""

import csv
import re
from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_MARK = "\ufeff"  # by which a spreadsheet knows UTF-8

Cell = str | int | float | datetime | None


def in_a_cell(value: Cell) -> str:
    """Give a value as a cell shows it: a moment as its day; an apostrophe before text that could be a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if _FORMULA.match(value) else value


def spreadsheet(name: str, header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> HttpResponse:
    """Give a list to be saved as ``name`` (without its ending): UTF-8 with a mark, one line for each row."""
    answer = HttpResponse(_MARK, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    lines = csv.writer(answer)
    lines.writerow([in_a_cell(cell) for cell in header])
    lines.writerows([in_a_cell(cell) for cell in row] for row in rows)
    return answer
