"""Hours of a week, by whose clock."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.introductions.hours import CLOCKS, TIMES, WEEK, hours_of, in_utc, minutes_ahead

hours = st.sets(st.integers(0, WEEK - 1))
clocks = st.sampled_from(CLOCKS)


@given(hours, clocks)
def test_no_hour_is_lost_or_made(some, ahead):
    assert len(in_utc(some, ahead)) == len(some)
    assert in_utc(some, ahead) <= set(range(WEEK))


@given(hours, hours, clocks)
def test_two_who_share_a_clock_share_the_same_hours_in_utc(mine, yours, ahead):
    assert in_utc(mine, ahead) & in_utc(yours, ahead) == in_utc(mine & yours, ahead)


@given(hours, st.sampled_from([ahead for ahead in CLOCKS if ahead % 60 == 0]))
def test_whole_hours_come_back(some, ahead):
    assert in_utc(in_utc(some, ahead), -ahead) == some


def test_monday_morning_in_tokyo_is_sunday_night_in_utc():
    assert in_utc({0, 9}, 540) == {WEEK - 9, 0}


def test_all_times_together_are_the_whole_week_and_none_overlap():
    assert hours_of(TIMES) == frozenset(range(WEEK))
    assert sum(len(hours_of([time])) for time in TIMES) == WEEK


@pytest.mark.parametrize(
    ("zone", "month", "ahead"), [("Europe/Madrid", 1, 60), ("Europe/Madrid", 7, 120), ("Asia/Kathmandu", 1, 345)]
)
def test_clocks_go_with_summer_time(zone, month, ahead):
    assert minutes_ahead(zone, datetime(2026, month, 1, tzinfo=UTC)) == ahead
