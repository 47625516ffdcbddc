"""What does she say next? A scenario, a state and the moves of a reply give the next state.

``begin``, ``hear`` and ``replay`` tell a story; ``problems`` gives every reason to refuse a scenario.
"""

from alongside.core.problem import Place, Problem
from alongside.core.story.problems import problems
from alongside.core.story.scenario import (
    PATIENCE_HIGHEST,
    TRUST_HIGHEST,
    TRUST_LOWEST,
    Beat,
    Change,
    Condition,
    Ending,
    Reaction,
    Rule,
    Scenario,
)
from alongside.core.story.telling import State, Step, StoryEndedError, begin, hear, replay

__all__ = [
    "PATIENCE_HIGHEST",
    "TRUST_HIGHEST",
    "TRUST_LOWEST",
    "Beat",
    "Change",
    "Condition",
    "Ending",
    "Place",
    "Problem",
    "Reaction",
    "Rule",
    "Scenario",
    "State",
    "Step",
    "StoryEndedError",
    "begin",
    "hear",
    "problems",
    "replay",
]
