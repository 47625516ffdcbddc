"""What survivor leaders decided, to take along: as lines for the corpus, and for a leader herself."""

from collections.abc import Iterator
from typing import Any

from alongside.core.rating.corrections import said
from alongside.people.export import exports
from alongside.people.models import User
from alongside.review.models import Correction, Disagreement
from alongside.review.models.correction import Spoken

WRITER = "corrections"


def corpus_lines() -> Iterator[dict[str, Any]]:
    """Give the standing decisions as ``corpus/README.md`` has its lines, a sentence each, ordered by what they answer.

    Of several about the same words in answer to the same words the newest; where another leader disagrees the sentence
    is ``unclear``. Nothing tells who wrote or decided it.
    """
    newest = {
        said(each.text, each.disclosure)[:2]: each
        for each in Correction.objects.standing().prefetch_related("disagreements")
    }
    for each in sorted(newest.values(), key=lambda each: (each.disclosure, each.decided_at, each.pk)):
        sentence: dict[str, Any] = {"text": each.text, "moves": [move.value for move in each.decided_moves]}
        if each.disagreements.all():
            sentence["unclear"] = True
        yield {
            "id": f"{WRITER}-{each.pk.hex[:12]}",
            "disclosure": each.disclosure,
            "sentences": [sentence],
            "writer": WRITER,
            "date": each.decided_at.date().isoformat(),
            "split": "train",
        }


@exports("review")
def export(leader: User) -> dict[str, list[dict[str, Any]]]:
    """Give what a survivor leader decided and where she disagreed, as JSON has it, the oldest first."""
    decided = Correction.objects.filter(leader=leader).order_by("decided_at", "id")
    disagreed = Disagreement.objects.filter(leader=leader).select_related("correction")
    return {
        "decisions": [
            _said(each, each) | {"at": each.decided_at, "withdrawn_at": each.withdrawn_at} for each in decided
        ],
        "disagreements": [_said(each, each.correction) | {"at": each.at} for each in disagreed],
    }


def _said(spoken: Spoken, correction: Correction) -> dict[str, Any]:
    return {
        "sentence": correction.text,
        "in_answer_to": correction.disclosure,
        "your_moves": spoken.moves,
        "why": spoken.why,
        "with_your_name": spoken.named,
    }
