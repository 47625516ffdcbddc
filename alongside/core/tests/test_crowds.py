"""Crowds: nobody is seen in a number, and one person's answer never shows by itself."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from alongside.core.change import FEWEST_PEOPLE
from alongside.core.crowds import crowds, said_by_enough

people = st.integers(0, 8)
waiting = st.lists(people, max_size=40).map(lambda who: [(each, (each, place)) for place, each in enumerate(who)])


def test_four_people_are_no_crowd_however_much_they_say():
    assert crowds([(who % 4, who) for who in range(40)]) == []


def test_the_fifth_closes_a_crowd_of_the_first_that_each_said():
    assert crowds([(0, "a"), (0, "b"), (1, "c"), (2, "d"), (3, "e"), (4, "f")]) == [("a", "c", "d", "e", "f")]


@given(waiting)
def test_every_crowd_is_of_five_different_people_and_nothing_is_counted_twice(entries):
    closed = crowds(entries)
    assert all(len({who for who, _place in crowd}) == len(crowd) == FEWEST_PEOPLE for crowd in closed)
    assert max(Counter(entry for crowd in closed for entry in crowd).values(), default=1) == 1
    counted = {entry for crowd in closed for entry in crowd}
    assert len({who for who, entry in entries if entry not in counted}) < FEWEST_PEOPLE


@given(waiting, people)
def test_one_answer_more_never_shows_by_itself(entries, who):
    """What is shown is what it was, or five different people more, of whom she is one."""
    before, after = crowds(entries), crowds([*entries, (who, (who, len(entries)))])
    assert after[: len(before)] == before
    added = after[len(before) :]
    assert len(added) <= 1
    assert all((who, len(entries)) in crowd for crowd in added)


@given(waiting)
def test_what_is_closed_stays_whatever_comes_after(entries):
    half = len(entries) // 2
    first = crowds(entries[:half])
    assert crowds(entries)[: len(first)] == first


@given(st.lists(st.tuples(st.integers(0, 3), people), max_size=60))
def test_somebody_is_named_only_by_five_different_people(said):
    named = said_by_enough(said)
    for about in range(4):
        assert (about in named) == (len({by for whom, by in said if whom == about}) >= FEWEST_PEOPLE)
