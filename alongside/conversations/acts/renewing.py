"""When who may read changes: an ally has another key pair, or is an ally no more.

``people`` says so by its signals, inside the transaction of what happened there.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from alongside.conversations import keys
from alongside.conversations.acts.ending import end_in_transaction
from alongside.conversations.models import Conversation, Draft, Mark, Seal
from alongside.conversations.telling import tell_the_other
from alongside.people.models import Ally, KeyPair, User
from alongside.people.opening import Opener
from alongside.people.signals import ally_ended, ally_suspended, key_pair_replaced
from alongside.records.erasure import sweep_after_commit

Ended = Conversation.Ended


def let_read_earlier(opener: Opener, conversation: Conversation) -> None:
    """Let the ally's new key pair open what was written before, because the survivor says so."""
    with transaction.atomic():
        asked = Conversation.objects.of(opener.pair).filter(pk=conversation.pk, asks_for_earlier=True)
        if not asked.update(asks_for_earlier=False):
            return
        pair = KeyPair.of(conversation.ally) if conversation.ally else None
        if pair and opener.pair.survivor_id:
            keys.share(opener, conversation, pair)


def leave_earlier_closed(opener: Opener, conversation: Conversation) -> None:
    """Leave what was written before closed to the ally's new key pair, because the survivor says so."""
    Conversation.objects.of(opener.pair).filter(pk=conversation.pk).update(asks_for_earlier=False)


@receiver(key_pair_replaced)
def go_on_under_another_key(user: User, old: KeyPair, new: KeyPair, **kwargs: Any) -> None:
    """Let every conversation of hers that goes on have a new key, and ask the survivor about what was before.

    What was sealed to the old pair opens for nobody any more, and goes.
    """
    for conversation in Conversation.objects.going_on().filter(ally=user).select_related("survivor__key_pair"):
        Conversation.objects.filter(pk=conversation.pk).update(asks_for_earlier=True)
        keys.new_key(conversation, [conversation.survivor.key_pair, new])
    _take_out(old)


@receiver(ally_suspended)
def end_what_a_suspended_ally_had(ally: Ally, **kwargs: Any) -> None:
    """End her conversations; they are closed to her for good, even if she is reinstated."""
    _end_all(ally.user, Ended.BY_DESK)


@receiver(ally_ended)
def end_what_an_ally_had_who_laid_it_down(ally: Ally, **kwargs: Any) -> None:
    """End her conversations; the survivors keep what was said."""
    _end_all(ally.user, Ended.BY_ALLY)


@receiver(pre_delete, sender=User)
def end_what_somebody_had_who_leaves(instance: User, **kwargs: Any) -> None:
    """End her conversations before her account goes, and her seals with it."""
    _end_all(instance, Ended.BY_ALLY)


def _end_all(user: User, by: Conversation.Ended) -> None:
    for conversation in Conversation.objects.filter(ally=user, ended_at=None).select_related("introduction"):
        end_in_transaction(conversation, by)
        tell_the_other(conversation, is_hers=False)
    for pair in KeyPair.objects.filter(user=user):
        _take_out(pair)


def _take_out(pair: KeyPair) -> None:
    """Delete what lets an ally read, and what she had not sent."""
    Seal.objects.filter(pair=pair).delete()
    Draft.objects.filter(pair=pair).delete()
    Mark.objects.filter(pair=pair).delete()
    sweep_after_commit()
