"""The desk sees how a group changed, never one person: in batches of five that never change."""

import itertools
from datetime import datetime, timedelta

import pytest

from alongside.core.change import Figure
from alongside.people.models import User
from alongside.records import clock
from alongside.workshop.assessment.group import BATCH, GroupChange, close_batches, group_change
from alongside.workshop.models import GroupBatch, Occasion, Sitting, SittingAnswer
from alongside.workshop.tests.assessed import AFTER, BEFORE, answer_all, disclosures, lessons_done  # noqa: F401

pytestmark = pytest.mark.usefixtures("disclosures", "lessons_done")


@pytest.fixture
def finish(make_account):
    """Let so many more people take both sittings, one after the other; then the tick comes by."""
    started, counted = clock.now(), itertools.count()

    def let(number: int, before=BEFORE, after=AFTER) -> list[User]:
        people = []
        for _person in range(number):
            count = next(counted)
            learner = make_account(f"learner{count}")
            answer_all(learner, Occasion.FIRST, before)
            last = answer_all(learner, Occasion.LAST, after)
            Sitting.objects.filter(pk=last.pk).update(finished_at=started + timedelta(seconds=count))
            people.append(learner)
        close_batches(started + timedelta(days=1))
        return people

    return let


def seen(since: datetime | None = None) -> GroupChange:
    change = group_change(since)
    assert change is not None
    return change


def test_nothing_is_told_of_fewer_than_five(finish):
    finish(4)
    assert group_change() is None
    assert not GroupBatch.objects.exists()


def test_the_change_of_five(finish):
    finish(3)
    finish(2, before=AFTER)
    change = seen()
    assert change.people == 5
    pulls = change.changes[Figure.PULLS_BACK]
    assert (pulls.before, pulls.after, pulls.difference) == (6 / 5, 0, -6 / 5)
    assert pulls.low < pulls.difference < pulls.high
    assert change.changes[Figure.LEANS_IN].before == (3 * 1 + 2 * 3) / 5


def test_one_more_person_changes_nothing_until_there_are_five_more(finish):
    finish(5)
    before = seen().changes
    for number in range(1, 5):
        finish(1, after=BEFORE)
        assert seen().changes == before
        assert (seen().people, seen().waiting) == (5, number)
    finish(1, after=BEFORE)
    assert seen().people == 2 * BATCH
    assert seen().changes != before


def test_who_leaves_stays_in_the_sums_so_that_nobody_can_be_taken_out(finish):
    people = finish(5)
    before = seen().changes
    people[0].delete()
    close_batches(clock.now() + timedelta(days=2))
    assert seen().changes == before
    finish(4, after=BEFORE)
    assert seen().changes == before


def test_the_tick_counts_nobody_twice(finish):
    finish(6)
    close_batches(clock.now() + timedelta(days=1))
    close_batches(clock.now() + timedelta(days=1))
    assert GroupBatch.objects.count() == 1
    assert Sitting.objects.exclude(counted_at=None).count() == BATCH


def test_pairs_that_different_models_read_are_left_out(finish):
    (odd, *_others) = finish(4)
    for answer in SittingAnswer.objects.filter(sitting__learner=odd, sitting__occasion=Occasion.FIRST):
        older = (answer.rating or {}) | {"model": "older"}
        SittingAnswer.objects.filter(pk=answer.pk).update(rating=older, model="older")
    finish(1)
    assert group_change() is None
    finish(1)
    assert seen().people == 5
    assert seen().waiting == 1


def test_who_has_only_a_first_is_counted_as_that(finish, noor):
    answer_all(noor, Occasion.FIRST)
    finish(5)
    assert seen().only_first == 1


def test_those_of_the_desk_who_try_it_out_do_not_count(finish, cora):
    answer_all(cora, Occasion.FIRST)
    answer_all(cora, Occasion.LAST)
    finish(4)
    assert group_change() is None


def test_a_reply_that_was_not_rated_is_not_compared(finish):
    finish(1, before=("Hola.", "Hola.", "Hola."))
    finish(4)
    assert group_change() is None


def test_since_takes_whole_batches(finish):
    finish(5)
    later = clock.now() + timedelta(days=1)
    assert group_change(later) is None
    assert seen(clock.now() - timedelta(days=1)).people == 5
