"""What somebody reads of a conversation: on her page, in a copy, and when her page asks what is new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.html import escape

from alongside.conversations import keys
from alongside.conversations.models import Conversation, Message
from alongside.core import sealing
from alongside.people.opening import Opener

PAGE_OF_BYTES = 9_000
"""How much of a conversation one page shows: the whole page of a survivor stays below 30 kB."""
_AROUND_ONE = 250  # bytes of markup


@dataclass(frozen=True)
class Said:
    """One message as one of the two reads it. ``number`` counts from 1.

    ``text`` is ``None`` where it does not open for her. ``is_hers``: of the survivor's side; ``is_own``: the reader's.
    """

    number: int
    is_hers: bool
    is_own: bool
    text: str | None = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Leaf:
    """As much of a conversation as one page shows, the newest at the end.

    ``earlier``: the number before which there is more; 0 when this is where it begins. ``is_newest``: nothing follows.
    """

    said: tuple[Said, ...]
    earlier: int
    is_newest: bool

    @property
    def last(self) -> int:
        """The number of the newest message in it; 0 where there is none."""
        return self.said[-1].number if self.said else 0


def read(opener: Opener, conversation: Conversation, after: int = 0) -> list[Said]:
    """Give the messages after number ``after``, in order, as they open for this person."""
    return list(_opened(opener, conversation, conversation.messages.filter(number__gt=after).order_by("number")))


def leaf(opener: Opener, conversation: Conversation, before: int = 0) -> Leaf:
    """Give the newest messages, of those before number ``before`` unless it is 0: as many as fit, one at least."""
    wanted = conversation.messages.filter(number__lt=before) if before else conversation.messages.all()
    said: list[Said] = []
    room = PAGE_OF_BYTES
    for each in _opened(opener, conversation, wanted.order_by("-number")):
        room -= _AROUND_ONE + len(escape(each.text or "").encode())
        if said and room < 0:
            return Leaf(tuple(reversed(said)), earlier=said[-1].number, is_newest=not before)
        said.append(each)
    return Leaf(tuple(reversed(said)), earlier=0, is_newest=not before)


def picked(opener: Opener, conversation: Conversation, numbers: Iterable[int]) -> list[Said]:
    """Give the messages with these numbers, in order, as far as they are there and open for this person."""
    wanted = conversation.messages.filter(number__in=list(numbers)).order_by("number")
    return [each for each in _opened(opener, conversation, wanted) if each.text is not None]


def _opened(opener: Opener, conversation: Conversation, messages: QuerySet[Message]) -> Iterator[Said]:
    own_keys = keys.keys_for(opener, conversation)
    reads_as_survivor = opener.pair.survivor_id is not None
    for message in messages.select_related("key").iterator(chunk_size=50):
        text = _text(own_keys.get(message.key.number), conversation, message)
        is_own = message.is_hers == reads_as_survivor
        yield Said(message.number, message.is_hers, is_own, text, message.at)


def _text(key: bytes | None, conversation: Conversation, message: Message) -> str | None:
    if key is None:
        return None
    try:
        place = keys.place_of(conversation, message.number, message.is_hers)
        return sealing.open_message(key, message.closed, place=place)
    except sealing.ClosedError:
        return None
