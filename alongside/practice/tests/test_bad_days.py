"""Bad days: nothing that was typed is lost, nothing is doubled, and the page says what happened."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse

from alongside.core.rating import ModelUnavailableError
from alongside.practice import acts
from alongside.practice.models import Attempt, Turn
from alongside.practice.tests.conftest import read_key_words

WORDS = "That sounds like a feeling I should not lose."
RATE = "alongside.practice.acts.conversing.rate"


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:
    return acts.begin(ruth, the_rent)


def send(browser, attempt: Attempt, number: int, reply: str):
    return browser.post(reverse("practice:answer", args=[attempt.id]), {"number": number, "reply": reply})


def box_of(page: str) -> str:
    """What stands in the box, as a browser reads it."""
    return page.split("<textarea", 1)[1].split(">\n", 1)[1].split("</textarea>")[0]


def test_two_tabs_answer_the_same_turn_and_the_second_keeps_its_words(ruth, as_, attempt):
    browser = as_(ruth)
    assert send(browser, attempt, 1, "A choice.").status_code == 302
    second = send(browser, attempt, 1, WORDS)
    assert second.status_code == 409
    assert box_of(second.text) == WORDS
    assert "already answered in another tab" in second.text
    assert "Take turn 1 again with these words" in second.text
    assert [turn.reply for turn in Turn.objects.all()] == ["A choice."]
    again = browser.post(reverse("practice:take_again", args=[attempt.id, 1]), {"reply": WORDS}, follow=True)
    assert box_of(again.text) == WORDS
    assert Attempt.objects.count() == 2


def test_a_double_click_is_one_turn(ruth, as_, attempt):
    browser = as_(ruth)
    first, second = send(browser, attempt, 1, WORDS), send(browser, attempt, 1, WORDS)
    assert first["Location"] == second["Location"]
    assert Turn.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_replies_that_arrive_at_the_same_moment_one_is_taken(ruth, attempt):
    def reply(words: str) -> str:
        try:
            return acts.answer(ruth, attempt.id, 1, words).reply
        except acts.AlreadyAnsweredError:
            return "kept"
        finally:
            connections.close_all()

    for same in (False, True):
        fresh = Attempt.objects.create(learner=ruth, scenario=attempt.scenario, revision=attempt.revision)
        attempt.id = fresh.id
        with ThreadPoolExecutor(4) as tabs:
            got = list(tabs.map(reply, [WORDS if same else f"{WORDS} {tab}" for tab in range(4)]))
        assert Turn.objects.filter(attempt=fresh).count() == 1
        assert got.count("kept") == (0 if same else 3)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_begin_or_take_again_makes_one_attempt(ruth, attempt, the_rent):
    acts.answer(ruth, attempt.id, 1, WORDS)

    def click(act: str) -> object:
        try:
            return (acts.begin(ruth, the_rent) if act == "begin" else acts.take_again(ruth, attempt.id, 1)).id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as clicks:
        made = list(clicks.map(click, ["begin", "again", "begin", "again"]))
    assert made[0] == made[2]
    assert made[1] == made[3]
    assert Attempt.objects.count() == 3


def test_a_reload_after_sending_sends_nothing(ruth, as_, attempt):
    browser = as_(ruth)
    sent = send(browser, attempt, 1, WORDS)
    for _ in range(3):
        assert browser.get(sent["Location"]).status_code == 200
    back = browser.get(reverse("practice:answer", args=[attempt.id]))
    assert back["Location"] == reverse("practice:attempt", args=[attempt.id])
    assert Turn.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_while_it_rates_or_writes_has_taken_nothing(ruth, as_, attempt, monkeypatch):
    browser = as_(ruth)

    def die(*args, **kwargs):
        raise SystemExit("killed")

    for target in (RATE, "alongside.practice.models.Turn.save"):
        with monkeypatch.context() as patch:
            patch.setattr(target, die)
            with pytest.raises(SystemExit):
                send(browser, attempt, 1, WORDS)
        attempt.refresh_from_db()
        assert (attempt.length, Turn.objects.count()) == (0, 0)
    assert send(browser, attempt, 1, WORDS).status_code == 302
    assert Turn.objects.get().reply == WORDS


@pytest.mark.parametrize("length", [4_001, 20_000, 900_000])
def test_a_reply_that_is_too_long_stays_in_the_box(ruth, as_, attempt, length):
    words = ("so " * length)[:length]
    answer = send(as_(ruth), attempt, 1, words)
    assert answer.status_code == 422
    assert box_of(answer.text) == words
    assert f"{length} characters long, {length - 4000} more than fit" in answer.text
    assert Turn.objects.count() == 0


def test_a_reply_of_the_greatest_length_is_taken(ruth, as_, attempt):
    assert send(as_(ruth), attempt, 1, "é" * 3_998 + "\r\n.").status_code == 302
    assert len(Turn.objects.get().reply) == 4_000


@pytest.mark.parametrize("reply", ["", "  \r\n\t "])
def test_an_empty_reply_is_no_turn(ruth, as_, attempt, reply):
    answer = send(as_(ruth), attempt, 1, reply)
    assert answer.status_code == 422
    assert "nothing in the box yet" in answer.text
    assert Turn.objects.count() == 0


def test_words_that_look_like_html_or_cannot_be_kept_come_to_no_harm(ruth, as_, attempt):
    browser = as_(ruth)
    reply = "</textarea><script>alert(1)</script> a feeling \x00 {{ 7 }} \u202e"
    assert send(browser, attempt, 1, reply).status_code == 302
    page = browser.get(reverse("practice:attempt", args=[attempt.id])).text
    assert "<script>alert" not in page
    acts.answer(ruth, attempt.id, 2, "a lone \ud800 surrogate")
    assert Turn.objects.get(number=2).reply == "a lone \ufffd surrogate"


def test_without_the_model_the_words_are_kept(ruth, as_, attempt, monkeypatch):
    def fail(disclosure, reply):
        raise ModelUnavailableError("damaged")

    monkeypatch.setattr(RATE, fail)
    answer = send(as_(ruth), attempt, 1, WORDS)
    assert answer.status_code == 503
    assert box_of(answer.text) == WORDS
    assert "cannot be read at the moment" in answer.text
    monkeypatch.setattr(RATE, read_key_words)
    assert send(as_(ruth), attempt, 1, WORDS).status_code == 302


def fill_the_disk(attempt: Attempt) -> None:
    """Leave no room in the file, not even for a line."""
    same = {"learner": attempt.learner, "scenario": attempt.scenario, "revision": attempt.revision}
    for size in (100_000, 3_000, 1):
        with suppress(OperationalError):
            while True:
                Attempt.objects.create(draft="x" * size, **same)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="fills an SQLite file")
def test_on_a_full_disk_the_words_are_kept(ruth, as_, attempt):
    browser, words = as_(ruth), WORDS + " and more" * 430
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            fill_the_disk(attempt)
            answers = [
                send(browser, attempt, 1, words),
                browser.post(reverse("practice:stop", args=[attempt.id]), {"reply": words * 3}),
            ]
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    for answer, typed in zip(answers, (words, words * 3), strict=True):
        assert answer.status_code == 507
        assert box_of(answer.text) == typed
        assert "no room left" in answer.text
    assert send(browser, attempt, 1, words).status_code == 302
    assert Turn.objects.get().reply == words


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="locks an SQLite file")
def test_while_the_database_is_locked_the_words_are_kept(ruth, as_, attempt):
    browser = as_(ruth)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        try:
            answer = send(browser, attempt, 1, WORDS)
        finally:
            other.execute("ROLLBACK")
            other.close()
            cursor.execute("PRAGMA busy_timeout = 10000")
    assert answer.status_code == 503
    assert box_of(answer.text) == WORDS
    assert "too busy" in answer.text
    assert send(browser, attempt, 1, WORDS).status_code == 302


def test_a_conversation_that_ended_in_another_tab_keeps_the_words(ruth, as_, attempt):
    number = 0
    while not Attempt.objects.get(id=attempt.id).ended_at:
        number += 1
        acts.answer(ruth, attempt.id, number, "control and blame")
    answer = send(as_(ruth), attempt, number + 1, WORDS)
    assert answer.status_code == 409
    assert box_of(answer.text) == WORDS
    assert "has ended in another tab" in answer.text
    assert f"Take turn {number} again with these words" in answer.text


def test_a_conversation_that_was_deleted_in_another_tab_shows_the_words(ruth, as_, attempt):
    browser = as_(ruth)
    acts.delete_attempt(ruth, attempt.id)
    for name, more, field in [("answer", [], "reply"), ("stop", [], "reply"), ("see_differently", [1, 0], "view")]:
        answer = browser.post(reverse(f"practice:{name}", args=[attempt.id, *more]), {"number": 1, field: WORDS})
        assert answer.status_code == 404
        assert box_of(answer.text) == WORDS
        assert "is not here any more" in answer.text


def test_a_reply_to_a_turn_that_is_not_there_yet_shows_the_words(ruth, as_, attempt):
    for number in (0, 2, 99):
        answer = send(as_(ruth), attempt, number, WORDS)
        assert answer.status_code == 404
        assert box_of(answer.text) == WORDS


def test_whoever_was_signed_out_gets_the_words_back(as_, attempt):
    answer = send(as_(None), attempt, 1, WORDS)
    assert answer.status_code == 401
    assert box_of(answer.text) == WORDS
    assert "no longer signed in" in answer.text
    assert Turn.objects.count() == 0


def test_a_flood_of_replies_is_held_up_and_the_words_are_kept(ruth, as_, attempt, monkeypatch):
    monkeypatch.setattr("alongside.practice.acts.conversing.MOST_IN_AN_HOUR", 1)
    browser = as_(ruth)
    assert send(browser, attempt, 1, "A choice.").status_code == 302
    second = send(browser, attempt, 2, WORDS)
    assert second.status_code == 429
    assert box_of(second.text) == WORDS
    assert attempt.turns.count() == 1
