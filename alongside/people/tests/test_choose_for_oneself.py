"""A survivor chooses what she is called, how her pages look, and whether anything is sent to her."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import formats, timezone
from django_tasks_db.models import DBTaskResult

from alongside.people import acts, notices
from alongside.people.hers import Wording, look_name_of, name_of, wording_of
from alongside.people.letters.delivering import NotKnownError, NotTakenError
from alongside.people.looks import LOOKS
from alongside.people.models import Letter, Notice, Survivor
from alongside.people.opening import close_all
from alongside.records import clock
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

WORDS = {"address": "choir@alongside.example", "subject": "Choir on Thursday", "text": "Bring the blue folder."}
DAY = timedelta(days=1)


@pytest.fixture
def hers(open_in, wren):
    """A browser in which Wren's code is open."""
    return open_in(Client(), wren)


@pytest.fixture
def wants_notices(with_mail, wren) -> Survivor:
    """Wren, who wants to be told, and has not been here since."""
    acts.choose_notice(wren.survivor, Wording(**WORDS))
    return now(wren)


def now(opener) -> Survivor:
    return Survivor.objects.get(pk=opener.survivor.pk)


def at(delay: timedelta):
    return clock.moved_to(timezone.now() + delay)


def tell_after(delay: timedelta) -> None:
    """Do what the tick and the worker do when ``delay`` has gone by."""
    with at(delay):
        notices.hand_over_notices(clock.now())
        for pk in Notice.objects.values_list("pk", flat=True):
            notices.send(pk)


def test_she_is_called_what_she_likes_or_nothing(hers, wren):
    hers.post("/talk/settings/name/", {"name": "Wrenna"})
    assert name_of(now(wren)) == "Wrenna"
    assert 'value="Wrenna"' in hers.get("/talk/settings/").content.decode()
    hers.post("/talk/settings/name/", {"name": ""})
    assert name_of(now(wren)) == ""
    assert now(wren).name is None
    assert Tombstone.objects.filter(row=str(wren.survivor.pk), fields="name").exists(), "no backup brings it back"


def test_a_name_that_is_too_long_is_given_back(hers, wren):
    answer = hers.post("/talk/settings/name/", {"name": "W" * 41})
    page = answer.content.decode()
    assert "up to 40 characters" in page
    assert "W" * 41 in page
    assert name_of(now(wren)) == "Wren"


@pytest.mark.parametrize("name", LOOKS)
def test_her_pages_look_as_she_chooses_and_only_hers_do(hers, wren, name):
    hers.post("/talk/look/", {"look": name})
    assert look_name_of(now(wren)) == name
    look = LOOKS[name]
    page = hers.get("/talk/settings/").content.decode()
    assert f"<title>{look.title}</title>" in page
    assert look.icon in page
    assert "<title>Notes</title>" in Client().get("/talk/leave/").content.decode()


@pytest.mark.parametrize("given", ["", "passport", "../../icon"])
def test_a_look_that_there_is_not_changes_nothing(hers, wren, given):
    answer = hers.post("/talk/look/", {"look": given})
    assert "Choose one of these." in answer.content.decode()
    assert now(wren).look is None


def test_without_a_word_of_hers_nothing_is_ever_sent(with_mail, wren):
    notices.something_for(wren.survivor)
    assert not Notice.objects.exists()


def test_she_is_told_later_once_and_in_her_words_alone(wants_notices):
    notices.something_for(wants_notices)
    notices.something_for(wants_notices)
    assert Notice.objects.count() == 1
    tell_after(timedelta(minutes=9))
    assert mail.outbox == []
    tell_after(timedelta(minutes=61))
    tell_after(timedelta(minutes=62))
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == ([WORDS["address"]], WORDS["subject"], f"{WORDS['text']}\n")
    assert "http" not in letter.message().as_string()


def test_she_is_told_at_most_once_a_day(wants_notices):
    notices.something_for(wants_notices)
    tell_after(timedelta(hours=2))
    with at(timedelta(hours=3)):
        notices.something_for(wants_notices)
    tell_after(timedelta(hours=25))
    assert len(mail.outbox) == 1
    tell_after(timedelta(hours=27))
    assert len(mail.outbox) == 2


def test_what_she_has_seen_meanwhile_is_not_told(wants_notices, hers):
    notices.something_for(wants_notices)
    with at(timedelta(minutes=5)):
        assert hers.get("/talk/settings/").status_code == 200
    tell_after(timedelta(hours=2))
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_she_stops_it_and_what_waited_is_not_sent(wants_notices, hers, wren):
    notices.something_for(wants_notices)
    page = hers.get("/talk/notice/").content.decode()
    assert WORDS["address"] in page
    hers.post("/talk/notice/", {"stop": "1"})
    assert now(wren).notice_address is None
    close_all(wren.pair)
    tell_after(timedelta(hours=2))
    assert mail.outbox == []


def test_what_she_chooses_is_kept_in_a_box(hers, wren, with_mail):
    hers.post("/talk/notice/", {**WORDS, "subject": " Choir  on\tThursday "})
    assert wording_of(now(wren)) == Wording(**WORDS)
    kept = bytes_on_disk()
    assert [word for word in WORDS.values() if word.encode() in kept] == []


def test_an_address_that_she_replaced_gets_no_mail_after_a_restore(hers, wren, with_mail):
    """Somebody else may read the mail there by now."""
    hers.post("/talk/notice/", WORDS)
    hers.post("/talk/notice/", {**WORDS, "address": "quilts@alongside.example"})
    assert Tombstone.objects.filter(row=str(wren.survivor.pk), fields="notice_address").exists()


@pytest.mark.parametrize("typed", ["\u202eneriW", "\u200b", "Wr\u2066en\nYou"])
def test_no_sign_of_her_name_changes_what_stands_beside_it(hers, wren, typed):
    hers.post("/talk/settings/name/", {"name": typed})
    assert name_of(now(wren)) == {"\u202eneriW": "neriW", "\u200b": ""}.get(typed, "Wren You")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"address": "choir"}, "That is not an e-mail address."),
        ({"subject": ""}, "Please choose a subject."),
        ({"text": "x" * 301}, "up to 300 characters"),
    ],
)
def test_what_is_wrong_with_it_is_told_and_what_she_typed_is_given_back(hers, wren, with_mail, wrong, sentence):
    given = WORDS | wrong
    page = hers.post("/talk/notice/", given).content.decode()
    assert sentence in page
    assert all(value in page for value in given.values())
    assert now(wren).notice_address is None


def test_where_no_mail_is_sent_there_is_nothing_to_choose(hers, wren):
    assert "sends no mail at present" in hers.get("/talk/notice/").content.decode()
    hers.post("/talk/notice/", WORDS)
    assert now(wren).notice_address is None


def test_what_the_mail_server_did_not_take_is_tried_again_and_what_is_not_known_is_not(wants_notices, monkeypatch):
    def refuse(_mail: object) -> None:
        raise NotTakenError(Letter.Reason.NOT_REACHED, may_try_again=True)

    def break_off(_mail: object) -> None:
        raise NotKnownError

    notices.something_for(wants_notices)
    monkeypatch.setattr(notices, "deliver", refuse)
    tell_after(timedelta(hours=2))
    assert Notice.objects.get().claimed_at is None
    monkeypatch.setattr(notices, "deliver", break_off)
    tell_after(timedelta(hours=4))
    monkeypatch.undo()
    tell_after(timedelta(hours=6))
    assert mail.outbox == []


def test_the_task_holds_an_id_and_no_word(wants_notices):
    notices.something_for(wants_notices)
    with at(timedelta(hours=2)):
        call_command("tick")
        call_command("tick")
    (task,) = DBTaskResult.objects.filter(task_path__contains="notices")
    assert task.args_kwargs == {"args": [Notice.objects.get().pk], "kwargs": {}}


def test_notices_go_with_her_and_by_themselves(wants_notices, lark):
    notices.something_for(wants_notices)
    with at(4 * DAY):
        call_command("tick")
    assert not Notice.objects.exists()
    notices.something_for(wants_notices)
    acts.delete_everything(wants_notices)
    assert not Notice.objects.exists()


def test_her_page_says_until_when_a_code_is_kept_that_nobody_uses(hers, wren):
    day = formats.date_format(now(wren).expires_at, "DATE_FORMAT")
    assert f"If you do not use it until {day}" in hers.get("/talk/settings/").content.decode()


def test_who_was_away_for_almost_a_year_is_told_once_if_she_wants_notices(wants_notices, lark):
    goes = now(lark).expires_at - timezone.now()
    for left, told in ((8 * DAY, 0), (6 * DAY, 1), (5 * DAY, 1), (4 * DAY, 1), (DAY, 1)):
        with at(goes - left):
            call_command("tick", verbosity=0)
            assert len(mail.outbox) + Notice.objects.filter(claimed_at=None).count() == told
        tell_after(goes - left + timedelta(hours=2))
        assert len(mail.outbox) == told
    assert mail.outbox[0].to == [WORDS["address"]]


def test_who_comes_back_in_that_week_is_told_nothing_more(wants_notices):
    with at(wants_notices.expires_at - timezone.now() - 6 * DAY):
        Survivor.objects.update(expires_at=clock.now() + timedelta(days=365), used_at=clock.now())
        notices.tell_before_a_code_is_erased(clock.now())
    assert not Notice.objects.exists()
