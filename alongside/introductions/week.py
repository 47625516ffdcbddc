"""An ally's week as she fills it in: seven days of four parts each. A night is its evening's, and ends in the morning.

As it is kept, a week is its hours, 0 (Monday, midnight to one) to 167, by her own clock.
"""

from collections.abc import Iterable

from alongside.introductions.hours import PARTS, WEEK

_MORNING = min(PARTS["morning"])


def _hours(day: int, part: str) -> frozenset[int]:
    return frozenset((24 * (day + (hour < _MORNING)) + hour) % WEEK for hour in PARTS[part])


CELLS = {f"{day}-{part}": _hours(day, part) for day in range(7) for part in PARTS}
"""The hours of each part of each day, such as ``"0-night"``: Monday's. Together they are the week, each hour once."""


def hours_in(cells: Iterable[str]) -> frozenset[int]:
    """Give the hours of some of ``CELLS``."""
    return frozenset().union(*(CELLS[cell] for cell in cells))


def cells_of(hours: Iterable[int]) -> tuple[str, ...]:
    """Give those of ``CELLS`` of which every hour is among ``hours``."""
    given = frozenset(hours)
    return tuple(cell for cell, its in CELLS.items() if its <= given)
