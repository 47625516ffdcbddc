"""The change of a group: against SciPy's own paired interval, and against resampling."""

import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from alongside.core.change import FEWEST_PEOPLE, Figure, Sums, TooFewPeopleError, change_of, figures_of, sums_of
from alongside.core.rating import Move, Rating, Sentence, Verdict, stance_of

COUNTS = st.integers(0, 12)
PEOPLE = st.lists(st.tuples(COUNTS, COUNTS), min_size=FEWEST_PEOPLE, max_size=40)


def alike(value: int) -> dict[Figure, int]:
    return dict.fromkeys(Figure, value)


def sums(people: list[tuple[int, int]]) -> Sums:
    return sums_of((alike(before), alike(after)) for before, after in people)[Figure.MOVES]


@given(PEOPLE)
@settings(max_examples=60, deadline=None)
def test_the_interval_is_the_one_of_a_paired_t_test(people):
    change = change_of(sums(people))
    befores, afters = zip(*people, strict=True)
    differences = [after - before for before, after in people]
    assert change.people == len(people)
    assert change.before == pytest.approx(statistics.mean(befores))
    assert change.after == pytest.approx(statistics.mean(afters))
    if len(set(differences)) == 1:
        assert change.low == change.high == pytest.approx(differences[0])
        return
    interval = stats.ttest_rel(afters, befores).confidence_interval(0.95)
    assert change.low == pytest.approx(interval.low)
    assert change.high == pytest.approx(interval.high)


@given(PEOPLE, PEOPLE)
@settings(max_examples=30, deadline=None)
def test_sums_of_batches_are_the_sums_of_all(some, others):
    assert sums(some) + sums(others) == sums([*some, *others])


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=FEWEST_PEOPLE - 1))
def test_nothing_is_said_of_fewer_than_five(people):
    with pytest.raises(TooFewPeopleError):
        change_of(sums(people))


def test_resampling_gives_nearly_the_same_interval():
    chance = random.Random(3)
    people = [(before := chance.randint(0, 8), before + chance.randint(-2, 4)) for _ in range(40)]
    differences = [after - before for before, after in people]
    means = sorted(statistics.mean(chance.choices(differences, k=40)) for _ in range(4000))
    change = change_of(sums(people))
    assert change.low == pytest.approx(means[100], abs=0.15)
    assert change.high == pytest.approx(means[3900], abs=0.15)


def reply(*sentences: tuple[Move, ...]) -> Rating:
    rated = tuple(Sentence("", 0, 0, moves, {}, Verdict.RATED) for moves in sentences)
    return Rating(rated, stance_of(move for each in rated for move in each.moves), "one")


def test_a_persons_figures():
    replies = [
        reply((Move.WARMTH,), (Move.INVITE,)),
        reply((Move.WARMTH,), (Move.FIX, Move.PITY), (Move.FIX,)),
        reply(()),
    ]
    assert figures_of(replies) == {Figure.LEANS_IN: 1, Figure.MOVES: 2, Figure.PULLS_BACK: 2}
