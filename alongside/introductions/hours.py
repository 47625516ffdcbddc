"""Hours of a week, by whose clock: what she picks, what an ally says, and what both are compared by.

An hour of a week is a number from 0 (Monday, midnight to one) to 167.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = 7 * 24
PARTS = {
    "morning": tuple(range(6, 12)),
    "afternoon": tuple(range(12, 17)),
    "evening": tuple(range(17, 22)),
    "night": (22, 23, *range(6)),
}
"""The parts of a day, by the hours of each."""
DAYS = {"weekdays": tuple(range(5)), "weekend": (5, 6)}
TIMES = tuple(f"{days}-{part}" for days in DAYS for part in PARTS)
"""What she can pick: each part of the day, on weekdays or at the weekend."""
CLOCKS = (
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270,
    300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
)  # fmt: skip
"""By how many minutes clocks of the world are ahead of UTC: all that are in use at some time of the year."""


def hours_of(times: Iterable[str]) -> frozenset[int]:
    """Give the hours of a week, by the same clock, in any of ``times`` (of ``TIMES``)."""
    picked = (time.split("-") for time in times)
    return frozenset(24 * day + hour for days, part in picked for day in DAYS[days] for hour in PARTS[part])


def in_utc(hours: Iterable[int], ahead: int) -> frozenset[int]:
    """Give hours of a week by UTC that are ``hours`` by a clock which is ``ahead`` minutes ahead of it.

    Where that is no whole number of hours: those in which they begin.
    """
    return frozenset((60 * hour - ahead) // 60 % WEEK for hour in hours)


def minutes_ahead(time_zone: str, at: datetime) -> int:
    """Give by how many minutes clocks of ``time_zone`` (an IANA name) are ahead of UTC at a moment."""
    offset = at.astimezone(ZoneInfo(time_zone)).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def in_coming_week(hours: Iterable[int], time_zone: str, at: datetime) -> frozenset[int]:
    """Give when hours of a week by the clock of ``time_zone`` next come, from ``at`` on, as hours of a week by UTC.

    Each as it will be then: summer time may begin or end in between. Of an hour in part: that in which it begins.
    """
    here = at.astimezone(ZoneInfo(time_zone))
    coming = (here.date() + timedelta(days=days) for days in range(7))
    dates = {date.weekday(): date for date in coming}
    begins = (datetime.combine(dates[hour // 24], time(hour % 24), tzinfo=here.tzinfo) for hour in hours)
    return frozenset(24 * moment.weekday() + moment.hour for moment in (each.astimezone(UTC) for each in begins))
