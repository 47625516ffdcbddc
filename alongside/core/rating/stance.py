"""From the moves of its sentences to the stance of a reply."""

from collections.abc import Iterable
from enum import StrEnum

from alongside.core.rating.moves import Family, Move


class Stance(StrEnum):
    """What a whole reply does."""

    LEANS_IN = "leans in"
    MIXED = "mixed"
    PULLS_BACK = "pulls back"
    NEUTRAL = "neutral"


def stance_of(moves: Iterable[Move]) -> Stance:
    """Give the stance of a reply from all moves of all its sentences.

    A move that leans in never cancels one that pulls back: adding a pull-back never makes the stance better, adding
    a lean-in never makes it worse.
    """
    families = {move.family for move in moves}
    if families == {Family.LEAN_IN}:
        return Stance.LEANS_IN
    if families == {Family.PULL_BACK}:
        return Stance.PULLS_BACK
    return Stance.MIXED if families else Stance.NEUTRAL
