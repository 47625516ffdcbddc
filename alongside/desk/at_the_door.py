"""What the desk sees of the door: whether it is open, what is missing, and whether unusually many come.

How many came is told by the day: in a small organisation an hour can show one person's visit.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.urls import reverse

from alongside.introductions.door import WANTED, Needed, what_is_needed
from alongside.introductions.letting_in import ASKS_OF_A_NETWORK, BEGINNINGS_OF_A_NETWORK
from alongside.introductions.models import Door
from alongside.people.acts.codes import TRIES_OF_A_NETWORK
from alongside.records import clock
from alongside.records.limits import Limit, rate_of, unusual_rise

DAYS_SHOWN = 7
# What a network has left is taken first, so there everything is counted, refusals too.
_COUNTED = (BEGINNINGS_OF_A_NETWORK, ASKS_OF_A_NETWORK, TRIES_OF_A_NETWORK)


@dataclass(frozen=True)
class Line:
    """One thing that is needed for the door to open, and where it is seen to."""

    needed: Needed
    url: str


@dataclass(frozen=True)
class Day:
    """How often, on one day by UTC, somebody began to choose, asked for somebody, and tried a code."""

    date: date
    began: int
    asked: int
    codes: int


@dataclass(frozen=True)
class AtTheDoor:
    """How the door stands. ``is_wanted``: the organisation opened it; it is closed nevertheless while not ``is_open``.

    ``lines``: all that is needed beside that. ``asks_rise``, ``codes_rise``: unusually many try to come in, or codes.
    """

    door: Door
    lines: tuple[Line, ...]
    asks_rise: bool
    codes_rise: bool

    @property
    def is_ready(self) -> bool:
        """Whether everything is there that is needed to open it."""
        return all(line.needed.is_so for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether somebody can come and ask."""
        return self.is_ready and self.door.is_wanted

    @property
    def missing(self) -> int:
        """How many things are missing."""
        return sum(not line.needed.is_so for line in self.lines)


def look() -> AtTheDoor:
    """Give how the door stands now."""
    asks_rise, codes_rise = _rises()
    return AtTheDoor(
        door=Door.current(),
        lines=tuple(Line(each, _url_of(each.name)) for each in what_is_needed() if each.name != WANTED),
        asks_rise=asks_rise,
        codes_rise=codes_rise,
    )


def rises() -> bool:
    """Say whether unusually many try to come in, or try codes."""
    return any(_rises())


def days() -> list[Day]:
    """Give how many came on each of the last ``DAYS_SHOWN`` days, today first."""
    today = clock.now().date()
    first = today - timedelta(days=DAYS_SHOWN - 1)
    began, asked, codes = (_by_day(limit, first) for limit in _COUNTED)
    dates = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
    return [Day(each, began[each], asked[each], codes[each]) for each in dates]


def _rises() -> tuple[bool, bool]:
    """Say whether unusually many try to come in, and whether unusually many codes are tried."""
    now = clock.now()
    asks_rise = any(unusual_rise(limit.name, now) for limit in (BEGINNINGS_OF_A_NETWORK, ASKS_OF_A_NETWORK))
    return asks_rise, unusual_rise(TRIES_OF_A_NETWORK.name, now)


def _by_day(limit: Limit, first: date) -> Counter[date]:
    tries = Counter[date]()
    for hour, number in rate_of(limit, datetime.combine(first, time.min, UTC)).items():
        tries[hour.astimezone(UTC).date()] += number
    return tries


_WHERE: dict[str, tuple[str, str]] = {
    "minimum age": ("desk:settings", "#id_minimum_age"),
    "under age": ("desk:door", "#id_under_age"),
    "duties": ("desk:settings", "#id_duties"),
    "numbers": ("desk:settings", "#id_numbers"),
    "safeguarding": ("desk:settings", "#id_safeguarding_lead"),
    "answers take": ("desk:door", "#id_answers_take"),
    "care members": ("desk:team", "#care"),
    "allies": ("desk:introductions", "#allies"),
}


def _url_of(name: str) -> str:
    view, place = _WHERE[name]
    return f"{reverse(view)}{place}"
