"""The desk's first page, and the views that learners wrote."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.desk import acts, overview
from alongside.desk.models import ReadView
from alongside.people.acts import make_survivor_leader_link
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.practice.models import DifferentView
from alongside.records import clock

pytestmark = pytest.mark.usefixtures("db", "_cache_table")


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
    make_survivor_leader_link(by=cora)
    page = as_(cora).get(reverse("desk:start")).content.decode()
    assert "made a link for a survivor leader" in page
    assert str(cora.pk) not in page
    assert ruths_view.view not in page
    assert "waits for a survivor leader" in page
    assert as_(cora).get(reverse("desk:seen_differently")).status_code == 404
    assert as_(cora).post(reverse("desk:mark_read", args=[ruths_view.pk])).status_code == 404


def test_a_survivor_leader_sees_no_trail(as_, cora, marisol):
    make_survivor_leader_link(by=cora)
    assert "made a link" not in as_(marisol).get(reverse("desk:start")).content.decode()


def test_a_survivor_leader_reads_a_view_without_a_name(as_, marisol, ruth, ruths_view):
    page = as_(marisol).get(reverse("desk:seen_differently")).content.decode()
    for words in ("You poor thing.", "I went back to work last night.", "My grandmother says it"):
        assert words in page
    assert "believes and stays" in page
    assert ruth.email not in page
    assert "Ruth" not in page
    assert str(ruth.pk) not in page


def test_a_view_that_was_read_waits_no_longer_until_it_is_changed(as_, marisol, ruths_view):
    client = as_(marisol)
    client.post(reverse("desk:mark_read", args=[ruths_view.pk]))
    assert overview.look().views_waiting == 0
    assert "I have read it" not in client.get(reverse("desk:seen_differently")).content.decode()
    DifferentView.objects.filter(pk=ruths_view.pk).update(created_at=clock.now())
    assert overview.look().views_waiting == 1
    acts.mark_read(ruths_view.pk, by=marisol)
    assert ReadView.objects.count() == 1


def test_a_view_that_has_expired_is_not_there(as_, marisol, ruths_view):
    DifferentView.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    client = as_(marisol)
    assert "You poor thing" not in client.get(reverse("desk:seen_differently")).content.decode()
    assert client.post(reverse("desk:mark_read", args=[ruths_view.pk])).status_code == 404


def test_whoever_is_both_sees_both(as_, make_account, ruths_view):
    page = as_(make_account("both", COORDINATOR, SURVIVOR_LEADER)).get(reverse("desk:start")).content.decode()
    assert "Help someone sign in again" in page
    assert reverse("desk:seen_differently") in page


def test_words_of_a_view_are_shown_as_text(as_, marisol, ruths_view):
    DifferentView.objects.update(view="<script>alert(1)</script>")
    assert "<script>alert" not in as_(marisol).get(reverse("desk:seen_differently")).content.decode()
