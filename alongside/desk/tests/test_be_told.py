"""A letter tells a survivor leader that something new waits: once a day at most, never what, and she can stop it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.desk import acts, notices
from alongside.desk.models import NoLetters
from alongside.people.letters import send
from alongside.people.models import SURVIVOR_LEADER, Letter
from alongside.practice.models import DifferentView
from alongside.records import clock
from alongside.review.tests.conftest import drill, drill_editor  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def view(ruth) -> DifferentView:
    return DifferentView.objects.create(learner=ruth, sentence=0, text="You poor thing.", disclosure="x", model="tests")


def tick(days: int = 0) -> list[str]:
    """Let the tick run twice, so many days from now; give to whom letters were made."""
    before = set(Letter.objects.values_list("pk", flat=True))
    moment = clock.now() + timedelta(days=days)
    for minutes in (0, 1):
        notices.tell_survivor_leaders(moment + timedelta(minutes=minutes))
    made = Letter.objects.exclude(pk__in=before)
    names = sorted(made.values_list("user__name", flat=True))
    made.update(created_at=moment)
    return names


def test_each_survivor_leader_is_told_once_of_what_waits(cora, marisol, make_account, view, mail_server):
    make_account("vera", SURVIVOR_LEADER)
    make_account("nina", SURVIVOR_LEADER, second_factor=False)
    assert tick() == ["Marisol", "Vera"]
    assert [tick(days) for days in range(1, 5)] == [[], [], [], []], "nothing new waits"


def test_something_new_on_another_day_is_told_again_and_on_the_same_day_is_not(marisol, view, mail_server):
    assert tick() == ["Marisol"]
    DifferentView.objects.update(created_at=clock.now() + timedelta(minutes=5))
    assert tick() == []
    DifferentView.objects.update(created_at=clock.now() + timedelta(days=1))
    assert tick(days=1) == ["Marisol"]


def test_what_was_handed_in_is_told_to_those_who_may_read_it(drill_editor, marisol, make_account, mail_server):  # noqa: F811
    make_account("vera", SURVIVOR_LEADER)
    drill_editor.hand_in(marisol, "Another title")
    assert tick() == ["Vera"]


def test_without_anything_or_without_mail_nobody_is_told(marisol, view, settings, mail_server):
    settings.MAIL_WORKS = False
    assert tick() == []
    settings.MAIL_WORKS = True
    DifferentView.objects.update(decision="declined")
    assert tick() == []


def test_the_letter_reveals_nothing_and_is_stopped_by_one_click(marisol, view, mail_server):
    tick()
    Letter.objects.update(due_at=clock.now())
    send(Letter.objects.get().pk)
    (mail,) = mail_server.mails
    for word in ("survivor", "review", "sentence", "learner", "sex", "poor thing"):
        assert word not in mail.as_string().lower().replace("alongside.example", "")
    address = mail["List-Unsubscribe"].replace("\n", "").replace(" ", "").strip("<>")
    path = "/" + address.split("/", 3)[3]
    assert "Send me none" in Client().get(path).text
    assert not NoLetters.objects.exists()
    assert "They are stopped" in Client(enforce_csrf_checks=True).post(path).text
    DifferentView.objects.update(created_at=clock.now() + timedelta(days=1))
    assert tick(days=1) == []
    assert Client().get(reverse("desk:stop_letters", args=["nonsense"])).status_code == 404


def test_a_letter_about_what_was_seen_to_meanwhile_is_not_sent(marisol, view, mail_server):
    tick()
    letter = Letter.objects.get()
    assert notices.something_waits(letter)
    DifferentView.objects.update(decision="declined")
    assert notices.something_waits(letter) is None
    DifferentView.objects.update(decision="waiting")
    marisol.groups.clear()
    assert notices.something_waits(letter) is None


def test_her_switch_is_at_the_desk_where_there_is_mail(as_, marisol, settings):
    client, address = as_(marisol), reverse("desk:review")
    assert "Send me none" not in client.get(address).text
    settings.MAIL_WORKS = True
    assert "Send me none" in client.get(address).text
    client.post(reverse("desk:letters_switch"), {"letters": "off"})
    assert notices.wants_none(marisol)
    assert "Send me one" in client.get(address).text
    client.post(reverse("desk:letters_switch"), {"letters": "on"})
    assert not notices.wants_none(marisol)
    acts.stop_letters(marisol)
    acts.stop_letters(marisol)
    assert NoLetters.objects.count() == 1
