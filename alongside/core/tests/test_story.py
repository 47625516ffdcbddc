"""What does she say next? A learner answers, and the story goes on from what the answer did."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.core.rating.moves import LEAN_IN, PULL_BACK, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import (
    Change,
    Condition,
    Scenario,
    State,
    StoryEndedError,
    begin,
    hear,
    problems,
    replay,
)
from alongside.core.story.walk import walk
from alongside.core.tests.stories import (
    HELLO,
    SHIPPED,
    SMALL,
    STAYS,
    WORN,
    as_long_as_it_lasts,
    hostile,
    leaning_in,
    replies,
    scenarios,
    small,
    when,
)

NOTHING: frozenset[Move] = frozenset()
unhurried = settings(deadline=None)  # the machine that tests may be busy
shipped = pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.source_id)


# Telling a story.


def test_a_conversation_opens_with_the_first_beat_and_no_trust_yet():
    assert begin(SMALL) == State(beat="hello", trust=0, stayed=0, ended=None)


def test_a_reply_that_leans_in_opens_her_up_to_the_next_beat():
    step = hear(SMALL, begin(SMALL), {Move.WARMTH})

    assert step.change is Change.OPENS_UP
    assert step.state == State("secret", trust=1)
    assert step.says == "i went back"


def test_what_she_says_to_the_reply_comes_before_what_she_says_next():
    scenario = small(hello=replace(HELLO, rules=(hostile(), replace(leaning_in("secret"), says="thanks"))))

    assert hear(scenario, begin(scenario), {Move.WARMTH}).says == "thanks\ni went back"


def test_when_she_stays_she_says_something_else_than_before():
    step = hear(SMALL, begin(SMALL), {Move.FLAT})

    assert step.state == State("hello", stayed=1)
    assert (step.change, step.says, step.thought) == (Change.STAYS, "you there?", "hm.")


def test_when_her_patience_is_used_up_something_happens_instead():
    first, second = replay(SMALL, [{Move.FLAT}, {Move.FLAT}])

    assert first.state.ended is None
    assert second.state.ended == "quiet"
    assert (second.change, second.thought, second.says) == (WORN.then, WORN.thought, "night then")


def test_patience_begins_anew_on_the_next_beat():
    steps = replay(SMALL, [NOTHING, {Move.WARMTH}, NOTHING, NOTHING])

    assert [step.state.stayed for step in steps] == [1, 0, 1, 2]
    assert steps[-1].state.ended is None


def test_she_may_leave_without_a_word():
    step = hear(SMALL, begin(SMALL), {Move.SHOCK})

    assert (step.state.ended, step.change, step.says) == ("gone", Change.LEAVES, "")


def test_a_conversation_that_has_ended_hears_no_more():
    with pytest.raises(StoryEndedError, match="has ended with “gone”"):
        replay(SMALL, [{Move.SHOCK}, {Move.WARMTH}])


def test_a_state_of_another_story_is_refused():
    with pytest.raises(ValueError, match="has no beat “elsewhere”"):
        hear(SMALL, State("elsewhere"), NOTHING)


def test_the_first_rule_that_fits_wins():
    both = (
        when(Change.OPENS_UP, "told", move=frozenset({Move.FEELING})),
        when(Change.OPENS_UP, "secret", stance=frozenset({Stance.LEANS_IN})),
    )
    scenario = small(hello=replace(HELLO, rules=both))

    assert hear(scenario, begin(scenario), {Move.FEELING, Move.WARMTH}).state.ended == "told"
    assert hear(scenario, begin(scenario), {Move.WARMTH}).state.beat == "secret"


def test_a_reply_that_is_neutral_unsure_or_unrated_takes_the_default_even_where_a_rule_asks_nothing():
    takes_all = when(Change.OPENS_UP, "secret", lacks=frozenset({Move.BLAME}))
    scenario = small(hello=replace(HELLO, rules=(takes_all,)))

    assert hear(scenario, begin(scenario), {Move.SELF}).state.beat == "secret"
    assert hear(scenario, begin(scenario), NOTHING).thought == STAYS.thought


@pytest.mark.parametrize(
    ("condition", "taken", "refused"),
    [
        (Condition(move=frozenset({Move.WARMTH, Move.HELP})), {Move.HELP, Move.FIX}, {Move.FIX}),
        (Condition(kind=frozenset(m.kind for m in [Move.PITY] if m.kind)), {Move.PITY}, {Move.FLAT}),
        (Condition(stance=frozenset({Stance.MIXED})), {Move.WARMTH, Move.FIX}, {Move.WARMTH}),
        (Condition(lacks=frozenset({Move.FIX.family})), {Move.WARMTH}, {Move.WARMTH, Move.FIX}),
        (Condition(lacks=frozenset({Move.FIX})), {Move.FLAT}, {Move.FLAT, Move.FIX}),
        (
            Condition(move=frozenset({Move.WARMTH}), lacks=frozenset({Move.HELP})),
            {Move.WARMTH},
            {Move.WARMTH, Move.HELP},
        ),
    ],
)
def test_a_rule_can_ask_for_a_move_a_kind_a_stance_or_the_lack_of_something(condition, taken, refused):
    assert condition.fits(taken, trust=0)
    assert not condition.fits(refused, trust=0)


def test_a_rule_can_ask_for_trust_with_both_bounds_included():
    condition = Condition(trust_at_least=1, trust_at_most=3)

    assert [condition.fits({Move.WARMTH}, trust) for trust in range(5)] == [False, True, True, True, False]


def test_a_stored_conversation_is_told_again_from_its_moves():
    moves = [NOTHING, {Move.WARMTH}, {Move.FEELING}]
    state, steps = begin(SMALL), []
    for heard in moves:
        steps.append(hear(SMALL, state, heard))
        state = steps[-1].state

    assert replay(SMALL, moves) == steps
    assert replay(SMALL, []) == []


@unhurried
@given(scenarios(), st.lists(replies, max_size=12))
def test_trust_stays_between_minus_five_and_five_and_the_same_moves_tell_the_same_story(scenario, said):
    told = as_long_as_it_lasts(scenario, said)

    assert all(-5 <= step.state.trust <= 5 for step in told)
    assert told == as_long_as_it_lasts(scenario, said)


# The stories that ship.


@shipped
def test_every_story_that_ships_can_be_told(scenario):
    assert problems(scenario) == []


@shipped
@unhurried
@given(said=st.lists(replies, min_size=30, max_size=30))
def test_every_story_that_ships_ends_whatever_is_said(scenario, said):
    last = as_long_as_it_lasts(scenario, said)[-1].state

    assert scenario.ending(last.ended) is not None


@shipped
@unhurried
@given(data=st.data())
def test_on_any_pull_back_she_notices(scenario, data):
    state = data.draw(st.sampled_from(_open_states(scenario)))
    kind_part = data.draw(st.frozensets(st.sampled_from(LEAN_IN), min_size=1))
    pull_back = data.draw(st.frozensets(st.sampled_from(PULL_BACK), min_size=1))
    leaning, mixed = hear(scenario, state, kind_part), hear(scenario, state, kind_part | pull_back)

    assert mixed.state.trust <= state.trust <= leaning.state.trust
    assert mixed.change is not Change.OPENS_UP
    assert mixed.thought != leaning.thought


@shipped
@unhurried
@given(said=st.lists(st.frozensets(st.sampled_from(LEAN_IN), min_size=1), min_size=9, max_size=9))
def test_a_learner_who_leans_in_is_told_the_whole_of_it_in_six_to_nine_replies(scenario, said):
    steps = as_long_as_it_lasts(scenario, said)

    assert 6 <= len(steps) <= 9
    assert {step.change for step in steps} == {Change.OPENS_UP}
    assert scenario.ending(steps[-1].state.ended).how is Change.OPENS_UP


@shipped
@unhurried
@given(
    said=st.lists(st.frozensets(st.sampled_from(LEAN_IN), min_size=1), min_size=25, max_size=25),
    slips=st.sets(st.integers(0, 9), max_size=2),
    slip=st.sampled_from([Move.FIX, Move.SELF, Move.MINIMISE, Move.PITY, Move.FLAT]),
)
def test_a_beginner_who_slips_twice_is_not_left(scenario, said, slips, slip):
    steps = as_long_as_it_lasts(scenario, [moves | {slip} if n in slips else moves for n, moves in enumerate(said)])

    assert len(steps) <= 11
    assert scenario.ending(steps[-1].state.ended).how in (Change.OPENS_UP, Change.STAYS)


@shipped
@unhurried
@given(
    said=st.lists(
        st.sampled_from([Move.BLAME, Move.SHOCK, Move.LABEL, Move.CONTROL, Move.PROBE]), min_size=9, max_size=9
    )
)
def test_somebody_harsh_is_left_soon(scenario, said):
    steps = as_long_as_it_lasts(scenario, [{move} for move in said])

    assert 2 <= len(steps) <= 4
    assert steps[-1].change is Change.LEAVES


@shipped
def test_every_moment_of_a_story_that_ships_has_its_own_thought(scenario):
    thoughts = [
        reaction.thought
        for beat in scenario.beats
        for reaction in (*beat.rules, beat.otherwise, beat.worn)
        if reaction is not None
    ]

    assert len(thoughts) == len(set(thoughts))


@cache
def _open_states(scenario: Scenario) -> list[State]:
    return sorted(
        (state for state in walk(scenario).next_states if state.ended is None),
        key=lambda state: (state.beat, state.trust, state.stayed),
    )
