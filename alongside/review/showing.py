"""How a page shows what survivor leaders decided: whose view it is, why, and who sees it differently."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.core.rating import Move
from alongside.review.models import Correction
from alongside.review.models.correction import Spoken


@dataclass(frozen=True)
class ShownView:
    """What one leader sees. ``by``: who she is, as she wishes to be called; ``moves``: may be none."""

    by: str
    moves: tuple[Move, ...]
    why: str


@dataclass(frozen=True)
class ShownDecision:
    """A decision that a reading follows, or followed until it was withdrawn; ``others`` see the sentence differently.

    The template ``review/_decision.html`` shows it.
    """

    view: ShownView
    others: tuple[ShownView, ...]
    is_withdrawn: bool


def decisions_of(ids: Iterable[str]) -> dict[str, ShownDecision]:
    """Give the decisions of these corrections, by id; of one that was deleted none. One query for all, at most two."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    found = Correction.objects.filter(pk__in=wanted).select_related("leader")
    return {str(each.pk): shown(each) for each in found.prefetch_related("disagreements__leader")}


def shown(correction: Correction) -> ShownDecision:
    """Give one decision as a page shows it."""
    return ShownDecision(
        _view(correction), tuple(map(_view, correction.disagreements.all())), correction.withdrawn_at is not None
    )


def _view(spoken: Spoken) -> ShownView:
    return ShownView(spoken.by, spoken.decided_moves, spoken.why)
