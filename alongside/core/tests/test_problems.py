"""Somebody writes a story that cannot be told: it is refused, with the place and the reason."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.core.rating.moves import Move
from alongside.core.rating.stance import Stance
from alongside.core.story import Beat, Change, Reaction, Rule, Scenario, problems
from alongside.core.story.problems import (
    BEAT_UNREACHED,
    CANCELS,
    ENDING_UNREACHED,
    ENDLESS,
    ENDS_OTHERWISE,
    GOES_TO_ITSELF,
    KEY_TWICE,
    LEAVES_NOWHERE,
    NEUTRAL_NAMED,
    NEVER_FIRES,
    NO_END,
    NO_OPENING,
    NO_SUCH_KEY,
    OPENS_NOWHERE,
    PATIENCE_IDLE,
    PATIENCE_MISSING,
    STAYS_WORDLESS,
    TRUST_TOO_FAR,
    WORN_LIFTS,
    WORN_MISSING,
    WORN_STAYS,
)
from alongside.core.story.walk import walk
from alongside.core.tests.brute_force import tell_all
from alongside.core.tests.stories import (
    ENDINGS,
    HELLO,
    SECRET,
    SMALL,
    WORN,
    as_long_as_it_lasts,
    hostile,
    leaning_in,
    replies,
    scenarios,
    small,
    when,
)


def test_a_story_that_can_be_told_has_no_problems():
    assert problems(SMALL) == []


def _beat(**changes: Any) -> Scenario:
    return small(hello=replace(HELLO, **changes))


def _ask_for(reaction: Reaction) -> Scenario:
    return _beat(rules=(hostile(), leaning_in("secret"), _as_rule(reaction)))


def _as_rule(reaction: Reaction) -> Rule:
    return when(reaction.then, reaction.goto, trust=reaction.trust, says=reaction.says, move=frozenset({Move.SELF}))


def _react(then: Change, goto: str | None = None, trust: int = 0, says: str = "mm") -> Reaction:
    return Reaction(then=then, thought="hm.", goto=goto, trust=trust, says=says)


NO_STAYING: dict[str, Any] = {"rules": (hostile(), leaning_in("secret")), "otherwise": WORN}
THIRD = ("beats", 0, "rules", 2)


@pytest.mark.parametrize(
    ("scenario", "where", "sentence"),
    [
        (replace(SMALL, opening="hallo"), ("opening",), NO_OPENING),
        (replace(SMALL, opening="gone"), ("opening",), NO_OPENING),
        (small(secret=replace(SECRET, key="hello")), ("beats", 1, "key"), KEY_TWICE),
        (small(endings=(*ENDINGS, replace(ENDINGS[0], key="secret"))), ("endings", 3, "key"), KEY_TWICE),
        (_ask_for(_react(Change.STAYS, "nowhere")), (*THIRD, "goto"), NO_SUCH_KEY),
        (_ask_for(_react(Change.STAYS, "hello")), (*THIRD, "goto"), GOES_TO_ITSELF),
        (_ask_for(_react(Change.OPENS_UP)), (*THIRD, "then"), OPENS_NOWHERE),
        (_ask_for(_react(Change.LEAVES)), (*THIRD, "then"), LEAVES_NOWHERE),
        (_ask_for(_react(Change.LEAVES, "secret")), (*THIRD, "goto"), LEAVES_NOWHERE),
        (_ask_for(_react(Change.STAYS, "gone")), (*THIRD, "goto"), ENDS_OTHERWISE),
        (_ask_for(_react(Change.STAYS, says="")), THIRD, STAYS_WORDLESS),
        (_ask_for(_react(Change.STAYS, trust=-6)), (*THIRD, "trust"), TRUST_TOO_FAR),
        (_beat(worn=_react(Change.STAYS)), ("beats", 0, "worn"), WORN_STAYS),
        (_beat(worn=_react(Change.OPENS_UP, "told")), ("beats", 0, "worn"), WORN_LIFTS),
        (_beat(worn=_react(Change.GOES_QUIET, "quiet", trust=1)), ("beats", 0, "worn"), WORN_LIFTS),
        (_beat(worn=None), ("beats", 0), WORN_MISSING),
        (_beat(patience=0), ("beats", 0, "patience"), PATIENCE_MISSING),
        (_beat(patience=10**9), ("beats", 0, "patience"), PATIENCE_MISSING),
        (_beat(**NO_STAYING), ("beats", 0, "worn"), PATIENCE_IDLE),
        (_beat(**NO_STAYING, worn=None), ("beats", 0, "patience"), PATIENCE_IDLE),
        (
            _beat(rules=(when(Change.STAYS, says="mm", stance=frozenset({Stance.NEUTRAL})),)),
            ("beats", 0, "rules", 0, "when", "stance"),
            NEUTRAL_NAMED,
        ),
    ],
)
def test_a_story_that_contradicts_itself_is_refused_with_the_place_and_the_reason(scenario, where, sentence):
    assert (where, sentence) in [(problem.where, problem.sentence) for problem in problems(scenario)]


def test_a_beat_and_an_ending_that_nothing_leads_to_are_refused():
    lonely = replace(SECRET, key="lonely")
    scenario = replace(SMALL, beats=(*SMALL.beats, lonely), endings=(*ENDINGS, replace(ENDINGS[0], key="never")))

    assert _told(scenario) == [(("beats", 2), BEAT_UNREACHED), (("endings", 3), ENDING_UNREACHED)]


@pytest.mark.parametrize(
    "behind",
    [
        when(Change.STAYS, says="mm", move=frozenset({Move.SHOCK})),
        when(Change.STAYS, says="mm", stance=frozenset({Stance.LEANS_IN}), move=frozenset({Move.HELP})),
        when(Change.STAYS, says="mm", move=frozenset({Move.FIX}), lacks=frozenset({Move.FIX.family})),
        when(Change.STAYS, says="mm", trust_at_least=1),
        when(Change.STAYS, says="mm", trust_at_least=3, trust_at_most=2),
    ],
)
def test_a_rule_that_can_never_fire_is_refused(behind):
    assert _told(_beat(rules=(hostile(), leaning_in("secret"), behind))) == [(THIRD, NEVER_FIRES)]


def test_a_rule_that_could_fire_only_once_patience_is_used_up_is_refused():
    cold = when(Change.STAYS, says="mm", trust=-1, move=frozenset({Move.FLAT}), trust_at_least=0)
    hurt = when(Change.GOES_QUIET, says="mm", move=frozenset({Move.FLAT}), trust_at_most=-1)

    assert _told(_beat(rules=(hostile(), leaning_in("secret"), cold, hurt))) == [
        (("beats", 0, "rules", 3), NEVER_FIRES)
    ]


def test_a_lean_in_that_would_cancel_a_pull_back_is_refused_with_an_example():
    warm = when(Change.OPENS_UP, "secret", trust=1, move=frozenset({Move.WARMTH}))
    (problem,) = problems(_beat(rules=(hostile(), warm)))

    assert (problem.where, problem.sentence) == (("beats", 0, "rules", 1), CANCELS)
    assert problem.params == {"moves": "warmth + minimise"}
    assert "warmth + minimise" in str(problem)


def _round(back: Reaction, *rules: Rule) -> Scenario:
    """Two beats that lead to each other; ``back`` leads from the second to the first."""
    there = Beat(key="there", says="a", rules=(), otherwise=_react(Change.STAYS, "back"))
    return replace(
        SMALL,
        opening="there",
        beats=(there, Beat(key="back", says="b", rules=tuple(rules), otherwise=back)),
        endings=ENDINGS[1:2] if rules else (),
    )


def test_a_state_from_which_no_end_can_be_reached_is_refused():
    found = _told(_round(_react(Change.STAYS, "there")))

    assert found == [(("beats", 0), NO_END), (("beats", 1), NO_END)]


def test_a_conversation_that_could_go_on_for_ever_is_refused():
    way_out = when(Change.GOES_QUIET, "quiet", move=frozenset({Move.FLAT}))
    scenario = _round(_react(Change.GOES_QUIET, "there", trust=-1), way_out)

    assert _told(scenario) == [(("beats", 0), ENDLESS), (("beats", 1), ENDLESS)]
    assert [problem.params["trust"] for problem in problems(scenario)] == [-5, -5]


def test_a_conversation_may_come_back_to_a_beat_with_less_trust_as_long_as_that_runs_out():
    runs_out = when(Change.GOES_QUIET, "quiet", trust_at_most=-2)
    there = Beat(key="there", says="a", rules=(), otherwise=_react(Change.STAYS, "back"))
    worse = when(Change.GOES_QUIET, "there", trust=-1)
    back = Beat(key="back", says="b", rules=(runs_out, worse), otherwise=WORN)
    scenario = replace(SMALL, opening="there", beats=(there, back), endings=ENDINGS[1:2])

    assert problems(scenario) == []


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_what_is_refused_is_what_brute_force_over_all_sets_of_moves_finds(scenario):
    brute = tell_all(scenario)
    found = problems(scenario)
    places = {sentence: {problem.where for problem in found if problem.sentence == sentence} for sentence in BY_TELLING}
    reached = {spot[0] for spot in brute.following if not isinstance(spot, str)}
    beats = {("beats", index): beat for index, beat in enumerate(scenario.beats)}
    reactions = {
        (*where, *place): (beat.key, place)
        for where, beat in beats.items()
        if beat.key in reached
        for place in [*(("rules", index) for index in range(len(beat.rules))), ("otherwise",), ("worn",)]
        if place != ("worn",) or beat.worn is not None
    }

    assert {problem.sentence for problem in found} <= set(BY_TELLING)
    assert places[BEAT_UNREACHED] == {where for where, beat in beats.items() if beat.key not in reached}
    assert places[ENDING_UNREACHED] == {
        ("endings", index) for index, ending in enumerate(scenario.endings) if ending.key not in brute.following
    }
    assert places[NEVER_FIRES] == {where for where, spot in reactions.items() if spot not in brute.happened}
    assert places[CANCELS] == {where for where, spot in reactions.items() if spot in brute.cancelled}
    assert places[NO_END] == {where for where, beat in beats.items() if beat.key in brute.trapped()}
    assert bool(places[NO_END] | places[ENDLESS]) == brute.goes_round()


BY_TELLING = (BEAT_UNREACHED, ENDING_UNREACHED, NEVER_FIRES, CANCELS, NO_END, ENDLESS)


@settings(deadline=None)
@given(scenarios(), st.lists(replies, min_size=1, max_size=4))
def test_a_story_that_is_not_refused_as_endless_ends_whatever_is_said_over_and_over(scenario, said):
    if {problem.sentence for problem in problems(scenario)} & {NO_END, ENDLESS}:
        return
    at_most = len(walk(scenario).next_states)

    said = said * at_most
    assert as_long_as_it_lasts(scenario, said)[-1].state.ended is not None


def _told(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    return [(problem.where, problem.sentence) for problem in problems(scenario)]
