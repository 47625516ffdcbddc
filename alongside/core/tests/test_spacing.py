"""What was missed comes back after one day, three and seven, until it is known."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from alongside.core.spacing import GAPS, KNOWN, Due, after_answer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
waits = some.integers(0, 30).map(timedelta)
answers = some.lists(some.tuples(some.booleans(), waits), min_size=1, max_size=20)


def told(answers: list[tuple[bool, timedelta]]) -> list[tuple[datetime, Due]]:
    due, now, states = None, NOON, []
    for was_found, wait in answers:
        now += wait
        due = after_answer(due, was_found=was_found, now=now)
        states.append((now, due))
    return states


def test_what_is_found_at_first_sight_does_not_come_back():
    assert after_answer(None, was_found=True, now=NOON) == KNOWN


def test_a_miss_comes_back_after_one_three_and_seven_days():
    due, now, days = after_answer(None, was_found=False, now=NOON), NOON, []
    while due.at is not None:
        days.append((due.at - now).days)
        now = due.at
        due = after_answer(due, was_found=True, now=now)
    assert days == [1, 3, 7]
    assert due == KNOWN


def test_found_again_before_its_time_it_still_comes_back():
    missed = after_answer(None, was_found=False, now=NOON)
    assert after_answer(missed, was_found=True, now=NOON + timedelta(hours=1)) == missed


@given(answers)
def test_whatever_is_answered_it_is_known_or_comes_back_later_within_a_week(answers):
    for now, due in told(answers):
        assert due == KNOWN or (due.at is not None and due.at > now - timedelta(0) and due.at - now <= GAPS[-1])


@given(answers, waits)
def test_a_miss_always_begins_anew(answers, wait):
    now, due = told(answers)[-1]
    assert after_answer(due, was_found=False, now=now + wait) == Due(0, now + wait + GAPS[0])


@given(answers)
def test_it_is_known_only_after_being_found_at_its_time_once_for_each_gap(answers):
    found_in_time = None
    due = None
    now = NOON
    for was_found, wait in answers:
        now += wait
        in_time = due is None or due.at is None or now >= due.at
        due = after_answer(due, was_found=was_found, now=now)
        if not was_found:
            found_in_time = 0
        elif in_time and found_in_time is not None:
            found_in_time += 1
    if found_in_time is not None:
        assert (due == KNOWN) == (found_in_time >= len(GAPS))
