"""A learner starts to practise: what waits comes first, then whom she can talk with, then her own conversations."""

from bs4 import BeautifulSoup

from alongside.practice import acts, drills
from alongside.practice.drill_page import Side
from alongside.practice.start_page import NEWEST
from alongside.practice.tests.conftest import keep_drill
from alongside.practice.tests.test_drill import wait


def start(browser) -> BeautifulSoup:
    return BeautifulSoup(browser.get("/practice/").content, "html.parser")


def words(found) -> str:
    return " ".join(found.get_text(" ", strip=True).split())


def test_somebody_new_sees_whom_she_can_talk_with(as_, ruth, the_rent):
    page = start(as_(ruth))
    assert [heading.get_text() for heading in page.select(".people h3")] == ["Dee · The rent"]
    assert not page.select(".people .state")
    assert page.find(id="waits") is None
    assert "Nothing is due today." in words(page)
    assert "None yet." in words(page)


def test_a_conversation_that_waits_comes_first(as_, ruth, the_rent):
    attempt = acts.begin(ruth, the_rent)
    assert start(as_(ruth)).find(id="waits") is None, "she has not answered yet"
    acts.answer(ruth, attempt.id, 1, "warmth")
    page = start(as_(ruth))
    assert words(page.find(id="waits")) == "Dee waits for your answer"
    assert words(page.select_one(".people .state")) == "Waits for your answer"
    acts.stop(ruth, attempt.id)
    page = start(as_(ruth))
    assert page.find(id="waits") is None, "nobody is pressed to go on"
    assert words(page.select_one(".people .state")).startswith("You talked on")


def test_drills_are_counted_while_there_is_something_to_do(as_, ruth, monkeypatch):
    drill = keep_drill("invite-or-probe-1")
    assert "1 is new to you." in words(start(as_(ruth)))
    wrong = Side.SECOND if drills.leans_in_first(ruth, drill, 1) else Side.FIRST
    acts.choose(ruth, drill, 1, wrong)
    assert "Nothing is due today." in words(start(as_(ruth)))
    wait(monkeypatch, days=1, minutes=1)
    assert "1 has come back to you." in words(start(as_(ruth)))


def test_many_conversations_are_folded(as_, ruth, the_rent):
    attempt = acts.begin(ruth, the_rent)
    for _ in range(NEWEST + 2):
        acts.answer(ruth, attempt.id, 1, "warmth")
        attempt = acts.begin(ruth, the_rent)
    page = start(as_(ruth))
    assert len(page.select("main > .attempts > li")) == NEWEST
    assert words(page.select_one("details > summary")) == "3 earlier conversations"
    assert len(page.select("details .attempts > li")) == 3


def test_nobody_sees_what_another_practised(as_, noor, ruth, the_rent):
    acts.answer(ruth, acts.begin(ruth, the_rent).id, 1, "warmth")
    page = start(as_(noor))
    assert not page.select(".attempts li")
    assert not page.select(".people .state")
