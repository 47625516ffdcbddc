"""How many new asks the door lets in: from one network, which a whole shelter may share, and over all.

The desk can slow the door: then fewer are let in over all, and each of them keeps what she has chosen.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.introductions.models import Door
from alongside.people.acts import Refused
from alongside.records.limits import Limit, network_of, take

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGINNINGS_OF_A_NETWORK = Limit("beginnings", 300, DAY)
ASKS_OF_A_NETWORK = Limit("asks of a network", 30, DAY)
ASKS = Limit("asks", 60, HOUR)
ASKS_WHILE_SLOWED = Limit("asks", 5, HOUR)
"""Counts what ``ASKS`` counts: if as many have come in this hour already, nobody else is let in before the next."""
OTHERS_OF_A_NETWORK = Limit("others of a network", 120, DAY)
OTHERS = Limit("others", 300, HOUR)
OTHERS_WHILE_SLOWED = Limit("others", 30, HOUR)


class TooMany(Refused):
    """More came than the door lets in. It passes by itself, and what she chose is kept."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Very many people have come just now, so this has to wait: not because of anything you did. What you "
                "have chosen is kept here for two hours. Please try again in an hour, or tomorrow."
            )
        )


def let_begin(request: HttpRequest) -> None:
    """Let somebody begin to choose. Raises ``TooMany``."""
    _let(request, BEGINNINGS_OF_A_NETWORK)


def let_ask(request: HttpRequest) -> None:
    """Let in one new ask. Raises ``TooMany``."""
    _let(request, ASKS_OF_A_NETWORK, ASKS_WHILE_SLOWED if _is_slowed() else ASKS)


def let_see_others(request: HttpRequest) -> None:
    """Let somebody see other people than those she was shown. Raises ``TooMany``."""
    _let(request, OTHERS_OF_A_NETWORK, OTHERS_WHILE_SLOWED if _is_slowed() else OTHERS)


def _let(request: HttpRequest, of_a_network: Limit, over_all: Limit | None = None) -> None:
    """Take one of both; who has used up her network's takes none of everybody's."""
    if not take(of_a_network, network_of(request)) or (over_all and not take(over_all)):
        raise TooMany


def _is_slowed() -> bool:
    return Door.current().slowed_at is not None
