"""A learner writes to herself: kept in a box, for her alone, never written over unseen, and gone when she says so."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from alongside.core.sealing import ServerKeys, new_key
from alongside.people.export import export
from alongside.records import clock, erasure
from alongside.records.models import Tombstone
from alongside.workshop import acts
from alongside.workshop.models import Reflection
from alongside.workshop.models import reflection as reflection_model
from alongside.workshop.tests.conftest import ASKS, REFLECTION
from conftest import bytes_on_disk

URL = "/workshop/lessons/to-hear/"
WORDS = "That it was not my fault, and that the bittern still sings."


@pytest.fixture
def lesson(make_lesson):
    """A lesson that has nothing but a moment to write."""
    return make_lesson("to-hear", 1, {"text": "<p>Words.</p>"}, REFLECTION)


def write(client, words: str, edition: object = "", **button: str):
    form = {"words-to-hear": words, "edition-to-hear": str(edition), **(button or {"keep": "to-hear"})}
    return client.post(URL, form)


def kept() -> Reflection:
    return Reflection.objects.get()


def test_a_learner_writes_to_herself_and_finds_it_again(as_, ruth, lesson):
    browser = as_(ruth)
    assert write(browser, WORDS + "\r\n\r\nAnd so on.")["Location"] == f"{URL}#reflection-to-hear"
    assert kept().words == WORDS + "\n\nAnd so on."
    page = browser.get(URL).content.decode()
    assert WORDS in page
    assert "erased on" in page
    assert WORDS in browser.get("/workshop/reflections/").content.decode()
    assert ASKS in browser.get("/workshop/reflections/").content.decode()


def test_nobody_else_finds_it_staff_included(as_, ruth, noor, cora, marisol, lesson):
    write(as_(ruth), WORDS)
    for other in (noor, cora, marisol):
        for address in (URL, "/workshop/", "/workshop/reflections/", "/desk/"):
            assert "bittern" not in as_(other).get(address).content.decode()
        assert as_(other).get(f"/workshop/reflections/{kept().pk}/delete/").status_code == 404
        assert as_(other).post(f"/workshop/reflections/{kept().pk}/delete/").status_code == 404
    assert kept().words == WORDS


@pytest.mark.django_db(transaction=True)
def test_a_stolen_database_does_not_hold_her_words(as_, ruth, lesson):
    assert as_(ruth).get(URL).status_code == 200
    write(as_(ruth), WORDS)
    on_disk = bytes_on_disk()
    assert bytes(kept().boxed) in on_disk
    assert b"bittern" not in on_disk
    assert WORDS.encode() not in on_disk


@pytest.mark.django_db(transaction=True)
def test_what_she_deletes_or_writes_over_is_gone_from_the_file(as_, ruth, lesson):
    browser = as_(ruth)
    write(browser, WORDS)
    first = bytes(kept().boxed)
    write(browser, "Other words.", kept().edition)
    second = bytes(kept().boxed)
    on_disk = bytes_on_disk()
    assert first not in on_disk
    assert second in on_disk
    page = browser.get(f"/workshop/reflections/{kept().pk}/delete/").content.decode()
    assert "Other words." in page
    assert browser.post(f"/workshop/reflections/{kept().pk}/delete/")["Location"] == "/workshop/reflections/"
    assert not Reflection.objects.exists()
    assert second not in bytes_on_disk()
    assert Tombstone.objects.filter(table=Reflection._meta.db_table).count() == 1


def test_an_emptied_box_is_a_deletion_and_an_empty_one_is_nothing(as_, ruth, lesson):
    browser = as_(ruth)
    write(browser, "  \n ")
    assert not Reflection.objects.exists()
    write(browser, WORDS)
    write(browser, "", "")  # from a tab that was open before
    assert kept().words == WORDS
    write(browser, " ", kept().edition)
    assert not Reflection.objects.exists()


def test_another_tabs_words_are_not_written_over_unseen(as_, ruth, lesson):
    browser = as_(ruth)
    write(browser, WORDS)
    before = kept().edition
    write(browser, "From the second tab.", before)
    answer = write(browser, "From the first tab.", before)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "in another tab" in page
    assert "From the first tab." in page
    assert "From the second tab." in page
    assert kept().words == "From the second tab."
    write(browser, "From the first tab.", kept().edition)
    assert kept().words == "From the first tab."


def test_a_double_click_keeps_it_once(as_, ruth, lesson):
    browser = as_(ruth)
    for _click in range(2):
        assert write(browser, WORDS).status_code == 302
    assert kept().words == WORDS


def test_what_is_too_long_comes_back_whole(as_, ruth, lesson):
    words = "x" * acts.LONGEST_REFLECTION
    assert write(as_(ruth), words).status_code == 302
    answer = write(as_(ruth), words + "yz", kept().edition)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words + "yz" in page
    assert "10002 characters long, 2 more than fit." in page
    assert kept().words == words


def test_words_stay_when_she_was_signed_out_meanwhile(as_, lesson):
    answer = write(as_(None), WORDS)
    assert answer.status_code == 401
    assert WORDS in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_words_stay_when_the_server_is_too_busy(as_, ruth, lesson, monkeypatch):
    def busy(*_args, **_how):
        raise OperationalError("database is locked")

    monkeypatch.setattr(acts, "keep_reflection", busy)
    answer = write(as_(ruth), WORDS)
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()


def test_saying_that_it_is_read_keeps_what_stands_in_the_box(as_, ruth, lesson):
    assert write(as_(ruth), WORDS, done="yes")["Location"] == f"{URL}#end"
    assert kept().words == WORDS


def test_words_to_a_prompt_that_is_not_there_are_not_kept(as_, ruth, lesson):
    as_(ruth).post(URL, {"words-another": WORDS, "keep": "another"})
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("edition", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_made_up_edition_changes_nothing(as_, ruth, lesson, edition):
    write(as_(ruth), WORDS)
    assert write(as_(ruth), "Mine now.", edition).status_code == 422
    assert kept().words == WORDS


def test_it_is_erased_180_days_after_the_last_change(as_, ruth, lesson, monkeypatch):
    now = clock.now()
    write(as_(ruth), WORDS)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=100))
    write(as_(ruth), "Later words.", kept().edition)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=279))
    erasure.erase_expired(clock.now())
    assert kept().words == "Later words."
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=281))
    assert not Reflection.objects.of(ruth).exists()
    for _tick in range(2):
        call_command("tick", verbosity=0)
    assert not Reflection.objects.exists()


def test_she_takes_it_along_opened(as_, ruth, noor, lesson):
    write(as_(ruth), WORDS)
    write(as_(noor), "Not hers.")
    acts.finish_lesson(ruth, lesson)
    taken = json.dumps(export(ruth), default=str)
    assert WORDS in taken
    assert '"lesson": "to-hear"' in taken
    assert "Not hers." not in taken


def test_it_goes_with_her_account(as_, ruth, lesson):
    write(as_(ruth), WORDS)
    ruth.delete()
    assert not Reflection.objects.exists()


def test_a_box_that_another_key_closed_says_so_and_can_be_deleted(as_, ruth, lesson, settings):
    write(as_(ruth), WORDS)
    settings.SEALING_KEYS = ServerKeys({1: new_key()}, new_key())
    assert kept().words is None
    browser = as_(ruth)
    assert "nobody can open it any more" in browser.get("/workshop/reflections/").content.decode()
    assert "nobody can open it any more" in browser.get(URL).content.decode()
    assert acts.export(ruth)["reflections"][0]["words"] is None
    write(browser, "New words.", kept().edition)
    assert kept().words == "New words."


def test_a_box_moved_to_another_learner_does_not_open(as_, ruth, noor, lesson):
    write(as_(ruth), WORDS)
    Reflection.objects.update(learner=noor)
    assert kept().words is None
    assert reflection_model.boxed(WORDS, ruth) != reflection_model.boxed(WORDS, ruth)
