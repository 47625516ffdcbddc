"""The time zones that somebody can choose from: places, by the part of the world."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

_PARTS_OF_THE_WORLD = frozenset(
    ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)

Choices = list[tuple[str, list[tuple[str, str]]]]


@cache
def time_zones() -> Choices:
    """Give the names of time zones with their places as they are read, in groups; UTC comes first."""
    return [("UTC", [("UTC", "UTC")]), *_places()]


def _places() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    names = sorted(name for name in available_timezones() if _part(name) in _PARTS_OF_THE_WORLD)
    for part, its in groupby(names, _part):
        yield part, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in its]


def _part(name: str) -> str:
    return name.partition("/")[0]
