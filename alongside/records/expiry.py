"""What is the same in every room about things that are erased by themselves: how long a learner's words are kept, when
somebody is told that something of hers goes.
"""

from datetime import datetime, timedelta

from alongside.records import clock

WORDS_KEPT = timedelta(days=180)
"""How long what a learner wrote for practice or for herself is kept."""
SOON = timedelta(days=7)
"""How long before something is erased its owner is told that it will be."""


def expiry() -> datetime:
    """Give when words that are written now will be erased."""
    return clock.now() + WORDS_KEPT


def is_soon(moment: datetime) -> bool:
    """Say whether ``moment``, at which something is erased, is a week away or less."""
    return moment - clock.now() <= SOON
