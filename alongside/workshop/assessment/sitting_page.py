"""What the pages of the assessment show of a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.core.change import Figure, figures_of
from alongside.core.rating import Feedback, feedback_on
from alongside.practice.feedback import MarkedSentence, marked, stance_in_words
from alongside.review.showing import decisions_of
from alongside.workshop.models import Sitting, SittingAnswer


@dataclass(frozen=True)
class Answered:
    """One of the three, answered. ``stance``, ``feedback`` and ``sentences`` are empty until the reply is read."""

    asked: SittingAnswer
    stance: str = ""
    feedback: Feedback | None = None
    sentences: Sequence[MarkedSentence] = ()


@dataclass(frozen=True)
class Compared:
    """One figure, at the first sitting and at the last."""

    figure: Figure
    before: int
    after: int


@dataclass(frozen=True)
class SideBySide:
    """Both sittings. ``pairs``: matched, the one at the first beside the one at the last.

    ``figures``: none where the two were not read by one version of the model (``is_one_model``), or not yet.
    """

    first: Sitting
    last: Sitting
    pairs: list[tuple[Answered, Answered]]
    figures: list[Compared]
    is_one_model: bool


def answered(sitting: Sitting) -> list[Answered]:
    """Give all three of a finished sitting, in the order in which they came."""
    readings = [each.reading for each in sitting.asked]
    decisions = decisions_of([each.decision for reading in readings if reading for each in reading.sentences])
    shown = []
    for asked, reading in zip(sitting.asked, readings, strict=True):
        if reading is None:
            shown.append(Answered(asked))
            continue
        feedback = feedback_on(reading)
        shown.append(Answered(asked, stance_in_words(reading), feedback, marked(feedback, decisions)))
    return shown


def side_by_side(first: Sitting, last: Sitting) -> SideBySide:
    """Give two finished sittings, pair by pair."""
    by_pair = [{each.asked.pair: each for each in answered(sitting)} for sitting in (first, last)]
    before, after = by_pair
    is_one_model = len(first.models_read_by | last.models_read_by) == 1
    figures: list[Compared] = []
    if is_one_model and first.is_read and last.is_read:
        counts = [figures_of(each.reading for each in sitting.asked if each.reading) for sitting in (first, last)]
        figures = [Compared(figure, counts[0][figure], counts[1][figure]) for figure in Figure]
    pairs = [(before[pair], after[pair]) for pair in sorted(before) if pair in after]
    return SideBySide(first, last, pairs, figures, is_one_model)
