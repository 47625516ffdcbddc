"""When does a drill come back? What was missed returns after one day, then three, then seven, until it is known.

Spaced repetition in its plainest form (Leitner's boxes): each time that it is found moves it one gap on, a miss puts it
back to the first gap, and what is found at first sight does not come back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

GAPS = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


@dataclass(frozen=True)
class Due:
    """Where a drill stands with a learner.

    ``gap``: index into ``GAPS`` of the pause it is in; ``len(GAPS)`` once it is known. ``at``: when it comes back;
    ``None`` once it is known.
    """

    gap: int
    at: datetime | None


KNOWN = Due(len(GAPS), None)


def after_answer(before: Due | None, *, was_found: bool, now: datetime) -> Due:
    """Give where a drill stands after an answer at ``now``.

    ``before``: where it stood; ``None`` for one that was never answered. What is answered before it comes back tells
    nothing new when it is found, and counts when it is missed.
    """
    if not was_found:
        return Due(0, now + GAPS[0])
    if before is None or before.at is None:
        return KNOWN
    if now < before.at:
        return before
    gap = before.gap + 1
    return Due(gap, now + GAPS[gap]) if gap < len(GAPS) else KNOWN
