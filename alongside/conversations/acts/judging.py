"""What a survivor answers when she is asked how it is: did anything make you uneasy, did you feel judged."""

from django.db import transaction

from alongside.conversations.judged import boxed, is_asked_judged, month_of
from alongside.conversations.models import Answer, Conversation, Felt
from alongside.people.opening import Opener
from alongside.records import clock


def nothing_uneasy(opener: Opener, conversation: Conversation) -> None:
    """Wave the question away whether anything made her uneasy: she is not asked again about this conversation."""
    Conversation.objects.of(opener.pair).filter(pk=conversation.pk).update(is_asked_uneasy=True)


def say_judged(opener: Opener, conversation: Conversation, felt: Felt) -> bool:
    """Keep what she answers to *did you feel judged?*, or that she says nothing; give False unless she was asked."""
    with transaction.atomic():
        own = Conversation.objects.of(opener.pair).filter(pk=conversation.pk, survivor=opener.pair.survivor_id)
        if not own.exists() or not is_asked_judged(conversation):
            return False
        month = month_of(clock.now())
        answer = Answer(conversation=conversation, boxed=boxed(conversation, felt), month=month)
        Answer.objects.bulk_create([answer], ignore_conflicts=True)  # of two taps the first counts
    return True
