"""Every state that replies can bring a scenario to, and every reply that its rules can tell apart.

There are 2¹⁸ sets of moves. A beat's rules see of a reply only whether it has a move from each set they look for, and
from each family for the stance; so one move stands for all that lie in the same sets, and the subsets of these
stand for all replies, exactly.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from alongside.core.problem import Place
from alongside.core.rating.moves import Family, Move
from alongside.core.story.scenario import Beat, Reaction, Scenario
from alongside.core.story.telling import State, after, beat_of, begin, first_fit, in_effect

Moves = frozenset[Move]


@dataclass
class Walk:
    """What came up on the way through a scenario.

    ``next_states``: each state that can be reached, and those that one more reply can lead to (none from an end).
    ``happened``: the key of a beat and the place in it of each reaction that took effect. ``cancelled``: of these, the
    ones that lift her although the reply pulls back, with such a reply.
    """

    next_states: dict[State, set[State]] = field(default_factory=dict)
    happened: set[tuple[str, Place]] = field(default_factory=set)
    cancelled: dict[tuple[str, Place], Moves] = field(default_factory=dict)

    def beats(self) -> set[str]:
        """Give the keys of the beats that were reached."""
        return {state.beat for state in self.next_states}

    def endings(self) -> set[str]:
        """Give the keys of the endings that were reached."""
        return {state.ended for state in self.next_states if state.ended is not None}

    def trapped(self) -> set[State]:
        """Give the states from which no replies lead to an ending."""
        return set(self.next_states) - self._spread_back(lambda following, ends: not following.isdisjoint(ends))

    def endless(self) -> set[State]:
        """Give the states that the conversation can come back to, and those that lie between two such."""
        left = set(self.next_states) - self._spread_back(lambda following, ends: following <= ends)
        while led_to := left & set(chain.from_iterable(self.next_states[state] for state in left)):
            if led_to == left:
                break
            left = led_to
        return led_to

    def _spread_back(self, joins: Callable[[set[State], set[State]], bool]) -> set[State]:
        """Give the ended states with all that join them, judged by a state's next states and those joined already."""
        joined = {state for state in self.next_states if state.ended is not None}
        while more := {
            state for state, following in self.next_states.items() if state not in joined and joins(following, joined)
        }:
            joined |= more
        return joined


def walk(scenario: Scenario) -> Walk:
    """Go through the scenario with all replies from all states.

    Raises ``ValueError`` when a beat, an ending or a ``worn`` that is needed on the way is not there.
    """
    walked = Walk()
    choices = _Choices()
    ahead = [begin(scenario)]
    while ahead:
        state = ahead.pop()
        if state in walked.next_states:
            continue
        walked.next_states[state] = set()
        if state.ended is None:
            _take_every_reply(scenario, state, choices, walked)
            ahead.extend(walked.next_states[state])
    return walked


def _take_every_reply(scenario: Scenario, state: State, choices: "_Choices", walked: Walk) -> None:
    beat = beat_of(scenario, state)
    for chosen, pulling_back in choices.of(beat, state.trust).items():
        reaction: Reaction = beat.otherwise if chosen is None else beat.rules[chosen]
        place: Place = ("otherwise",) if chosen is None else ("rules", chosen)
        effect = in_effect(beat, state, reaction)
        if effect is not reaction:
            place = ("worn",)
        walked.next_states[state].add(after(scenario, state, effect))
        walked.happened.add((beat.key, place))
        if pulling_back and effect.lifts:
            walked.cancelled.setdefault((beat.key, place), pulling_back)


class _Choices:
    """Which rules of a beat can win, worked out once for all trusts that let the same rules in."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[bool, ...]], dict[int | None, Moves]] = {}

    def of(self, beat: Beat, trust: int) -> dict[int | None, Moves]:
        """Give, for each rule that can win (``None``: the default), a reply it takes that pulls back, or no moves."""
        let_in = (beat.key, tuple(rule.when.trust_fits(trust) for rule in beat.rules))
        if let_in not in self._known:
            winners: dict[int | None, Moves] = {}
            for moves in told_apart(beat):
                chosen = first_fit(beat, trust, moves)
                if not winners.get(chosen):
                    winners[chosen] = moves if _pulls_back(moves) else frozenset()
            self._known[let_in] = winners
        return self._known[let_in]


def told_apart(beat: Beat) -> Iterator[Moves]:
    """Give one set of moves for each reply that the beat's rules can tell from others, the smallest first."""
    sets = [looked_for for rule in beat.rules for looked_for in rule.when.looks_for()]
    standing_for: dict[tuple[Family | bool, ...], Move] = {}
    for move in Move:
        standing_for.setdefault((move.family, *(move in looked_for for looked_for in sets)), move)
    for size in range(len(standing_for) + 1):
        yield from map(frozenset, combinations(standing_for.values(), size))


def _pulls_back(moves: Moves) -> bool:
    return any(move.family is Family.PULL_BACK for move in moves)
