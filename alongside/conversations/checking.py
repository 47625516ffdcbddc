"""“Check my words before I send”: an ally lets her draft be read as practice reads a reply. Nothing of it is kept."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from alongside.conversations.acts import LONGEST_MESSAGE, as_kept
from alongside.conversations.models import Conversation
from alongside.conversations.reading import leaf
from alongside.core.rating import Feedback, ModelUnavailableError, feedback_on
from alongside.people.acts import Refused
from alongside.people.opening import Opener
from alongside.practice.feedback import MarkedSentence, marked, stance_in_words
from alongside.records.limits import Limit, take
from alongside.review.rating import rate
from alongside.review.showing import decisions_of

CHECKS = Limit("checks of words", 120, timedelta(hours=1))

NOTHING_TO_READ = _("There is nothing in the box yet. Write something, however short, then check it.")
TOO_LONG = _("This is longer than fits into one message. Shorten it, or check and send it in two parts.")
TOO_OFTEN = _("Very much was checked within an hour. You can send your words unchecked, or take a break.")
UNAVAILABLE = _("Words cannot be read at the moment. They are still in the box, and you can send them unchecked.")


@dataclass(frozen=True)
class Checked:
    """What a page says of words that are not sent yet. ``stance``: what the whole does, in a few words."""

    stance: str
    feedback: Feedback = field(repr=False)
    sentences: tuple[MarkedSentence, ...] = field(repr=False)


def check(opener: Opener, conversation: Conversation, text: str) -> Checked:
    """Say what each sentence of ``text`` would do, as an answer to the survivor's last message.

    Call it outside of transactions. Raises ``Refused`` with a sentence; the words are the caller's to give back.
    """
    words = as_kept(text)
    if not words.strip():
        raise Refused(NOTHING_TO_READ)
    if len(words) > LONGEST_MESSAGE:
        raise Refused(TOO_LONG)
    if not take(CHECKS, opener.pair.pk.bytes):
        raise Refused(TOO_OFTEN)
    try:
        rating = rate(_her_last_words(opener, conversation), words)
    except ModelUnavailableError:
        raise Refused(UNAVAILABLE) from None
    feedback = feedback_on(rating)
    decisions = decisions_of(sentence.decision for sentence in rating.sentences)
    return Checked(stance_in_words(rating), feedback, tuple(marked(feedback, decisions)))


def _her_last_words(opener: Opener, conversation: Conversation) -> str:
    newest_first = reversed(leaf(opener, conversation).said)
    return next((each.text for each in newest_first if each.is_hers and each.text), "")
