"""A reply and what its sentences did, as the front page shows it: practice in small, rated by hand."""

from dataclasses import dataclass

from django.utils.translation import gettext

from alongside.core.rating import Move, Rating, Sentence, Stance, Verdict, feedback_on
from alongside.practice.feedback import MarkedSentence, marked


@dataclass(frozen=True)
class Example:
    """What ``person`` writes, one message a line; the reply to it; and what she thinks of it and does not say."""

    person: str
    says: str
    reply: tuple[MarkedSentence, ...]
    thought: str


def example() -> Example:
    """Give the example in the reader's language."""
    sentences = (
        _sentence(gettext("I’m glad you told me, and I’m still here."), Move.WARMTH),
        _sentence(gettext("Have you tried asking your bank for a little more time?"), Move.FIX),
    )
    return Example(
        person=gettext("Jo"),
        says="\n".join([gettext("so i went back on saturday. for the money"), gettext("go on, say it")]),
        reply=tuple(marked(feedback_on(Rating(sentences, Stance.MIXED, model="")))),
        thought=gettext("that started well. and now i’m at the bank."),
    )


def _sentence(text: str, move: Move) -> Sentence:
    return Sentence(text, 0, len(text), (move,), {}, Verdict.RATED)
