"""Which question her page asks about a conversation: one at a time, seldom, and never twice in a row."""

from datetime import timedelta
from enum import StrEnum

from alongside.conversations.judged import is_asked_judged
from alongside.conversations.models import Conversation
from alongside.records import clock

UNEASY_AFTER = timedelta(days=7)


class Question(StrEnum):
    """What a survivor is asked."""

    UNEASY = "uneasy"
    JUDGED = "judged"


def question_for(conversation: Conversation) -> Question | None:
    """Give what to ask her now about a conversation; ``None`` for mostly nothing."""
    if not conversation.is_asked_uneasy:
        return Question.UNEASY if clock.now() - conversation.began_at >= UNEASY_AFTER else None
    return Question.JUDGED if is_asked_judged(conversation) else None
