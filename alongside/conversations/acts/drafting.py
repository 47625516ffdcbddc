"""What one of the two keeps for herself: words that she has not sent, and how far she has read."""

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from alongside.conversations.acts.sending import as_kept
from alongside.conversations.models import Conversation, Draft, Mark, Message
from alongside.core.sealing import ClosedError
from alongside.introductions.words import close_words, open_words
from alongside.people.models import KeyPair
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit

LONGEST_DRAFT = 16_000
"""Words that are kept unsent may be too long for a message, but nobody fills the disk with them: more are cut."""


def keep_draft(opener: Opener, conversation: Conversation, text: str, nonce: UUID | None = None) -> None:
    """Keep ``text`` for when she comes back, sealed to her own key pair; an empty one deletes what was kept.

    A page keeps drafts while she types, and one may arrive late: nothing is kept of a form (``nonce``) that was sent.
    """
    words = as_kept(text)[:LONGEST_DRAFT]
    own = Draft.objects.filter(conversation=conversation, pair=opener.pair)
    with transaction.atomic():
        if not hold(conversation) or (nonce and conversation.messages.filter(nonce=nonce).exists()):
            return
        sealed = close_words(opener.pair, words)
        if sealed is None:
            if own.delete()[0]:
                sweep_after_commit()
            return
        kept = {"sealed": sealed, "at": clock.now()}
        if not own.update(**kept):
            Draft.objects.update_or_create(kept, conversation=conversation, pair=opener.pair)


def hold(conversation: Conversation) -> bool:
    """Let whoever changes or deletes a conversation wait until this transaction is through; False when it is gone."""
    return Conversation.objects.select_for_update().filter(pk=conversation.pk).first() is not None


def draft(opener: Opener, conversation: Conversation) -> str:
    """Give what she has kept and not sent; ``""`` for nothing, and for what was sealed to another key pair."""
    kept = Draft.objects.filter(conversation=conversation, pair=opener.pair).first()
    if kept is None or not kept.sealed:
        return ""
    try:
        return open_words(opener.private, kept.sealed)
    except ClosedError:
        return ""


def mark(opener: Opener, conversation: Conversation, number: int) -> None:
    """Note that she has read up to message ``number``, for her own unread mark. It never goes back."""
    own = Mark.objects.filter(conversation=conversation, pair=opener.pair)
    if own.filter(number__lt=number).update(number=number) or own.exists():
        return
    with transaction.atomic():
        if hold(conversation):
            first = Mark(conversation=conversation, pair=opener.pair, number=number)
            Mark.objects.bulk_create([first], ignore_conflicts=True)


def marked(opener: Opener, conversation: Conversation) -> int:
    """Give the number up to which she has read; 0 for nothing yet."""
    own = Mark.objects.filter(conversation=conversation, pair=opener.pair).first()
    return own.number if own else 0


def unread(pair: KeyPair) -> dict[UUID, int]:
    """Give how many messages of the other one somebody has not seen yet, for each conversation that has any."""
    seen = Mark.objects.filter(pair=pair, conversation=OuterRef("conversation"), number__gte=OuterRef("number"))
    of_others = Message.objects.filter(is_hers=pair.survivor_id is None, conversation__in=Conversation.objects.of(pair))
    found = of_others.exclude(Exists(seen)).order_by().values_list("conversation").annotate(Count("pk"))
    return dict(found)
