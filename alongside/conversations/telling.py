"""Letting the other one know that something waits, wherever she is: never what it is, nor from whom."""

from alongside.conversations.models import Conversation
from alongside.introductions.notices import something_waits
from alongside.people.notices import something_for


def tell_the_other(conversation: Conversation, *, is_hers: bool) -> None:
    """Let the one know to whom something was said, or done: the ally when ``is_hers``, the survivor otherwise.

    A survivor hears of it only if she has asked for that. Call it in the transaction of what happened.
    """
    if not is_hers:
        something_for(conversation.survivor)
    elif conversation.ally:
        something_waits(conversation.ally)
