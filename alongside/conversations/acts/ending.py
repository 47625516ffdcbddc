"""To end a conversation, to want nothing more from somebody, and to delete what was said."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models import Conversation
from alongside.introductions.acts import offering
from alongside.introductions.models import Ask, Introduction
from alongside.people.acts import Refused
from alongside.people.models import KeyPair
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.erasure import erase_while_others_write, erases_expired
from alongside.records.tombstones import erased_fields

Ended = Conversation.Ended

ENDED_BEFORE = _("This conversation had ended already.")


def end(opener: Opener, conversation: Conversation) -> None:
    """End a conversation for both; each may still read. The other is told that it has ended, and no more.

    Raises ``Refused`` when it had ended already.
    """
    by = Ended.BY_HER if opener.pair.survivor_id else Ended.BY_ALLY
    with transaction.atomic():
        if not end_in_transaction(conversation, by):
            raise Refused(ENDED_BEFORE)


def block(opener: Opener, conversation: Conversation) -> None:
    """Want nothing more from this ally, for the survivor: it ends too, and the ally is told no more than that.

    Raises ``Refused`` for anybody but the survivor of this conversation.
    """
    with transaction.atomic():
        if not Conversation.objects.of(_survivors(opener)).filter(pk=conversation.pk).update(is_blocked=True):
            raise Refused(ENDED_BEFORE)
        end_in_transaction(conversation, Ended.BY_HER)


def end_in_transaction(conversation: Conversation, by: Conversation.Ended) -> bool:
    """End it and its introduction, in the caller's transaction; give False when it had ended already."""
    open_one = Conversation.objects.filter(pk=conversation.pk, ended_at=None)
    if not open_one.update(ended_at=clock.now(), ended_by=by, asks_for_earlier=False):
        return False
    offering.end(conversation.introduction)
    return True


def delete_conversation(opener: Opener, conversation: Conversation) -> None:
    """Delete all that was said, for both and for good: the survivor alone decides it.

    Her first words, as they stood in the ask and the offer, do not come back by a restore either. Raises ``Refused``
    for anybody else.
    """
    own = Conversation.objects.of(_survivors(opener)).filter(pk=conversation.pk)

    def delete() -> None:
        introduction = Introduction.objects.filter(pk=conversation.introduction_id).first()
        if not own.delete()[0]:
            raise Refused(_("This conversation is not here any more."))
        if introduction:
            _forget_first_words(introduction)

    erase_while_others_write(delete)


@erases_expired
def erase_expired(moment: datetime) -> int:
    """Delete the conversations whose term has run out, with all that was said in them; give how many."""
    expired = Conversation.objects.filter(expires_at__lte=moment)
    number = expired.count()
    expired.delete()
    return number


@receiver(pre_delete, sender=Conversation)
def hold_while_it_is_deleted(instance: Conversation, **kwargs: Any) -> None:
    """Let whoever sends into a conversation be through, or wait, before anything of it goes, whatever it goes with.

    Whoever changes both a conversation and what belongs to it holds its own row first, so that nobody waits for each
    other.
    """
    Conversation.objects.select_for_update().filter(pk=instance.pk).first()


def _survivors(opener: Opener) -> KeyPair:
    if opener.pair.survivor_id is None:
        raise Refused(_("Only the one who came to talk can do this."))
    return opener.pair


def _forget_first_words(introduction: Introduction) -> None:
    offering.end(introduction)
    Introduction.objects.filter(pk=introduction.pk).update(words=None)
    erased_fields(Introduction, introduction.pk, "words")
    Ask.objects.filter(pk=introduction.ask_id).update(words=None)
    erased_fields(Ask, introduction.ask_id, "words")
