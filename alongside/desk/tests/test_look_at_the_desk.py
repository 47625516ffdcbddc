"""The desk's first page."""

import pytest
from django.urls import reverse

from alongside.desk import overview
from alongside.people.acts import invite
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.practice.models import DifferentView

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def ruths_view(ruth):
    return DifferentView.objects.create(
        learner=ruth,
        sentence=0,
        text="You poor thing.",
        disclosure="I went back to work last night.",
        shown=["pity"],
        moves=["warmth"],
        model="tests",
        view="My grandmother says it, and it is warm.",
    )


@pytest.mark.parametrize(("who", "expected"), [(None, 302), ("ruth", 404), ("marisol", 200), ("cora", 200)])
def test_who_may_come_to_the_desk(request, as_, who, expected):
    client = as_(request.getfixturevalue(who) if who else None)
    assert client.get(reverse("desk:start")).status_code == expected


def test_the_desk_says_that_there_is_no_mail_and_what_to_do(as_, cora, settings):
    page = as_(cora).get(reverse("desk:start")).content.decode()
    assert "This server sends no mail" in page
    assert "Help someone sign in again" in page
    settings.MAIL_WORKS = True
    assert "sends no mail" not in as_(cora).get(reverse("desk:start")).content.decode()


def test_the_desk_counts_learners_and_not_staff(ruth, noor, cora, marisol, ruths_view):
    seen = overview.look()
    assert (seen.learners, seen.practised_lately, seen.views_waiting) == (2, 0, 1)


def test_a_coordinator_sees_what_was_done_but_no_words_of_learners(as_, cora, ruths_view):
    invite(cora, SURVIVOR_LEADER)
    trail = as_(cora).get(reverse("desk:trail")).text
    assert "made a link for a survivor leader" in trail
    assert str(cora.pk) not in trail.split("<table")[1], "beside the filter, which asks for somebody by an id"
    page = as_(cora).get(reverse("desk:start")).text
    assert ruths_view.view not in page
    assert "waits for a survivor leader" in page
    assert as_(cora).get(reverse("desk:seen_differently")).status_code == 404
    assert as_(cora).post(reverse("desk:decide", args=[ruths_view.pk])).status_code == 404


def test_a_survivor_leader_sees_no_trail(as_, cora, marisol):
    invite(cora, SURVIVOR_LEADER)
    assert as_(marisol).get(reverse("desk:trail")).status_code == 404
    assert "Audit trail" not in as_(marisol).get(reverse("desk:start")).text


def test_whoever_is_both_sees_both(as_, make_account, ruths_view):
    page = as_(make_account("both", COORDINATOR, SURVIVOR_LEADER)).get(reverse("desk:start")).content.decode()
    assert "Help someone sign in again" in page
    assert reverse("desk:seen_differently") in page
