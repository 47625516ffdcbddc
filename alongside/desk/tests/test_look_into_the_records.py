"""Mail that did not arrive, and the audit trail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from alongside.desk import overview
from alongside.people import acts, letters
from alongside.people.letters import kinds
from alongside.people.models import SURVIVOR_LEADER, Letter
from alongside.records import clock
from alongside.records.models import Entry, Verb, append

pytestmark = pytest.mark.usefixtures("db")
MAIL, TRAIL = "/desk/mail/", "/desk/trail/"
State = Letter.State


def letter_to(user, state, **more) -> Letter:
    return Letter.objects.create(user=user, kind="test", state=state, ended_at=clock.now(), **more)


def test_letters_that_did_not_arrive_are_listed_and_others_are_not(as_, cora, ruth, noor, settings):
    assert "This server sends no mail" in as_(cora).get(MAIL).text
    settings.MAIL_WORKS = True
    assert "every letter went out" in as_(cora).get(MAIL).text
    letter_to(ruth, State.FAILED, reason=Letter.Reason.RECIPIENT_REFUSED)
    letter_to(noor, State.SENT)
    page = as_(cora).get(MAIL).text
    assert "the mail server refused the address that it goes to" in page
    assert "ruth@alongside.example" in page
    assert ">A test<" in page
    assert "noor@alongside.example" not in page
    letter_to(noor, State.NOT_KNOWN)
    assert "not known whether it was sent" in as_(cora).get(MAIL).text


def test_every_letter_has_a_name_at_the_desk_that_is_not_what_it_says(ruth):
    for name, each in kinds._kinds.items():
        letter = Letter(user=ruth, kind=name)
        assert letters.title_of(letter) == str(each.title) != ""
        words = kinds.words_of(letter)
        assert words is None or str(each.title) not in [str(line) for line in words.lines]
    assert letters.title_of(Letter(user=ruth, kind="of an older version")) == ""


def test_a_letter_is_sent_again_once(as_, cora, ruth):
    letter = letter_to(ruth, State.NOT_KNOWN)
    address = reverse("desk:post_again", args=[letter.pk])
    assert "It is on its way again." in as_(cora).post(address, follow=True).text
    letter.refresh_from_db()
    assert letter.state == State.WAITING
    assert as_(cora).post(address).status_code == 404
    assert Entry.objects.filter(verb=Verb.LETTER_POSTED_AGAIN, actor=cora.pk).count() == 1


def test_the_trail_names_those_who_are_there_and_nobody_who_left(as_, cora, ruth, noor):
    acts.note_talk(ruth, by=cora)
    acts.note_talk(noor, by=cora)
    acts.leave(noor)
    rows = as_(cora).get(TRAIL).text.split("<tbody>")[1]
    assert rows.count("noted a talk with a learner") == 2
    assert rows.count("Cora") == 2
    assert rows.count("Ruth") == 1
    assert "Noor" not in rows
    assert str(noor.pk) not in rows


def test_the_trail_is_narrowed_by_what_by_whom_and_when(as_, cora, marisol, ruth):
    acts.note_talk(ruth, by=marisol)
    acts.invite(cora, SURVIVOR_LEADER)
    browser = as_(cora)

    def lines(**asked):
        return browser.get(TRAIL, asked).text.count("<td>") // 4

    assert lines() == 2
    assert lines(verb="talk_noted") == 1
    assert lines(who=str(marisol.pk)) == 1
    assert lines(who=str(cora.pk), verb="talk_noted") == 0
    today = clock.now().date()
    assert lines(since=today.isoformat(), until=today.isoformat()) == 2
    assert lines(until=(today - timedelta(days=1)).isoformat()) == 0
    assert lines(since=(today + timedelta(days=1)).isoformat()) == 0


def test_a_day_of_the_trail_is_whole(cora):
    Entry.objects.bulk_create(
        Entry(at=datetime(2026, 3, 1, hour, minute, tzinfo=UTC), verb=Verb.TALK_NOTED)
        for hour, minute in ((0, 0), (23, 59))
    )
    day = datetime(2026, 3, 1, tzinfo=UTC).date()
    assert overview.entries({"since": day, "until": day}).count() == 2


def test_a_filter_that_makes_no_sense_says_so(as_, cora, ruth):
    page = as_(cora).get(TRAIL, {"since": "yesterday", "verb": "talk_noted"})
    assert page.status_code == 200
    assert "Enter a valid date." in page.text


def test_pages_of_the_trail_keep_the_filter(as_, cora):
    for _each in range(51):
        append(Verb.TALK_NOTED, actor=cora.pk)
    page = as_(cora).get(TRAIL, {"verb": "talk_noted"}).text
    assert "?verb=talk_noted&amp;page=2" in page
    assert as_(cora).get(TRAIL, {"verb": "talk_noted", "page": "2"}).text.count("<td>") == 4
