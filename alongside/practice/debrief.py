"""What a learner can see when she looks back on a conversation: how trust went, what she did, one thing to try."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.core.rating import LEAN_IN, PULL_BACK, Move, Suggestion, one_thing_to_try, what_never_came_up
from alongside.core.story import TRUST_HIGHEST, TRUST_LOWEST
from alongside.practice.models import Turn
from alongside.practice.trust import written

_LEFT, _RIGHT, _TOP, _STEP, _FOOT = 40, 20, 20, 16, 28


@dataclass(frozen=True)
class Used:
    """A move, and in how many sentences it was used."""

    move: Move
    times: int


@dataclass(frozen=True)
class Found:
    """A sentence in which a move was last seen, and the number of its turn."""

    turn: int
    sentence: str


@dataclass(frozen=True)
class Point:
    """Trust after a turn (0: before the first reply), as it is written, and where it stands in the drawing's units."""

    turn: int
    trust: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """Trust over the turns as a line, in the drawing's units.

    ``line``: the points as SVG writes them. ``grid``: the trusts that have a line across, each with its height.
    """

    points: tuple[Point, ...]
    line: str
    grid: tuple[tuple[str, int], ...]
    left: int
    width: int
    height: int


@dataclass(frozen=True)
class Debrief:
    """All that the page says. ``found``: where the pull-back that ``suggestion`` replaces was last seen, if any."""

    leaned_in: tuple[Used, ...]
    pulled_back: tuple[Used, ...]
    never: tuple[Move, ...]
    suggestion: Suggestion
    found: Found | None
    drawing: Drawing


def debrief(turns: Sequence[Turn]) -> Debrief:
    """Give the debrief of a conversation's answered turns."""
    moves = [move for turn in turns for sentence in turn.reading.sentences for move in sentence.moves]
    suggestion = one_thing_to_try(moves)
    return Debrief(
        leaned_in=_used(moves, LEAN_IN),
        pulled_back=_used(moves, PULL_BACK),
        never=what_never_came_up(moves),
        suggestion=suggestion,
        found=_last_seen(turns, suggestion.move),
        drawing=_drawing([turn.trust for turn in turns]),
    )


def _used(moves: Sequence[Move], family: Sequence[Move]) -> tuple[Used, ...]:
    """Give the moves of a family that were used, the most frequent first."""
    times = Counter(moves)
    return tuple(Used(move, times[move]) for move in sorted(family, key=lambda move: -times[move]) if times[move])


def _last_seen(turns: Sequence[Turn], move: Move | None) -> Found | None:
    for turn in reversed(turns):
        for sentence in reversed(turn.reading.sentences):
            if move in sentence.moves:
                return Found(turn.number, sentence.text)
    return None


def _drawing(trusts: Sequence[int], width: int = 600) -> Drawing:
    """Draw the trust after each turn, from 0 before the first."""
    between = (width - _LEFT - _RIGHT) / max(1, len(trusts))
    points = tuple(
        Point(number, written(trust), round(_LEFT + number * between), _height_of(trust))
        for number, trust in enumerate([0, *trusts])
    )
    return Drawing(
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        grid=tuple((written(trust), _height_of(trust)) for trust in (TRUST_HIGHEST, 0, TRUST_LOWEST)),
        left=_LEFT,
        width=width,
        height=_height_of(TRUST_LOWEST) + _FOOT,
    )


def _height_of(trust: int) -> int:
    """Give how far down in the drawing a trust stands."""
    return _TOP + (TRUST_HIGHEST - trust) * _STEP
