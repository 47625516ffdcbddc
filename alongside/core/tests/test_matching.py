"""Who could walk with her? Against brute force: everybody weighed with fractions, and sorted."""

from collections import Counter
from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.core.matching import LeftOut, Reason, Waiting, Wish, shortlist, why_not
from alongside.core.tests.circles import (
    ANYBODY,
    IDS,
    LANGUAGES,
    NOOR,
    RUTH,
    TOPICS,
    allies,
    asks,
    circles,
    everybody,
    faults,
    ids,
    points,
)

# The shortlist.


@given(asks, circles, st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_the_shortlist_is_the_top_of_a_sorted_list_of_everybody_who_fits(ask, circle, size):
    fitting = {ally.id: ally for ally in circle if not faults(ask, ally)}
    found = shortlist(ask, circle, size)
    ranked = sorted((points(ask, ally) for ally in fitting.values()), reverse=True)
    assert [match.score for match in found.matches] == ranked[:size]
    assert all(match.score == points(ask, fitting[match.id]) for match in found.matches)
    assert ids(found) == ids(everybody(ask, circle))[:size]


@given(asks, circles)
@settings(max_examples=200, deadline=None)
def test_everybody_is_ranked_or_left_out_for_a_reason_that_holds(ask, circle):
    found = everybody(ask, circle)
    assert sorted([*ids(found), *found.left_out]) == sorted(ally.id for ally in circle)
    for ally in circle:
        assert (ally.id in found.left_out) == bool(faults(ask, ally))
        assert found.left_out.get(ally.id) == why_not(ask, ally)
        if ally.id in found.left_out:
            assert found.left_out[ally.id] in faults(ask, ally)


@given(asks, circles, st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_same_ask_finds_the_same_in_whatever_order_they_come(ask, circle, chance):
    shuffled = list(circle)
    chance.shuffle(shuffled)
    assert shortlist(ask, shuffled) == shortlist(ask, iter(circle))


def test_who_skips_everything_still_finds_three():
    circle = [replace(NOOR, id=number) for number in IDS]
    assert len(shortlist(ANYBODY, circle).matches) == 3


def test_nobody_is_there_when_there_is_nobody():
    assert shortlist(ANYBODY, []).matches == ()


@pytest.mark.parametrize(
    ("lacking", "wish", "code"),
    [
        ({"languages": frozenset({"pl"})}, {}, LeftOut.NO_COMMON_LANGUAGE),
        ({"is_paused": True}, {}, LeftOut.PAUSED),
        ({"load": 3}, {}, LeftOut.FULL),
        ({"capacity": 0, "load": 0}, {}, LeftOut.FULL),
        ({}, {"excluded": frozenset({NOOR.id})}, LeftOut.EXCLUDED),
        ({"is_woman": False}, {"woman": Wish.MUST}, LeftOut.NOT_WHAT_MUST_BE),
        ({"may_count_as_been_there": False}, {"been_there": Wish.MUST}, LeftOut.NOT_WHAT_MUST_BE),
    ],
)
def test_nothing_that_somebody_does_well_makes_up_for_what_must_be(lacking, wish, code):
    ask = replace(ANYBODY, topics=TOPICS, hours=frozenset(range(9)), **wish)
    best = replace(
        NOOR,
        topics=frozenset(TOPICS),
        is_woman=True,
        may_count_as_been_there=True,
        hours=frozenset(range(9)),
        capacity=3,
        load=0,
        conversations_before=9,
        free_since=inf,
    )
    assert ids(shortlist(replace(ask, excluded=frozenset()), [best, RUTH]))[0] == best.id
    found = shortlist(ask, [replace(best, **lacking)])
    assert not found.matches
    assert found.left_out == {NOOR.id: code}


@given(asks, circles, st.data())
@settings(max_examples=200, deadline=None)
def test_more_of_what_was_asked_never_lowers_a_rank_and_more_load_never_raises_it(ask, circle, data):
    found = everybody(ask, circle)
    if not found.matches:
        return
    drawn = data.draw(st.sampled_from(ids(found)))
    ally = next(ally for ally in circle if ally.id == drawn)
    more = data.draw(
        st.sampled_from(
            [
                {"topics": ally.topics | {data.draw(st.sampled_from(TOPICS))}},
                {"hours": ally.hours | {data.draw(st.sampled_from(range(9)))}},
                {"languages": ally.languages | {"en"}},
                {"free_since": ally.free_since + data.draw(st.floats(0, 1000))},
                {"conversations_before": ally.conversations_before + 1},
                {"capacity": ally.capacity + 1},
                {"load": max(0, ally.load - 1)},
                {"is_woman": True},
                {"may_count_as_been_there": True},
            ]
        )
    )

    def rank(now):
        return ids(everybody(ask, [now if other is ally else other for other in circle])).index(ally.id)

    assert rank(replace(ally, **more)) <= rank(ally)
    if ally.load + 1 < ally.capacity:
        assert rank(replace(ally, load=ally.load + 1)) >= rank(ally)


@given(st.lists(st.sampled_from(TOPICS), unique=True, min_size=2), st.binary(min_size=1, max_size=64))
def test_what_she_named_first_weighs_most(topics, seed):
    ask = replace(ANYBODY, topics=tuple(topics), seed=seed)
    circle = [
        replace(NOOR, id=number, topics=frozenset({topic}))
        for number, topic in zip(IDS, reversed(topics), strict=False)
    ]
    assert ids(everybody(ask, circle)) == [ally.id for ally in reversed(circle)]


@pytest.mark.parametrize(
    "better",
    [
        {"topics": frozenset({"court"})},
        {"is_woman": True},
        {"may_count_as_been_there": True},
        {"hours": frozenset({3})},
        {"free_since": 24},
        {"load": 0},
        {"conversations_before": 1},
    ],
)
def test_each_thing_alone_decides_between_two_who_are_alike(better):
    ask = replace(
        ANYBODY, topics=("money", "court"), woman=Wish.RATHER, been_there=Wish.RATHER, hours=frozenset(range(9))
    )
    for seed in (b"1", b"2", b"3", b"4"):
        assert ids(shortlist(replace(ask, seed=seed), [RUTH, replace(NOOR, **better)]))[0] == NOOR.id


def test_between_equals_the_lot_decides_and_each_of_them_gets_her_turn():
    circle = [replace(NOOR, id=number) for number in IDS]
    firsts = Counter(ids(shortlist(replace(ANYBODY, seed=bytes([seed])), circle))[0] for seed in range(200))
    assert set(firsts) == set(IDS)
    assert max(firsts.values()) < 50


# Why she is on it.


def test_the_reasons_follow_the_ask():
    ask = replace(
        ANYBODY,
        topics=("court", "money", "parenting"),
        languages=frozenset({"es", "en"}),
        woman=Wish.RATHER,
        hours=frozenset({1, 2}),
    )
    ally = replace(
        NOOR,
        topics=frozenset({"money", "court", "an-ex"}),
        languages=frozenset(LANGUAGES),
        is_woman=True,
        hours=frozenset({2, 3}),
        load=0,
        conversations_before=1,
    )
    assert shortlist(ask, [ally]).matches[0].reasons == (
        (Reason.TOPIC, "court"),
        (Reason.TOPIC, "money"),
        (Reason.LANGUAGE, "en"),
        (Reason.LANGUAGE, "es"),
        (Reason.WOMAN, ""),
        (Reason.HOURS, ""),
        (Reason.FREE_NOW, ""),
        (Reason.EXPERIENCE, ""),
    )


def test_nothing_is_a_reason_that_was_not_asked_for():
    ally = replace(NOOR, topics=frozenset(TOPICS), is_woman=True, hours=frozenset({2}))
    assert shortlist(ANYBODY, [ally]).matches[0].reasons == ((Reason.LANGUAGE, "en"),)


@given(asks, allies, st.sampled_from(Wish))
@settings(max_examples=200, deadline=None)
def test_lived_experience_stands_in_no_reason(ask, ally, wish):
    been, not_been = (replace(ally, may_count_as_been_there=been) for been in (True, False))
    with_wish, without = (everybody(replace(ask, been_there=one), [been]).matches for one in (wish, Wish.NO))
    assert [match.reasons for match in with_wish] == [match.reasons for match in without]
    if wish is not Wish.MUST:
        found = [everybody(replace(ask, been_there=wish), [one]) for one in (been, not_been)]
        assert [match.reasons for match in found[0].matches] == [match.reasons for match in found[1].matches]
        assert found[0].left_out == found[1].left_out


def test_who_lacks_what_must_be_is_left_out_by_one_code_whichever_it_is():
    asked = (replace(ANYBODY, woman=Wish.MUST), replace(ANYBODY, been_there=Wish.MUST))
    assert [shortlist(ask, [NOOR]).left_out for ask in asked] == [{NOOR.id: LeftOut.NOT_WHAT_MUST_BE}] * 2


@given(asks, allies)
def test_nothing_about_a_must_is_told_of_who_lacks_another_thing(ask, ally):
    if faults(ask, ally) - {LeftOut.NOT_WHAT_MUST_BE}:
        assert why_not(ask, ally) is not LeftOut.NOT_WHAT_MUST_BE


def test_no_printed_ask_ally_or_match_tells_what_is_hers():
    ask = replace(ANYBODY, topics=("court",), been_there=Wish.RATHER)
    ally = replace(NOOR, may_count_as_been_there=True)
    found = shortlist(ask, [ally, replace(RUTH, is_paused=True)])
    assert "court" not in repr(Waiting(IDS[0], ask, 1))
    assert "rather" not in repr(ask).lower()
    assert repr(ally) == repr(replace(ally, may_count_as_been_there=False))
    assert str(found.matches[0].score) not in repr(found).replace(str(NOOR.id), "")
    assert "paused" not in repr(found).lower()


# What is refused.


@pytest.mark.parametrize(
    "wrong",
    [
        {"languages": frozenset()},
        {"topics": ("money", "money")},
        {"hours": frozenset({168})},
        {"hours": frozenset({-1})},
        {"seed": b""},
        {"seed": bytes(65)},
    ],
)
def test_an_ask_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        replace(ANYBODY, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": frozenset({168})},
        {"capacity": -1},
        {"load": -1},
        {"conversations_before": -1},
        {"free_since": -0.1},
        {"free_since": nan},
    ],
)
def test_an_ally_counted_below_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        replace(NOOR, **wrong)


def test_a_shortlist_for_nobody_is_refused():
    with pytest.raises(ValueError, match="one ally"):
        shortlist(ANYBODY, [NOOR], size=0)
