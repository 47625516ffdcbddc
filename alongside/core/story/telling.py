"""What does she say next? The state of a conversation and the moves of a reply give the next state.

Nothing is remembered between calls: the same moves always tell the same story.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from alongside.core.rating.moves import Move
from alongside.core.story.scenario import (
    TRUST_HIGHEST,
    TRUST_LOWEST,
    Beat,
    Change,
    Reaction,
    Scenario,
)


class StoryEndedError(ValueError):
    """A reply was given to a conversation that has ended."""


@dataclass(frozen=True)
class State:
    """Where a conversation stands.

    ``beat``: the key of the beat she is on, or was on last. ``trust``: −5 to 5. ``stayed``: how often she has stayed
    on the beat, 0 up to its patience. ``ended``: the key of the ending; ``None`` while it goes on.
    """

    beat: str
    trust: int = 0
    stayed: int = 0
    ended: str | None = None


@dataclass(frozen=True)
class Step:
    """What one reply did: the ``state`` after it, what she did, thought, and ``says`` (may be empty at an ending)."""

    state: State
    change: Change
    thought: str
    says: str


def begin(scenario: Scenario) -> State:
    """Give the state before the first reply: the opening beat, trust 0."""
    return State(scenario.opening)


def hear(scenario: Scenario, state: State, moves: Iterable[Move]) -> Step:
    """Give what a reply with these ``moves`` does; none for a reply that is neutral, unsure or unrated.

    Raises ``StoryEndedError`` when the conversation has ended, and ``ValueError`` when the scenario has no beat for the
    state or lacks a ``worn`` or ``goto`` that ``problems`` would have asked for.
    """
    if state.ended is not None:
        raise StoryEndedError(f"the conversation “{scenario.source_id}” has ended with “{state.ended}”")
    beat = beat_of(scenario, state)
    chosen = first_fit(beat, state.trust, frozenset(moves))
    reaction = in_effect(beat, state, beat.otherwise if chosen is None else beat.rules[chosen])
    return Step(after(scenario, state, reaction), reaction.then, reaction.thought, _said(scenario, reaction))


def replay(scenario: Scenario, replies: Iterable[Iterable[Move]]) -> list[Step]:
    """Give the steps of a whole conversation, one for the moves of each reply, from its beginning.

    Raises what ``hear`` raises.
    """
    steps: list[Step] = []
    state = begin(scenario)
    for moves in replies:
        steps.append(hear(scenario, state, moves))
        state = steps[-1].state
    return steps


def beat_of(scenario: Scenario, state: State) -> Beat:
    """Give the beat on which a conversation stands; raises ``ValueError`` when the scenario has none of that key."""
    beat = scenario.beat(state.beat)
    if beat is None:
        raise ValueError(f"“{scenario.source_id}” has no beat “{state.beat}”")
    return beat


def first_fit(beat: Beat, trust: int, moves: AbstractSet[Move]) -> int | None:
    """Give the index of the rule that takes a reply; ``None`` for the default, which takes all without a move."""
    if not moves:
        return None
    return next((index for index, rule in enumerate(beat.rules) if rule.when.fits(moves, trust)), None)


def in_effect(beat: Beat, state: State, reaction: Reaction) -> Reaction:
    """Give ``reaction``, or what happens in its place when she would stay and the patience is used up."""
    if not reaction.stays_here or state.stayed < beat.patience:
        return reaction
    if beat.worn is None:
        raise ValueError(f"the patience of beat “{beat.key}” is used up and it has no “worn”")
    return beat.worn


def after(scenario: Scenario, state: State, reaction: Reaction) -> State:
    """Give the state that ``reaction`` leads to; raises ``ValueError`` when it goes to a key that is not there."""
    trust = max(TRUST_LOWEST, min(TRUST_HIGHEST, state.trust + reaction.trust))
    if reaction.goto is None:
        return State(state.beat, trust, state.stayed + 1)
    if scenario.ending(reaction.goto):
        return State(state.beat, trust, state.stayed, ended=reaction.goto)
    if scenario.beat(reaction.goto):
        return State(reaction.goto, trust)
    raise ValueError(f"“{scenario.source_id}” has no beat or ending “{reaction.goto}”")


def _said(scenario: Scenario, reaction: Reaction) -> str:
    there = scenario.beat(reaction.goto) or scenario.ending(reaction.goto) if reaction.goto else None
    return "\n".join(words for words in (reaction.says, there.says if there else "") if words)
