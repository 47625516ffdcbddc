"""To begin: an ally accepts, and what the survivor wrote first becomes the first message."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from alongside.conversations import keys
from alongside.conversations.acts.sending import write_under
from alongside.conversations.models import Conversation
from alongside.conversations.telling import tell_the_other
from alongside.core.sealing import ClosedError
from alongside.introductions.acts import offering
from alongside.introductions.models import Ask, Door, Introduction
from alongside.introductions.words import open_words
from alongside.people.acts import Refused
from alongside.people.opening import Opener
from alongside.records import clock


def begin(opener: Opener, introduction_id: UUID) -> Conversation:
    """Accept what was offered to this ally, and begin to talk: key 1, sealed to both, and her first words under it.

    Whoever has accepted already gets the conversation again. First words that were sealed to a key pair which the ally
    has lost since stay closed: the conversation then begins without them. Raises ``Refused``, as ``accept`` does.
    """
    try:
        with transaction.atomic():
            return _begin(opener, offering.accept(opener.user, introduction_id))
    except Refused:
        begun = Conversation.objects.of(opener.pair).filter(introduction=introduction_id).first()
        if begun is None:
            raise
        return begun


def _begin(opener: Opener, introduction: Introduction) -> Conversation:
    ask = Ask.objects.select_related("survivor__key_pair").get(pk=introduction.ask_id)
    until = clock.now() + timedelta(days=Door.current().keep_days)
    conversation = Conversation.objects.create(
        introduction=introduction, survivor=ask.survivor, ally=opener.user, expires_at=until
    )
    row, key = keys.new_key(conversation, [ask.survivor.key_pair, opener.pair])
    words = _first_words(opener, introduction)
    if words:
        write_under(row, key, words, is_hers=True, nonce=uuid4())
    _keep_until(introduction, until)
    tell_the_other(conversation, is_hers=False)
    return conversation


def _first_words(opener: Opener, introduction: Introduction) -> str:
    try:
        return open_words(opener.private, introduction.words)
    except ClosedError:
        return ""


def _keep_until(introduction: Introduction, until: datetime) -> None:
    """Keep the introduction and the ask as long as the conversation; their words are in it now."""
    Introduction.objects.filter(pk=introduction.pk).update(words=None, expires_at=until)
    Ask.objects.filter(pk=introduction.ask_id).update(words=None, expires_at=until)
