"""To see the reading of a sentence differently, and to take that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from alongside.core.rating import Move, Sentence
from alongside.people.models import User
from alongside.practice.acts.conversing import AttemptGoneError, as_kept, find_attempt
from alongside.practice.models import DifferentView, Turn
from alongside.records import clock, erasure


@dataclass(frozen=True)
class OwnSentence:
    """A sentence of a learner's own reply: its ``index``, from 0, in the reply of ``turn``."""

    turn: Turn
    index: int

    @property
    def reading(self) -> Sentence:
        """How it was read."""
        return self.turn.reading.sentences[self.index]

    @property
    def view(self) -> DifferentView | None:
        """What the learner has said about it, if anything."""
        return DifferentView.objects.filter(turn=self.turn, sentence=self.index).first()


def find_sentence(learner: User, attempt_id: UUID, number: int, index: int) -> OwnSentence:
    """Give the sentence at ``index`` of the learner's reply to turn ``number``. Raises ``AttemptGoneError``."""
    for turn in find_attempt(learner, attempt_id).answered:
        if turn.number == number and index < len(turn.reading.sentences):
            return OwnSentence(turn, index)
    raise AttemptGoneError(f"{attempt_id} has no such sentence")


def see_differently(learner: User, sentence: OwnSentence, view: str, moves: Iterable[Move] = ()) -> DifferentView:
    """Keep how the learner sees a sentence of hers, for survivor leaders to read.

    ``moves``: those that she would have marked. Said again, it replaces what she said before, whose
    traces are swept, and waits again. Raises ``AttemptGoneError`` when the conversation was deleted meanwhile.
    """
    turn = sentence.turn
    with transaction.atomic():
        if not Turn.objects.select_for_update().filter(pk=turn.pk, attempt__learner=learner).exists():
            raise AttemptGoneError(str(turn.attempt_id))
        kept, is_new = DifferentView.objects.update_or_create(
            turn=turn,
            sentence=sentence.index,
            defaults={
                "learner": learner,
                "text": sentence.reading.text,
                "disclosure": turn.disclosure,
                "shown": [move.value for move in sentence.reading.moves],
                "model": turn.model,
                "view": as_kept(view),
                "moves": [move.value for move in moves],
                "created_at": clock.now(),
                "decision": DifferentView.Decision.WAITING,
                "decision_why": "",
                "decided_at": None,
                "correction": None,
            },
        )
        if not is_new:
            erasure.sweep_after_commit()
    return kept


def take_view_back(learner: User, sentence: OwnSentence) -> None:
    """Delete what the learner said about a sentence of hers."""
    with transaction.atomic():
        DifferentView.objects.filter(learner=learner, turn=sentence.turn, sentence=sentence.index).delete()
        erasure.sweep_after_commit()
