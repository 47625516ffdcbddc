"""What the pages of both people show of a conversation: its messages as lines, and the names of the two."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from alongside.conversations.boundaries import Crossing, crossings
from alongside.conversations.models import Conversation
from alongside.conversations.reading import Said
from alongside.conversations.when import ago
from alongside.introductions.candidates import person_of
from alongside.people.hers import name_of
from alongside.people.models import Organisation, Survivor


@dataclass(frozen=True)
class Line:
    """One message as ``conversations/_messages.html`` shows it.

    ``who``: what its side is called. ``is_first_new``: the reader's unread ones begin with it. ``crossed``: for a
    survivor, what in a message of the ally's allies never ask.
    """

    number: int
    is_own: bool
    who: str
    text: str | None = field(repr=False)
    at: datetime
    ago: str
    is_first_new: bool
    crossed: tuple[Crossing, ...]


def lines_of(said: Iterable[Said], other: str, *, read_to: int, watches_boundaries: bool = False) -> list[Line]:
    """Give messages as lines. ``other``: what the other one is called.

    ``read_to``: how far the reader has read; where that is 0, nothing is marked as new.
    """
    said, known = list(said), may_be_passed_on() if watches_boundaries else []
    first_new = next((each.number for each in said if not each.is_own and each.number > read_to), 0)
    return [
        Line(
            number=each.number,
            is_own=each.is_own,
            who=gettext("You") if each.is_own else other,
            text=each.text,
            at=each.at,
            ago=ago(each.at),
            is_first_new=each.number == first_new and read_to > 0,
            crossed=crossings(each.text, known) if watches_boundaries and not each.is_own and each.text else (),
        )
        for each in said
    ]


def may_be_passed_on() -> list[str]:
    """Give what allies may write though it looks like a number or a link: the organisation's own numbers."""
    return Organisation.current().lines_of_numbers


def name_of_ally(conversation: Conversation) -> str:
    """Give the name under which the ally presents herself; a plain word for one who has left."""
    person = person_of(conversation.ally_id) if conversation.ally_id else None
    return person.name if person else gettext("someone who has left")


def name_of_survivor(survivor: Survivor) -> str:
    """Give what the survivor wants to be called; a plain word where she chose nothing."""
    return name_of(survivor) or gettext("someone without a name")
