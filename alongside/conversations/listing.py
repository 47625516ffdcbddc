"""The conversations of one person, as her own start page lists them."""

from collections.abc import Callable
from dataclasses import dataclass

from alongside.conversations.acts import unread
from alongside.conversations.models import Conversation
from alongside.conversations.when import ago
from alongside.people.models import KeyPair
from alongside.records.expiry import is_soon


@dataclass(frozen=True)
class Talking:
    """One of her conversations. ``name``: of the other one. ``goes_soon``: it is erased within a week."""

    conversation: Conversation
    name: str
    unread: int
    ago: str
    goes_soon: bool


@dataclass(frozen=True)
class Conversations:
    """All of hers, the one with the newest message first."""

    going_on: tuple[Talking, ...]
    ended: tuple[Talking, ...]


def conversations_of(pair: KeyPair, name_of: Callable[[Conversation], str]) -> Conversations:
    """Give the conversations of the person whose key pair this is; ``name_of`` gives what the other one is called."""
    own = Conversation.objects.of(pair).select_related("survivor", "ally").order_by("-last_at")
    new = unread(pair)
    found = [
        Talking(each, name_of(each), new.get(each.pk, 0), ago(each.last_at), is_soon(each.expires_at)) for each in own
    ]
    return Conversations(
        going_on=tuple(each for each in found if not each.conversation.ended_at),
        ended=tuple(each for each in found if each.conversation.ended_at),
    )
