"""Days that lie behind: what happened in them happens again, in order, with the clock moved."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from alongside.records import clock


class Timeline:
    """What happens, and when. ``today``: the moment up to which everything has happened, with its time zone."""

    def __init__(self, today: datetime) -> None:
        self._today = today
        self._events: list[tuple[datetime, Callable[[], object]]] = []

    def on(self, days_ago: int, hour: float, *deeds: Callable[[], object]) -> None:
        """Have things happen one after the other, at ``hour`` (0 to 24) of the day that is ``days_ago`` (1 or more)."""
        if days_ago < 1:
            raise ValueError("what happens today might lie ahead")
        day = (self._today - timedelta(days=days_ago)).date()
        moment = datetime.combine(day, time(), self._today.tzinfo) + timedelta(hours=hour)
        self._events += [(moment, deed) for deed in deeds]

    def happen(self) -> None:
        """Do it all, the earliest first; at the same moment, what was said first."""
        reached = datetime.min.replace(tzinfo=self._today.tzinfo)
        for moment, deed in sorted(self._events, key=lambda event: event[0]):
            with clock.moved_to(max(moment, reached)):  # a deed takes its time, and the next comes after it
                deed()
                reached = clock.now()
