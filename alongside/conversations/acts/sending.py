"""To send a message.

Two requests can always meet: a double click, two tabs, the two of them at once. Each first moves the conversation's own
row along by a conditional update, and so waits for the one before: numbers follow each other, and nothing is sent into
a conversation that has just ended.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.conversations import keys
from alongside.conversations.models import Conversation, ConversationKey, Draft, Message
from alongside.conversations.telling import tell_the_other
from alongside.core import sealing
from alongside.introductions.models import Ask, Door, Introduction
from alongside.people.acts import Refused
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.limits import Limit, take

LONGEST_MESSAGE = 4000
"""The most characters of a message."""
MESSAGES = Limit("messages", 240, timedelta(hours=1))
"""Far more than anybody writes to somebody in an hour; nobody fills the disk."""

NOTHING_IN_IT = _("There is nothing in the box yet. Write something, however short, then send it.")
TOO_MANY = _("Very many messages were sent within an hour, so this one was not. It is kept below. Please take a break.")
SENT_BEFORE = _(
    "Something was already sent from this box, perhaps in another tab: it stands above. These words were not sent. If "
    "they are not there yet, send them again."
)
OVER = _("This conversation has ended, so this was not sent. Your words are kept below; copy them if you need them.")
CANNOT_CLOSE = _(
    "This conversation does not open with your code any more, so nothing was sent. Your words are kept below; copy "
    "them if you need them."
)


def send(opener: Opener, conversation: Conversation, text: str, nonce: UUID) -> Message:
    """Send ``text`` to the other one, closed under the newest key; her own draft is used up.

    ``nonce`` is the form's: the same form sent twice is one message. Raises ``Refused`` with a sentence for her; her
    words are then the caller's to give back.
    """
    words = as_kept(text)
    check_words(words)
    if not take(MESSAGES, opener.pair.pk.bytes):
        raise Refused(TOO_MANY)
    is_hers = opener.pair.survivor_id is not None
    with transaction.atomic():
        goes_on = _move_along(conversation)
        before = Message.objects.filter(conversation=conversation, is_hers=is_hers, nonce=nonce).first()
        if before:
            return _sent_before(opener, before, words)
        if not goes_on:
            raise Refused(OVER)
        message = write(opener, conversation, words, nonce)
        Draft.objects.filter(conversation=conversation, pair=opener.pair).update(sealed=b"")
        tell_the_other(conversation, is_hers=is_hers)
    return message


def write(opener: Opener, conversation: Conversation, words: str, nonce: UUID) -> Message:
    """Close ``words`` as the next message of ``opener``, in a transaction that holds the conversation's row.

    Raises ``Refused`` when the newest key is not sealed to her.
    """
    row = keys.newest(conversation)
    try:
        key = keys.key_for(opener, conversation, row.number)
    except keys.NoSeal:
        raise Refused(CANNOT_CLOSE) from None
    return write_under(row, key, words, is_hers=opener.pair.survivor_id is not None, nonce=nonce)


def write_under(row: ConversationKey, key: bytes, words: str, *, is_hers: bool, nonce: UUID) -> Message:
    """Close ``words`` under a key as the next message of one side. As for ``write``, the row is held."""
    conversation = row.conversation
    last: int = conversation.messages.aggregate(last=Max("number"))["last"] or 0
    closed = sealing.close_message(key, words, place=keys.place_of(conversation, last + 1, is_hers))
    return Message.objects.create(
        conversation=conversation, key=row, number=last + 1, is_hers=is_hers, closed=closed, nonce=nonce
    )


def as_kept(text: str) -> str:
    """Give words as they are kept: line ends as ``\\n``, without the sign that ends a text for a database."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def check_words(words: str) -> None:
    """Raise ``Refused`` for words that are none, or too many for one message."""
    if not words.strip():
        raise Refused(NOTHING_IN_IT)
    over = len(words) - LONGEST_MESSAGE
    if over > 0:
        sentence = ngettext(
            "This is %(over)d character longer than fits into one message. Send it in two parts. It is kept below.",
            "This is %(over)d characters longer than fits into one message. Send it in two parts. It is kept below.",
            over,
        )
        raise Refused(sentence % {"over": over})


def _move_along(conversation: Conversation) -> bool:
    """Keep the conversation for another term from now, and hold its row; give False when it has ended."""
    now = clock.now()
    until = now + timedelta(days=Door.current().keep_days)
    going_on = Conversation.objects.going_on().filter(pk=conversation.pk)
    if not going_on.update(last_at=now, expires_at=until):
        return False
    introductions = Introduction.objects.filter(pk=conversation.introduction_id)
    introductions.update(expires_at=until)  # it and the ask would take the conversation along
    Ask.objects.filter(pk__in=introductions.values("ask")).update(expires_at=until)
    return True


def _sent_before(opener: Opener, message: Message, words: str) -> Message:
    """Give the message that this form has sent, if it says the same. Raises ``Refused`` otherwise."""
    place = keys.place_of(message.conversation, message.number, message.is_hers)
    try:
        key = keys.key_for(opener, message.conversation, message.key.number)
        is_same = sealing.open_message(key, message.closed, place=place) == words
    except (keys.NoSeal, sealing.ClosedError):
        is_same = False
    if not is_same:
        raise Refused(SENT_BEFORE)
    return message
