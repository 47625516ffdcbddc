"""How well a rater does, in figures. Arrays are sentences × 18 moves; needs NumPy only."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.core.rating.moves import LEAN_IN, Move
from alongside.core.rating.stance import Stance, stance_of

Flags = NDArray[np.bool_]


def flags_of(moves: Iterable[Collection[Move]]) -> Flags:
    """Give one row for the moves of each sentence: sentences × 18."""
    return np.array([[move in those for move in Move] for those in moves], dtype=bool).reshape(-1, len(Move))


class Scores(NamedTuple):
    """Precision, recall and F1 of each move (0 to 1, in the order of ``Move``), and how many sentences have it."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    support: NDArray[np.int64]

    @property
    def macro_f1(self) -> float:
        """The plain mean of the moves' F1."""
        return float(self.f1.mean())


def score(shown: Flags, true: Flags) -> Scores:
    """Compare the moves that were shown with those that are there. A move never shown has precision and F1 0."""
    hit = (shown & true).sum(0).astype(float)
    precision = hit / np.maximum(shown.sum(0), 1)
    recall = hit / np.maximum(true.sum(0), 1)
    f1 = 2 * hit / np.maximum(shown.sum(0) + true.sum(0), 1)
    return Scores(precision, recall, f1, true.sum(0))


def falsely_accused(shown: Flags, true: Flags, reply_of: Sequence[str]) -> tuple[float, int]:
    """Give the share of replies wholly leaning in that are shown a pull-back, and how many such replies there are.

    A reply leans in wholly when each of its sentences has a move that leans in and none that pulls back.
    """
    lean = len(LEAN_IN)
    replies: dict[str, list[int]] = {}
    for row, reply in enumerate(reply_of):
        replies.setdefault(reply, []).append(row)
    whole = [rows for rows in replies.values() if true[rows, :lean].any(1).all() and not true[rows, lean:].any()]
    accused = sum(bool(shown[rows, lean:].any()) for rows in whole)
    return accused / max(len(whole), 1), len(whole)


def stances(flags: Flags, reply_of: Sequence[str]) -> list[Stance]:
    """Give the stance of each reply, in the order in which the replies first come."""
    moves = list(Move)
    replies: dict[str, set[Move]] = {}
    for row, reply in zip(flags, reply_of, strict=True):
        replies.setdefault(reply, set()).update(moves[column] for column in np.flatnonzero(row))
    return [stance_of(found) for found in replies.values()]


def accuracy_and_kappa(given: Sequence[str], true: Sequence[str]) -> tuple[float, float]:
    """Give accuracy and Cohen's kappa (1960) of two lists of labels of equal length."""
    agreed = float(np.mean([a == b for a, b in zip(given, true, strict=True)]))
    labels = set(given) | set(true)
    chance = sum((list(given).count(x) / len(given)) * (list(true).count(x) / len(true)) for x in labels)
    return agreed, (agreed - chance) / (1 - chance) if chance < 1 else 1.0
