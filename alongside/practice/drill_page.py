"""What a page shows of a drill: two replies, in some order, and what each of them did."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alongside.core.rating import Move

if TYPE_CHECKING:
    from alongside.practice.models.drill import Drill, DrillAnswer


class Side(StrEnum):
    """Where a reply stands on the page."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class Reply:
    """One of the two replies of a drill, what it did, and whether the learner chose it when she last met it."""

    side: Side
    words: str
    move: Move
    why: str
    leans_in: bool
    is_chosen: bool


@dataclass(frozen=True)
class DrillShown:
    """A drill on a page, as this learner meets it for the ``number``-th time (from 1).

    ``answer``: what she last chose, while that is what the page shows; ``None`` when the drill asks.
    """

    drill: "Drill"
    number: int
    replies: tuple[Reply, Reply]
    answer: "DrillAnswer | None"

    @property
    def anchor(self) -> str:
        """The id of the drill on its page."""
        return f"drill-{self.drill.source_id}"


def asked(drill: "Drill", number: int, *, leans_in_first: bool) -> DrillShown:
    """Give a drill that asks, with its replies in this order."""
    return DrillShown(drill, number, _replies(drill, leans_in_first=leans_in_first, was_found=None), None)


def answered(drill: "Drill", answer: "DrillAnswer") -> DrillShown:
    """Give a drill with what its replies did, and which of them was chosen."""
    replies = _replies(drill, leans_in_first=answer.leans_in_first, was_found=answer.was_found)
    return DrillShown(drill, answer.number, replies, answer)


def _replies(drill: "Drill", *, leans_in_first: bool, was_found: bool | None) -> tuple[Reply, Reply]:
    sides = (Side.FIRST, Side.SECOND) if leans_in_first else (Side.SECOND, Side.FIRST)
    leans, pulls = drill.pair
    leaning = Reply(
        sides[0], drill.leans_in_reply, leans, drill.leans_in_why, leans_in=True, is_chosen=was_found is True
    )
    pulling = Reply(
        sides[1], drill.pulls_back_reply, pulls, drill.pulls_back_why, leans_in=False, is_chosen=was_found is False
    )
    return (leaning, pulling) if leans_in_first else (pulling, leaning)
