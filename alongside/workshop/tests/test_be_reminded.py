"""One, three and six months after she finished, a note asks her back; it tells nobody anything, and she can stop it."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.people import letters
from alongside.people.letters import send
from alongside.people.models import Letter
from alongside.practice.acts import choose
from alongside.practice.drill_page import Side
from alongside.practice.models import DrillAnswer
from alongside.records import clock
from alongside.workshop import acts, reminders
from alongside.workshop.acts.reminding import practise_again
from alongside.workshop.models import Enrolment, Reminding


@pytest.fixture
def finished(ruth):
    """Ruth finished just now."""
    Enrolment.objects.create(learner=ruth, finished_at=clock.now())
    return ruth


def remind_on_every_day(days: int) -> list[int]:
    """Let the tick run twice on each of so many days from now; give the days on which a letter was made."""
    start, found = clock.now(), []
    for day in range(days):
        before = Letter.objects.count()
        acts.remind(start + timedelta(days=day, minutes=1))
        acts.remind(start + timedelta(days=day, minutes=2))
        found += [day] * (Letter.objects.count() - before)
        Letter.objects.filter(created_at__lt=start).delete()
    return found


def test_three_notes_come_and_no_more(finished, mail_server):
    assert remind_on_every_day(400) == [30, 91, 182]
    Letter.objects.all().delete()
    assert remind_on_every_day(400) == []


def test_whoever_has_not_finished_gets_none(ruth, mail_server):
    Enrolment.objects.create(learner=ruth)
    assert remind_on_every_day(200) == []


def test_the_note_reveals_nothing_and_can_be_stopped_by_one_click(finished, mail_server, client):
    acts.remind(clock.now() + timedelta(days=31))
    letter = Letter.objects.get()
    send(letter.pk)
    (mail,) = mail_server.mails
    for word in ("practis", "sex", "survivor", "ally", "Alongside"):
        assert word not in str(mail["Subject"])
    address = mail["List-Unsubscribe"].replace("\n", "").replace(" ", "").strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + address.split("/", 3)[3]
    assert "Send me none" in client.get(path).content.decode()
    assert not reminders.wants_none(finished)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert reminders.wants_none(finished)
    assert "They are stopped" in client.get(path).content.decode()


def test_a_post_without_a_csrf_token_stops_them(finished):
    path = f"/workshop/reminders/{letters.stop_token(finished, reminders.PRACTISE_AGAIN)}/stop/"
    assert Client(enforce_csrf_checks=True).post(path).status_code == 200
    assert reminders.wants_none(finished)


def test_a_token_that_was_changed_opens_nothing(finished, client):
    token = letters.stop_token(finished, reminders.PRACTISE_AGAIN)
    assert client.post(f"/workshop/reminders/{token[:-1]}/stop/").status_code == 404
    assert not reminders.wants_none(finished)


def test_whoever_has_stopped_them_gets_none_also_not_one_that_waits(finished, mail_server):
    acts.remind(clock.now() + timedelta(days=31))
    acts.stop_reminders(finished)
    assert practise_again(Letter.objects.get()) is None
    Letter.objects.all().delete()
    assert remind_on_every_day(400) == []


def test_whoever_has_just_practised_is_left_in_peace(finished, mail_server, drill):
    choose(finished, drill, 1, Side.FIRST)
    DrillAnswer.objects.update(answered_at=clock.now() + timedelta(days=25))
    assert remind_on_every_day(200) == [91, 182]


def test_without_mail_one_is_put_off_and_passes_in_the_end(finished, settings):
    settings.MAIL_WORKS = False
    acts.remind(clock.now() + timedelta(days=31))
    assert not Reminding.objects.filter(months__gt=0).exists()
    settings.MAIL_WORKS = True
    acts.remind(clock.now() + timedelta(days=45))
    assert not Letter.objects.exists()


def test_she_switches_them_off_and_on_again(as_, finished, settings):
    client = as_(finished)
    settings.MAIL_WORKS = False
    assert "e-mail" not in client.get("/workshop/again/").content.decode()  # nothing to switch where none is sent
    settings.MAIL_WORKS = True
    assert "Send me none" in client.get("/workshop/again/").content.decode()
    client.post("/workshop/reminders/", {"reminders": "off"})
    assert reminders.wants_none(finished)
    assert "Let them come again" in client.get("/workshop/again/").content.decode()
    client.post("/workshop/reminders/", {"reminders": "on"})
    assert not reminders.wants_none(finished)


def test_the_page_offers_a_conversation_that_is_new_to_her(as_, finished, the_rent):
    page = as_(finished).get("/workshop/again/").content.decode()
    assert f"/practice/scenarios/{the_rent.source_id}/" in page
