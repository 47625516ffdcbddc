"""Whom could a waiting list reach? Against brute force, every assignment tried, and a dense solver."""

import random
from collections import Counter
from dataclasses import replace
from itertools import product
from math import inf
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.core.matching import Waiting, Wish, assign
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
    points,
)


def by_brute_force(waiting, circle):
    """Give what the best of all assignments reaches: how many, the waits of who is reached, and the sum of scores."""
    options = []
    for one in waiting:
        found = everybody(one.ask, circle)
        options.append([(None, 0), *((match.id, match.score) for match in found.matches)])
    room = {ally.id: ally.capacity - ally.load for ally in circle}
    tried = []
    for chosen in product(*options):
        taken = Counter(ally for ally, _ in chosen if ally)
        if all(number <= room[ally] for ally, number in taken.items()):
            tried.append(_worth(waiting, chosen))
    return max(tried)


def reached(waiting, circle, found):
    scores = [{match.id: match.score for match in everybody(one.ask, circle).matches} | {None: 0} for one in waiting]
    chosen = [(found[one.id], its[found[one.id]]) for one, its in zip(waiting, scores, strict=True)]
    room = {ally.id: ally.capacity - ally.load for ally in circle}
    assert all(number <= room[ally] for ally, number in Counter(ally for ally, _ in chosen if ally).items())
    return _worth(waiting, chosen)


def _worth(waiting, chosen):
    waits = [one.hours for one, (ally, _) in zip(waiting, chosen, strict=True) if ally]
    return len(waits), sorted(waits, reverse=True), sum(score for _, score in chosen)


@st.composite
def waiting_lists(draw):
    numbers = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
    return [Waiting(number, draw(asks), draw(st.sampled_from([0, 1, 1.5, 48, 700]))) for number in numbers]


@given(waiting_lists(), st.lists(allies, unique_by=lambda ally: ally.id, max_size=5))
@settings(max_examples=200, deadline=None)
@example([], [NOOR])
@example([Waiting(IDS[0], ANYBODY, 1)], [])
def test_a_waiting_list_reaches_what_the_best_of_all_assignments_reaches(waiting, circle):
    found = assign(waiting, circle)
    assert set(found) == {one.id for one in waiting}
    assert reached(waiting, circle, found) == by_brute_force(waiting, circle)


@given(waiting_lists(), circles, st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_waiting_list_reaches_the_same_in_whatever_order_it_comes(waiting, circle, chance):
    shuffled, others = list(waiting), list(circle)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    assert assign(shuffled, others) == assign(waiting, circle)


def test_one_person_more_counts_before_the_better_fit():
    only_english = Waiting(IDS[0], ANYBODY, 1)
    either = Waiting(IDS[1], replace(ANYBODY, languages=frozenset({"en", "es"}), topics=("money",)), 99)
    noor = replace(NOOR, topics=frozenset({"money"}), capacity=1, load=0)
    ruth = replace(RUTH, languages=frozenset({"es"}), capacity=1, load=0)
    assert assign([only_english, either], [noor, ruth]) == {only_english.id: noor.id, either.id: ruth.id}


def test_who_waited_longest_comes_before_who_fits_better():
    longest = Waiting(IDS[0], replace(ANYBODY, topics=("court",)), 50)
    shorter = Waiting(IDS[1], replace(ANYBODY, topics=("money",)), 49)
    noor = replace(NOOR, topics=frozenset({"money"}))
    assert assign([shorter, longest], [noor]) == {longest.id: noor.id, shorter.id: None}


def test_who_fits_in_everything_is_reached():
    ask = replace(ANYBODY, topics=("court",), woman=Wish.RATHER, been_there=Wish.RATHER, hours=frozenset({1}))
    ally = replace(
        NOOR,
        topics=frozenset({"court"}),
        is_woman=True,
        may_count_as_been_there=True,
        hours=frozenset({1}),
        load=0,
        conversations_before=3,
        free_since=inf,
    )
    assert assign([Waiting(IDS[0], ask, 1)], [RUTH, ally]) == {IDS[0]: ally.id}


def test_an_ally_takes_as_many_as_she_has_room_for():
    waiting = [Waiting(number, ANYBODY, place) for place, number in enumerate(IDS)]
    found = assign(waiting, [replace(NOOR, capacity=5, load=2)])
    assert [number for number, ally in found.items() if ally] == IDS[-3:]


def test_a_long_waiting_list_is_assigned_as_by_a_dense_solver():
    from scipy.optimize import linear_sum_assignment

    chance = random.Random(7)
    circle = [
        replace(
            NOOR,
            id=UUID(int=chance.getrandbits(128)),
            topics=frozenset(topic for topic in TOPICS if chance.random() < 0.4),
            languages=frozenset({chance.choice(LANGUAGES)}),
            free_since=chance.randrange(900),
        )
        for _ in range(90)
    ]
    waiting = [
        Waiting(
            UUID(int=chance.getrandbits(128)),
            replace(ANYBODY, topics=(chance.choice(TOPICS),), languages=frozenset({chance.choice(LANGUAGES)})),
            hours,
        )
        for hours in range(120)
    ]
    # Here whoever waits and is not reached costs a billion for each hour, far above all scores together.
    prices = [[10**9 * (one.hours + 1)] * len(circle) + [10**9 * (one.hours + 1)] * len(waiting) for one in waiting]
    for row, one in enumerate(waiting):
        for column, ally in enumerate(circle):
            if not faults(one.ask, ally):
                prices[row][column] = -points(one.ask, ally)
    rows, columns = linear_sum_assignment(prices)
    least = sum(prices[row][column] for row, column in zip(rows, columns, strict=True))

    found = assign(waiting, circle)
    place: dict[UUID | None, int] = {ally.id: column for column, ally in enumerate(circle)}
    ours = [prices[row][place.get(found[one.id], -1)] for row, one in enumerate(waiting)]
    assert sum(ours) == least
    assert any(price > 0 for price in ours)
    assert max(Counter(ally for ally in found.values() if ally).values()) == 1
