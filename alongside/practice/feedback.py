"""How a page shows what a reply did: never by colour alone, and never as a grade.

What there is to say stands in ``core.rating``; its texts are message ids that the templates translate.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from alongside.core.rating import Family, Feedback, Move, Rating, SentenceFeedback, Stance, Verdict, feedback_on
from alongside.core.story import Change
from alongside.practice.models import DifferentView, Turn
from alongside.review.showing import ShownDecision, decisions_of


class Look(StrEnum):
    """How a sentence is marked: its underline and its icon, beside words that say the same."""

    IN = "in"
    BACK = "back"
    BOTH = "both"
    NONE = "none"
    UNSURE = "unsure"
    UNRATED = "unrated"


@dataclass(frozen=True)
class Outcome:
    """What became of a learner's view of a sentence (``DifferentView.Decision``).

    ``decision``: what was decided, unless that was deleted since; ``why``: the leader's words where it was declined.
    """

    state: str
    why: str
    decision: ShownDecision | None


@dataclass(frozen=True)
class MarkedSentence:
    """The sentence at ``index`` (from 0) of a reply, how it looks, and what there is to say about it.

    ``explains``: its moves that no sentence before it in the reply has: a move is explained once, then only named.
    ``decision``: what it follows, unless that was deleted since (``feedback.decision`` says that there was one).
    ``outcome``: of the learner's view of it, if she said that she sees it differently.
    """

    index: int
    look: Look
    feedback: SentenceFeedback
    explains: frozenset[Move]
    decision: ShownDecision | None = None
    outcome: Outcome | None = None


def marked(
    feedback: Feedback,
    decisions: Mapping[str, ShownDecision] | None = None,
    views: Mapping[int, DifferentView] | None = None,
) -> list[MarkedSentence]:
    """Give the sentences of a reply as a page shows them.

    ``decisions``: those that its sentences or views follow, by id; ``views``: the learner's, by the sentence's place.
    """
    decisions, views = decisions or {}, views or {}
    sentences, explained = [], frozenset[Move]()
    for index, sentence in enumerate(feedback.sentences):
        moves = frozenset(mark.move for mark in sentence.marks)
        outcome = _outcome(views[index], decisions) if index in views else None
        decision = decisions.get(sentence.decision)
        sentences.append(MarkedSentence(index, _look_of(sentence), sentence, moves - explained, decision, outcome))
        explained |= moves
    return sentences


def marked_in(turns: Sequence[Turn]) -> dict[int, list[MarkedSentence]]:
    """Give the sentences of the replies of ``turns`` as a page shows them, with decisions and views, by turn's key."""
    views = defaultdict[int, dict[int, DifferentView]](dict)
    for view in DifferentView.objects.filter(turn__in=turns):
        views[view.turn_id or 0][view.sentence] = view
    followed = [sentence.decision for turn in turns for sentence in turn.reading.sentences]
    decided = [str(view.correction_id or "") for own in views.values() for view in own.values()]
    decisions = decisions_of([*followed, *decided])
    return {turn.pk: marked(feedback_on(turn.reading), decisions, views[turn.pk]) for turn in turns}


def _outcome(view: DifferentView, decisions: Mapping[str, ShownDecision]) -> Outcome:
    return Outcome(view.decision, view.decision_why, decisions.get(str(view.correction_id)))


def _look_of(sentence: SentenceFeedback) -> Look:
    """Say how a sentence is marked. A lean-in does not hide a pull-back in the same sentence."""
    if sentence.verdict is Verdict.UNSURE:
        return Look.UNSURE
    if sentence.verdict is Verdict.UNRATED:
        return Look.UNRATED
    families = {mark.family for mark in sentence.marks}
    if len(families) > 1:
        return Look.BOTH
    if not families:
        return Look.NONE
    return Look.IN if Family.LEAN_IN in families else Look.BACK


def stance_in_words(reading: Rating) -> str:
    """Say in a few words what a whole reply did; nothing is guessed where nothing was rated."""
    verdicts = {sentence.verdict for sentence in reading.sentences}
    if Verdict.RATED not in verdicts:
        return gettext("Not sure") if Verdict.UNSURE in verdicts else gettext("Not rated")
    return {
        Stance.LEANS_IN: gettext("You leaned in"),
        Stance.MIXED: gettext("You leaned in and pulled back"),
        Stance.PULLS_BACK: gettext("You pulled back"),
        Stance.NEUTRAL: gettext("You neither leaned in nor pulled back"),
    }[reading.stance]


def change_in_words(change: str, person: str) -> str:
    """Say what the person did on hearing a reply."""
    sentence = {
        Change.OPENS_UP: gettext("%(person)s opened up"),
        Change.STAYS: gettext("%(person)s stayed"),
        Change.GOES_QUIET: gettext("%(person)s went quiet"),
        Change.LEAVES: gettext("%(person)s left"),
    }[Change(change)]
    return sentence % {"person": person}
