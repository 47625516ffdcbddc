"""An ally lets her words be read before she sends them: nothing of it is sent, kept or logged."""

import logging
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from alongside.conversations import acts
from alongside.conversations.checking import CHECKS
from alongside.conversations.models import Draft
from alongside.conversations.tests.conftest import FIRST_WORDS
from alongside.conversations.tests.test_answer_as_an_ally import address, form
from alongside.conversations.tests.test_talk import in_the_box, said, text_of
from alongside.core.rating import ModelUnavailableError
from alongside.practice.models import DifferentView, Turn
from alongside.review.models import Correction
from conftest import bytes_on_disk

WORDS = "I hear how tired you are. You should just leave him."


@pytest.fixture
def heard(monkeypatch) -> list[tuple[str, str]]:
    """What was given to the rater, which reads as always."""
    from alongside.review.rating import rate

    seen = []

    def listen(disclosure: str, reply: str):
        seen.append((disclosure, reply))
        return rate(disclosure, reply)

    monkeypatch.setattr("alongside.conversations.checking.rate", listen)
    return seen


def test_her_words_are_read_sentence_by_sentence_and_stay_in_the_box(wren, amal, talk, as_ally, heard):
    acts.send(amal, talk, "Earlier words of mine.", uuid4())
    page = as_ally(amal).post(address("check", talk), form(WORDS))
    assert page.status_code == 200
    assert heard == [(FIRST_WORDS, WORDS)]
    sentences = BeautifulSoup(page.content, "html.parser").select(".sentences .sentence")
    assert [each.get_text(strip=True) for each in sentences] == [
        "I hear how tired you are.",
        "You should just leave him.",
    ]
    assert "Pulls back" in text_of(page)
    assert "Survivors have not yet reviewed this reading" in text_of(page)
    assert in_the_box(page) == WORDS
    assert said(wren, talk) == [FIRST_WORDS, "Earlier words of mine."]


def test_nothing_of_a_check_is_kept_or_logged(amal, talk, as_ally, heard, caplog):
    with caplog.at_level(logging.DEBUG):
        assert as_ally(amal).post(address("check", talk), form(WORDS)).status_code == 200
    assert heard
    assert "tired" not in caplog.text
    assert not Draft.objects.exists()
    assert not any(kept.objects.exists() for kept in (Turn, DifferentView, Correction))
    assert b"how tired you are" not in bytes_on_disk()


def test_what_cannot_be_read_is_said_and_stays_in_the_box(amal, talk, as_ally, monkeypatch):
    browser = as_ally(amal)
    page = browser.post(address("check", talk), form("  "))
    assert page.status_code == 422
    assert "nothing in the box" in text_of(page)
    long = "a" * (acts.LONGEST_MESSAGE + 1)
    page = browser.post(address("check", talk), form(long))
    assert (page.status_code, in_the_box(page)) == (422, long)

    def fail(*_words: str) -> None:
        raise ModelUnavailableError

    monkeypatch.setattr("alongside.conversations.checking.rate", fail)
    page = browser.post(address("check", talk), form(WORDS))
    assert (page.status_code, in_the_box(page)) == (422, WORDS)
    assert "unchecked" in text_of(page)


def test_checks_have_a_limit(amal, talk, as_ally, heard, monkeypatch):
    monkeypatch.setattr("alongside.conversations.checking.take", lambda limit, _who: limit is not CHECKS)
    page = as_ally(amal).post(address("check", talk), form(WORDS))
    assert (page.status_code, in_the_box(page)) == (422, WORDS)
    assert not heard


def test_a_conversation_that_has_ended_gives_the_words_back_unread(wren, amal, talk, as_ally, heard):
    acts.end(wren, talk)
    page = as_ally(amal).post(address("check", talk), form(WORDS))
    assert in_the_box(page) == WORDS
    assert not heard


def test_the_page_of_a_check_leads_back_when_it_is_only_looked_at(amal, talk, as_ally):
    assert as_ally(amal).get(address("check", talk))["Location"] == f"{address('conversation', talk)}#box"
