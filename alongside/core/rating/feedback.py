"""From a rating to what a learner reads: what each sentence did, how it may land, another way, and why.

No grade and no praise for its own sake. Every text is a message id for gettext; whoever shows it translates it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.core import gettext_noop as _
from alongside.core.rating.moves import PULL_BACK, Family, Kind, Move
from alongside.core.rating.plain import has_words
from alongside.core.rating.rating import Rating, Sentence, Verdict
from alongside.core.rating.stance import Stance

NOT_YET_REVIEWED = _("Survivors have not yet reviewed this reading. It comes from a small model, and it can be wrong.")
"""Stands wherever a rating is shown."""


@dataclass(frozen=True)
class Mark:
    """One move of one sentence, in words; ``instead`` and ``because`` are empty for a move that leans in."""

    move: Move
    family: Family
    kind: Kind | None
    name: str
    did: str
    lands: str
    instead: str
    because: str


@dataclass(frozen=True)
class SentenceFeedback:
    """One sentence of the reply, ``reply[start:end]``, with its marks in the order of the manual.

    ``note`` says, when there is no mark, why: nothing found, not sure, or not rated. ``decision``: the id of the
    decision that the marks follow, or empty.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    marks: tuple[Mark, ...]
    note: str
    decision: str = ""


@dataclass(frozen=True)
class Feedback:
    """What a learner reads about one reply.

    ``overall`` says what the whole does; ``reservation`` what the reading leaves open, or is empty.
    """

    sentences: tuple[SentenceFeedback, ...]
    stance: Stance
    overall: str
    reservation: str


@dataclass(frozen=True)
class Suggestion:
    """One thing to try next time: how, and why. ``move`` is the pull-back to replace or the lean-in to add, if any."""

    move: Move | None
    how: str
    because: str


_OVERALL = {
    Stance.LEANS_IN: _("This reply leans in, and nothing that was found in it pulls back."),
    Stance.MIXED: _(
        "This reply does both. A lean-in does not cancel a pull-back: what pulled back may be what is remembered."
    ),
    Stance.PULLS_BACK: _("This reply pulls back. That may be heard first, whatever else you meant."),
    Stance.NEUTRAL: _(
        "This reply neither leans in nor pulls back, so it may not be clear yet that you heard. To show it, say back "
        "in a few words what was said, or name a feeling that you hear."
    ),
}
_EMPTY = _("There are no words here to rate.")
_NOT_ENGLISH = _("This does not seem to be in English, so it was not rated.")
_NOT_SURE = _("Not sure: this could be read in more than one way.")
_NOTHING_FOUND = _("Neither leans in nor pulls back.")
_ALL_UNSURE = _("This reading is not sure what the reply does. Your own sense of it may be the better one.")
_PARTLY_UNSURE = _("Not every sentence could be rated, so this may not be the whole of it.")

_MOST_USEFUL_FIRST = (
    Move.INVITE,
    Move.FEELING,
    Move.MEANING,
    Move.CHOICE,
    Move.UNBLAME,
    Move.WARMTH,
    Move.AFFIRM,
    Move.HELP,
)

_TO_ADD = {
    Move.INVITE: Suggestion(
        Move.INVITE,
        _("Ask one open question that is easy to leave: “What would help most right now, if anything?”"),
        _("It shows that there is room for more, and leaves open how much."),
    ),
    Move.FEELING: Suggestion(
        Move.FEELING,
        _("Name, gently, one feeling you hear: “That sounds lonely.”"),
        _("A named feeling is easier to carry, and if you are wrong you can be told so."),
    ),
    Move.MEANING: Suggestion(
        Move.MEANING,
        _("Say back, in their own words, what it means to them, and add nothing."),
        _("It is how they can tell that you listened, before anything else."),
    ),
    Move.CHOICE: Suggestion(
        Move.CHOICE,
        _("Say that it is theirs to decide: “It's up to you. We can go on or stop here.”"),
        _("Choice may be the very thing that was taken away."),
    ),
    Move.UNBLAME: Suggestion(
        Move.UNBLAME,
        _("Put the responsibility where it belongs: “None of that is your fault.”"),
        _("They may be carrying blame that is not theirs, and few people say so."),
    ),
    Move.WARMTH: Suggestion(
        Move.WARMTH,
        _("Say plainly that you believe them and are staying: “I believe you. I'm still here.”"),
        _("The question under the words may be whether you will go."),
    ),
    Move.AFFIRM: Suggestion(
        Move.AFFIRM,
        _("Name one specific thing that they managed: “You kept going to work through all of it.”"),
        _("Something specific can be believed; “you're amazing” cannot."),
    ),
    Move.HELP: Suggestion(
        Move.HELP,
        _("Offer one concrete thing, as an offer: “I can sit down with you and look, only if you want that.”"),
        _("An offer that can be refused leaves a person less alone and no less free."),
    ),
}
_NOTHING_TO_ADD = Suggestion(
    None,
    _("Try saying less: one sentence that leans in, and then wait."),
    _("You leaned in in every way there is. What may be left to give is time."),
)


def feedback_on(rating: Rating) -> Feedback:
    """Give what a learner reads about one rated reply, its sentences in order."""
    return Feedback(
        tuple(_on_sentence(sentence) for sentence in rating.sentences),
        rating.stance,
        _overall(rating),
        _reservation(rating),
    )


def what_never_came_up(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Give the moves that lean in and are not among ``moves`` (all of a conversation), the most useful first."""
    seen = set(moves)
    return tuple(move for move in _MOST_USEFUL_FIRST if move not in seen)


def one_thing_to_try(moves: Iterable[Move]) -> Suggestion:
    """Give one suggestion from ``moves``: all of a conversation, each as often as it occurred.

    First the other way for the commonest pull-back (of equally common ones the first in the manual); without one, the
    most useful lean-in that never came up; when all came up, to say less. The same moves always give the same.
    """
    counts = Counter(moves)
    commonest = max(PULL_BACK, key=lambda move: counts[move])
    if counts[commonest]:
        return Suggestion(commonest, commonest.words.instead, commonest.words.because)
    missing = what_never_came_up(counts)
    return _TO_ADD[missing[0]] if missing else _NOTHING_TO_ADD


def _on_sentence(sentence: Sentence) -> SentenceFeedback:
    return SentenceFeedback(
        sentence.text,
        sentence.start,
        sentence.end,
        sentence.verdict,
        tuple(map(_mark, sentence.moves)),
        _note(sentence),
        sentence.decision,
    )


def _mark(move: Move) -> Mark:
    words = move.words
    return Mark(move, move.family, move.kind, words.name, words.did, words.lands, words.instead, words.because)


def _note(sentence: Sentence) -> str:
    if sentence.moves:
        return ""
    if sentence.verdict is Verdict.UNRATED:
        return _NOT_ENGLISH if has_words(sentence.text) else _EMPTY
    return _NOT_SURE if sentence.verdict is Verdict.UNSURE else _NOTHING_FOUND


def _overall(rating: Rating) -> str:
    verdicts = {sentence.verdict for sentence in rating.sentences}
    if not any(has_words(sentence.text) for sentence in rating.sentences):
        return _EMPTY
    if verdicts == {Verdict.UNRATED}:
        return _NOT_ENGLISH
    if Verdict.UNSURE in verdicts and rating.stance is Stance.NEUTRAL:
        return _ALL_UNSURE
    return _OVERALL[rating.stance]


def _reservation(rating: Rating) -> str:
    """What of the reply the stance leaves out; nothing is lost with a sentence that holds no words."""
    open_ones = [s for s in rating.sentences if s.verdict is not Verdict.RATED and has_words(s.text)]
    return _PARTLY_UNSURE if open_ones and len(open_ones) < len(rating.sentences) else ""
