"""How did a group's replies change? Paired: each person's three replies before beside her own three after.

The interval of the mean difference is Student's (1908), from the differences d of n pairs: mean(d) ± t(n − 1; 0.975) ·
s(d)/√n, where s has n − 1 in its denominator. With few people it is wide, and says so.

All figures are whole numbers, and a group is kept as sums (``Sums``): sums of batches can be added, and hold nobody.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from alongside.core.rating import LEAN_IN, PULL_BACK, Rating, Stance

FEWEST_PEOPLE = 5
"""Below that, a mean would be somebody."""
CONFIDENCE = 0.95


class Figure(StrEnum):
    """What is counted in one person's replies."""

    LEANS_IN = "replies that lean in"
    """Replies whose stance is to lean in, and wholly so."""
    MOVES = "lean-in moves"
    """Different moves that lean in, over all replies."""
    PULLS_BACK = "sentences that pull back"


Figures = Mapping[Figure, int]


class TooFewPeopleError(Exception):
    """A figure of fewer than ``FEWEST_PEOPLE`` people is not given."""


@dataclass(frozen=True)
class Sums:
    """One figure of ``people`` pairs: sums of it before and after, and of the differences' squares."""

    people: int = 0
    before: int = 0
    after: int = 0
    squares: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Give the sums of both groups together; nobody may be in both."""
        return Sums(
            self.people + other.people,
            self.before + other.before,
            self.after + other.after,
            self.squares + other.squares,
        )


@dataclass(frozen=True)
class Change:
    """How one figure changed: its means before and after, the mean difference, and its 95 % interval.

    ``low`` ≤ ``difference`` ≤ ``high``; ``people`` is at least ``FEWEST_PEOPLE``.
    """

    people: int
    before: float
    after: float
    difference: float
    low: float
    high: float


def figures_of(readings: Iterable[Rating]) -> dict[Figure, int]:
    """Count what one person's replies did."""
    replies = list(readings)
    moves = [move for reply in replies for sentence in reply.sentences for move in sentence.moves]
    sentences = [sentence for reply in replies for sentence in reply.sentences]
    return {
        Figure.LEANS_IN: sum(reply.stance is Stance.LEANS_IN for reply in replies),
        Figure.MOVES: len(set(moves) & set(LEAN_IN)),
        Figure.PULLS_BACK: sum(not set(sentence.moves).isdisjoint(PULL_BACK) for sentence in sentences),
    }


def sums_of(pairs: Iterable[tuple[Figures, Figures]]) -> dict[Figure, Sums]:
    """Give the sums of each figure over people, each with her figures before and after."""
    pairs = list(pairs)
    return {figure: reduce(Sums.__add__, (_one(figure, *pair) for pair in pairs), Sums()) for figure in Figure}


def change_of(sums: Sums) -> Change:
    """Give how a figure changed. Raises ``TooFewPeopleError`` under ``FEWEST_PEOPLE`` people."""
    n = sums.people
    if n < FEWEST_PEOPLE:
        raise TooFewPeopleError(f"{n} people")
    total = sums.after - sums.before
    # Whole numbers up to the root, so that nothing is lost where all differences are alike.
    variance = (n * sums.squares - total * total) / (n * (n - 1))
    reach = _quantile(n - 1) * math.sqrt(variance / n)
    mean = total / n
    return Change(n, sums.before / n, sums.after / n, mean, mean - reach, mean + reach)


def _one(figure: Figure, before: Figures, after: Figures) -> Sums:
    return Sums(1, before[figure], after[figure], (after[figure] - before[figure]) ** 2)


def _quantile(freedom: int) -> float:
    from scipy.special import stdtrit  # its import takes a moment that other commands need not wait for

    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
