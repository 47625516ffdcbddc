"""How long words are kept that a learner wrote for practice or for herself: as long in one room as in another."""

from datetime import datetime, timedelta

from alongside.records import clock

WORDS_KEPT = timedelta(days=180)


def expiry() -> datetime:
    """Give when words that are written now will be erased."""
    return clock.now() + WORDS_KEPT
