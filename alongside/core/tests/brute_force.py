"""The whole story by brute force: every one of the 2¹⁸ sets of moves, from every state.

Written apart from ``core.story`` so that the two can disagree: no rule is asked whether it fits, sets of moves are
numbers, and all of them are looked at.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import Beat, Condition, Scenario

Mask = NDArray[np.bool_]
Spot = tuple[str, int, int] | str  # beat, trust and how often she stayed; or the key of an ending

_ALL = np.arange(2 ** len(Move))
_HAS = {move: (_ALL >> place) & 1 == 1 for place, move in enumerate(Move)}


@lru_cache(maxsize=64)
def _any(names: frozenset[Move | Kind | Family]) -> Mask:
    found = np.zeros(len(_ALL), dtype=bool)
    for move in Move:
        if any(name in (move, move.kind, move.family) for name in names):
            found |= _HAS[move]
    return found


_LEANS, _PULLS = _any(frozenset([Family.LEAN_IN])), _any(frozenset([Family.PULL_BACK]))
_STANCES = {
    Stance.LEANS_IN: _LEANS & ~_PULLS,
    Stance.MIXED: _LEANS & _PULLS,
    Stance.PULLS_BACK: ~_LEANS & _PULLS,
}


@dataclass
class Brute:
    """What brute force finds."""

    following: dict[Spot, set[Spot]] = field(default_factory=dict)
    happened: set[tuple[str, tuple[str | int, ...]]] = field(default_factory=set)
    cancelled: set[tuple[str, tuple[str | int, ...]]] = field(default_factory=set)

    def ahead_of(self, spot: Spot) -> set[Spot]:
        ahead: set[Spot] = set()
        look = list(self.following[spot])
        while look:
            here = look.pop()
            if here not in ahead:
                ahead.add(here)
                look.extend(self.following[here])
        return ahead

    def trapped(self) -> set[str]:
        return {
            spot[0]
            for spot in self.following
            if not isinstance(spot, str) and not any(isinstance(later, str) for later in self.ahead_of(spot))
        }

    def goes_round(self) -> bool:
        return any(spot in self.ahead_of(spot) for spot in self.following)


def tell_all(scenario: Scenario) -> Brute:
    brute = Brute()
    look: list[Spot] = [(scenario.opening, 0, 0)]
    while look:
        spot = look.pop()
        if spot in brute.following:
            continue
        brute.following[spot] = set()
        if not isinstance(spot, str):
            _from(scenario, spot, brute)
        look.extend(brute.following[spot])
    return brute


def _from(scenario: Scenario, spot: tuple[str, int, int], brute: Brute) -> None:
    key, trust, _ = spot
    beat = next(beat for beat in scenario.beats if beat.key == key)
    left = _ALL > 0
    takes: list[tuple[tuple[str | int, ...], Mask]] = []
    for index, rule in enumerate(beat.rules):
        takes.append((("rules", index), left & _fits(rule.when, trust)))
        left = left & ~takes[-1][1]
    takes.append((("otherwise",), left | (_ALL == 0)))
    for place, taken in takes:
        if taken.any():
            _happens(beat, place, bool((taken & _PULLS).any()), spot, brute, scenario)


def _happens(
    beat: Beat, place: tuple[str | int, ...], pulls: bool, spot: tuple[str, int, int], brute: Brute, told: Scenario
) -> None:
    key, trust, stayed = spot
    reaction = beat.rules[int(place[1])] if place[0] == "rules" else beat.otherwise
    if reaction.goto is None and stayed == beat.patience:
        assert beat.worn is not None
        reaction, place = beat.worn, ("worn",)
    trust = min(5, max(-5, trust + reaction.trust))
    brute.happened.add((key, place))
    if pulls and (reaction.then.value == "opens up" or reaction.trust > 0):
        brute.cancelled.add((key, place))
    if reaction.goto is None:
        brute.following[spot].add((key, trust, stayed + 1))
    elif reaction.goto in {ending.key for ending in told.endings}:
        brute.following[spot].add(reaction.goto)
    else:
        brute.following[spot].add((reaction.goto, trust, 0))


@lru_cache(maxsize=64)
def _fits(condition: Condition, trust: int) -> Mask:
    fits = np.full(len(_ALL), condition.trust_at_least <= trust <= condition.trust_at_most)
    for names in (condition.move, condition.kind):
        if names:
            fits &= _any(names)
    if condition.stance:
        fits &= np.logical_or.reduce([_STANCES[stance] for stance in condition.stance])
    return fits & ~_any(condition.lacks)
