"""After a week she is asked once whether anything made her uneasy. Whom she tells is hers to say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.asking import Question, question_for
from alongside.conversations.models import Conversation, Report
from alongside.conversations.reports import read_report
from alongside.records import clock
from alongside.records.models import Entry

WEEK = timedelta(days=7)
ASKED = "Did anything here make you uneasy?"


@pytest.fixture
def a_week_later(talk):
    with clock.moved_to(clock.now() + WEEK):
        yield


def page_of(talk) -> str:
    return reverse("talk:conversation", args=[talk.pk])


def uneasy(talk) -> str:
    return reverse("talk:uneasy", args=[talk.pk])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_she_is_not_asked_before_a_week_has_passed(wren, talk, as_her):
    assert ASKED not in text_of(as_her(wren).get(page_of(talk)))
    with clock.moved_to(clock.now() + WEEK - timedelta(minutes=1)):
        assert question_for(talk) is None


def test_the_ally_is_never_asked_nor_shown_the_question(amal, talk, as_ally, a_week_later):
    assert ASKED not in text_of(as_ally(amal).get(reverse("conversations:conversation", args=[talk.pk])))


def test_she_says_no_and_is_not_asked_again_and_nobody_hears_of_it(wren, talk, as_her, marisol_of_care, a_week_later):
    browser, entries = as_her(wren), Entry.objects.count()
    assert ASKED in text_of(browser.get(page_of(talk)))
    after = browser.post(uneasy(talk), {"nothing": "1"}, follow=True)
    assert ASKED not in text_of(after)
    assert not Report.objects.exists()
    assert Entry.objects.count() == entries
    with clock.moved_to(clock.now() + timedelta(days=60)):
        assert question_for(Conversation.objects.get()) is None


def test_she_says_yes_and_only_what_she_writes_goes_to_the_care_team(
    wren, amal, talk, as_her, marisol_of_care, a_week_later
):
    browser = as_her(wren)
    assert "It need not be big" in text_of(browser.get(uneasy(talk)))
    assert question_for(Conversation.objects.get()) is Question.UNEASY, "looking tells nothing"
    browser.post(uneasy(talk), {"text": "A question too many.", "messages": ["1"], "nonce": str(uuid4())})
    report = Report.objects.get()
    assert (report.kind, report.about) == (Report.Kind.UNEASY, amal.user)
    assert read_report(marisol_of_care, report).body.words == "A question too many."
    assert ASKED not in text_of(browser.get(page_of(talk)))


def test_what_she_wrote_comes_back_when_it_cannot_be_told(wren, talk, as_her, a_week_later):
    page = as_her(wren).post(uneasy(talk), {"text": "A question too many."})
    assert page.status_code == 422
    assert "A question too many." in page.text
    assert question_for(Conversation.objects.get()) is Question.UNEASY


def test_nobody_answers_for_her(amal, lark, talk, as_her, a_week_later):
    assert as_her(lark).post(uneasy(talk), {"nothing": "1"}).status_code == 404
    acts.nothing_uneasy(lark, talk)
    assert question_for(Conversation.objects.get()) is Question.UNEASY
