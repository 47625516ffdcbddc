"""When an ally cannot go on: she hands the conversation back."""

from uuid import UUID

from django.db import transaction

from alongside.conversations.acts.ending import ENDED_BEFORE, end_in_transaction
from alongside.conversations.acts.sending import as_kept, send
from alongside.conversations.models import Conversation
from alongside.conversations.telling import tell_the_other
from alongside.people.acts import Refused
from alongside.people.opening import Opener


def hand_back(opener: Opener, conversation: Conversation, words: str, nonce: UUID) -> None:
    """End a conversation as its ally, with ``words`` as the last message if there are any.

    The survivor reads whom else she can turn to; the two are not brought together again. ``nonce`` is the form's: the
    same form sent twice is one message, and ends it once. Raises ``Refused``, also when it had ended already; words
    that were not sent are then the caller's to give back.
    """
    if as_kept(words).strip():
        send(opener, conversation, words, nonce)
    with transaction.atomic():
        own = Conversation.objects.of(opener.pair).filter(pk=conversation.pk, ally=opener.user)
        if not own.exists() or not end_in_transaction(conversation, Conversation.Ended.BY_ALLY):
            raise Refused(ENDED_BEFORE)
        tell_the_other(conversation, is_hers=False)
