"""A letter tells an ally that something waits: some time later, once for all of it, never what; and she can stop it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.introductions import acts, notices
from alongside.introductions.notices import APART, LATEST, SOMETHING_WAITS, SOONEST
from alongside.people import acts as people
from alongside.people.letters import send
from alongside.people.letters.posting import look_after_letters
from alongside.people.models import Letter
from alongside.records import clock

pytestmark = [pytest.mark.usefixtures("db", "mail_server")]


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind=SOMETHING_WAITS).order_by("due_at"))


def send_at(letter: Letter, moment: datetime) -> str:
    with clock.moved_to(moment):
        send(letter.pk)
    return Letter.objects.get(pk=letter.pk).state


@pytest.fixture
def told(amal) -> Letter:
    """The letter to Amal about something that has just come."""
    notices.something_waits(amal)
    return letters()[0]


def test_it_is_due_after_a_while_that_differs(amal, bea, tomas, make_ally):
    allies = [amal, bea, tomas, *map(make_ally, ("gil", "hana"))]
    before = clock.now()
    for ally in allies:
        notices.something_waits(ally)
    waits = [letter.due_at - before for letter in letters()]
    assert len(waits) == len(allies)
    assert min(waits) >= SOONEST
    assert max(waits) <= LATEST + timedelta(seconds=10)
    assert len({wait // timedelta(seconds=1) for wait in waits}) > 1


def test_it_is_not_sent_before_and_the_tick_sends_it_then(told, mail_server):
    assert send_at(told, clock.now()) == Letter.State.WAITING
    assert not mail_server.mails
    look_after_letters(told.due_at - timedelta(seconds=1))
    assert Letter.objects.get().handed_over_at < told.due_at
    assert send_at(told, told.due_at) == Letter.State.SENT
    assert len(mail_server.mails) == 1


def test_one_letter_is_on_its_way_whatever_comes(amal, told):
    for _many in range(3):
        notices.something_waits(amal)
    assert len(letters()) == 1


def test_the_next_one_is_hours_later(amal, told):
    send_at(told, told.due_at)
    with clock.moved_to(told.due_at + timedelta(minutes=5)):
        notices.something_waits(amal)
        notices.something_waits(amal)
    first, second = letters()
    assert second.due_at >= first.due_at + APART + SOONEST
    with clock.moved_to(second.due_at + APART + timedelta(minutes=1)):
        notices.something_waits(amal)
        third = letters()[-1]
        assert third.due_at <= clock.now() + LATEST, "after a quiet time it does not wait for hours"


def test_none_is_sent_when_she_has_looked_since(amal, told, mail_server):
    notices.looked(amal)
    assert send_at(told, told.due_at) == Letter.State.UNNEEDED
    assert not mail_server.mails


def test_what_came_after_she_looked_is_still_told(amal, told, mail_server):
    notices.looked(amal)
    with clock.moved_to(clock.now() + timedelta(minutes=2)):
        notices.something_waits(amal)
    assert len(letters()) == 1
    assert send_at(told, told.due_at) == Letter.State.SENT


def test_whoever_is_suspended_hears_nothing(amal, cora, told):
    people.suspend(amal, cora)
    assert send_at(told, told.due_at) == Letter.State.UNNEEDED


def test_the_letter_says_nothing_and_is_stopped_by_one_click(amal, told, mail_server):
    send_at(told, told.due_at)
    (mail,) = mail_server.mails
    text = mail.as_string().lower().replace("alongside.example", "").replace("message-id", "")
    for word in ("ally", "survivor", "offer", "introduc", "conversation", "message", "talk", "sex", "amal@ "):
        assert word not in text
    address = mail["List-Unsubscribe"].replace("\n", "").replace(" ", "").strip("<>")
    path = "/" + address.split("/", 3)[3]
    assert path.startswith("/letters/")
    assert "Send me none" in Client().get(path).text
    assert not notices.wants_none(amal)
    assert "They are stopped" in Client(enforce_csrf_checks=True).post(path).text
    assert notices.wants_none(amal)
    with clock.moved_to(told.due_at + APART * 2):
        notices.something_waits(amal)
    assert send_at(letters()[-1], letters()[-1].due_at) == Letter.State.UNNEEDED
    assert Client().get(reverse("letters:stop", args=["nonsense"])).status_code == 404


def test_her_switch_is_on_her_page_where_there_is_mail(as_, amal, settings):
    client, address = as_(amal), reverse("ally:profile")
    assert "Send me none" in client.get(address).text
    client.post(reverse("ally:letters_switch"), {"letters": "off"})
    assert notices.wants_none(amal)
    assert "Send me one" in client.get(address).text
    client.post(reverse("ally:letters_switch"), {"letters": "on"})
    assert not notices.wants_none(amal)
    settings.MAIL_WORKS = False
    assert "Send me none" not in client.get(address).text


def test_without_mail_nothing_is_posted(amal, settings):
    settings.MAIL_WORKS = False
    notices.something_waits(amal)
    assert not letters()


def test_she_hears_that_the_desk_has_answered_and_not_what(amal, cora, mail_server):
    acts.send_back(acts.hand_in(amal, "Juniper", {"money": "Pelican."}), cora, "A heron would help.")
    (letter,) = Letter.objects.filter(kind=notices.DESK_HAS_ANSWERED)
    assert send_at(letter, clock.now()) == Letter.State.SENT
    text = mail_server.mails[0].as_string()
    for word in ("Juniper", "Pelican", "heron", "ally", "approved"):
        assert word not in text.replace("alongside.example", "")
