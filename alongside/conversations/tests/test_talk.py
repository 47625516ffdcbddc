"""Two people talk: what is sent, read, kept and marked, on the page and without it; and what happens on a bad day."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts.sending import LONGEST_MESSAGE, MESSAGES
from alongside.conversations.models import Conversation, Draft, Mark
from alongside.conversations.reading import PAGE_OF_BYTES, leaf, read
from alongside.conversations.tests.conftest import FIRST_WORDS
from alongside.introductions.models import Ask, Introduction
from alongside.people.acts import Refused
from alongside.people.opening import close_all
from alongside.records import clock

WORDS = "The heron stands in the reeds."
PIECE = {"X-Piece": "1"}


def address(name: str, conversation: Conversation) -> str:
    return reverse(f"talk:{name}", args=[conversation.pk])


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def in_the_box(response) -> str:
    boxes = BeautifulSoup(response.content, "html.parser").find_all("textarea")
    return boxes[0].get_text().strip() if boxes else ""


def nonce_of(response) -> str:
    return re.search(r'name="nonce" value="([^"]+)"', response.content.decode())[1]  # type: ignore[index]


def said(opener, conversation) -> list[str | None]:
    return [each.text for each in read(opener, conversation)]


# --- On her page ------------------------------------------------------------------------------------------------------


def test_she_sends_and_reads_what_both_said(wren, amal, talk, as_her):
    browser = as_her(wren)
    page = browser.get(address("conversation", talk))
    assert FIRST_WORDS in text_of(page)
    sent = browser.post(address("send", talk), {"text": WORDS, "nonce": nonce_of(page)})
    assert sent["Location"] == f"{address('conversation', talk)}#box"
    acts.send(amal, talk, "I see it too.", uuid4())
    lines = text_of(browser.get(address("conversation", talk)))
    assert lines.index(FIRST_WORDS) < lines.index(WORDS) < lines.index("I see it too.")
    assert "Amal" in lines


def test_what_she_wrote_is_shown_as_she_wrote_it_and_is_no_markup(wren, talk, as_her):
    acts.send(wren, talk, "<b>one</b>\r\n  two &amp; three", uuid4())
    page = as_her(wren).get(address("conversation", talk))
    assert b"&lt;b&gt;one&lt;/b&gt;\n  two &amp;amp; three" in page.content


def test_a_conversation_is_there_for_nobody_else(wren, lark, bea, ruth, talk, as_her, as_ally, as_):
    for opener in (lark,):
        browser = as_her(opener)
        for name in ("conversation", "send", "new", "end", "block", "copy", "delete"):
            assert browser.get(address(name, talk)).status_code == 404
        for name in ("send", "draft", "earlier", "end", "block", "copy", "delete"):
            assert browser.post(address(name, talk)).status_code == 404
    for browser in (as_(ruth), as_ally(bea), as_(None)):
        page = browser.get(address("conversation", talk))
        assert (page.status_code, page["Location"]) == (302, reverse("hers:open"))
    assert Conversation.objects.filter(pk=talk.pk, ended_at=None).exists()


def test_a_conversation_whose_term_has_run_out_is_not_there_before_the_tick_either(wren, talk, as_her):
    Conversation.objects.update(expires_at=clock.now())
    assert as_her(wren).get(address("conversation", talk)).status_code == 404


def test_a_long_conversation_comes_in_pages(wren, amal, talk, as_her):
    for number in range(40):
        acts.send(wren if number % 2 else amal, talk, f"Line {number}. " + "It rains & rains. " * 40, uuid4())
    browser, page = as_her(wren), ""
    seen: list[int] = []
    while True:
        answer = browser.get(address("conversation", talk) + page)
        assert len(answer.content) < PAGE_OF_BYTES + 9_000
        numbers = re.findall(r'data-number="(\d+)"', answer.content.decode())
        assert numbers
        seen = [int(number) for number in numbers] + seen
        earlier = re.search(r'href="(\?before=\d+)"', answer.content.decode())
        if earlier is None:
            break
        page = earlier[1]
    assert seen == list(range(1, 42))


def test_one_message_is_shown_however_long_it_is(wren, talk):
    acts.send(wren, talk, "&" * LONGEST_MESSAGE, uuid4())
    shown = leaf(wren, talk)
    assert [each.number for each in shown.said] == [2]
    assert shown.earlier == 2
    assert [each.text for each in leaf(wren, talk, before=2).said] == [FIRST_WORDS]


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", "٣", "9" * 40])
def test_a_number_that_is_none_shows_the_newest(wren, talk, as_her, number):
    page = as_her(wren).get(address("conversation", talk), {"before": number})
    assert FIRST_WORDS in text_of(page)


# --- What goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n ", "\0"])
def test_an_empty_message_is_not_sent(wren, talk, as_her, text):
    page = as_her(wren).post(address("send", talk), {"text": text, "nonce": uuid4()})
    assert page.status_code == 422
    assert "nothing in the box" in text_of(page)
    assert talk.messages.count() == 1


def test_a_message_that_is_too_long_comes_back_whole(wren, talk, as_her):
    long = "a" * (LONGEST_MESSAGE + 3)
    page = as_her(wren).post(address("send", talk), {"text": long, "nonce": uuid4()})
    assert page.status_code == 422
    assert "3 characters longer" in text_of(page)
    assert in_the_box(page) == long


def test_the_same_form_sent_twice_is_one_message(wren, talk):
    nonce = uuid4()
    first = acts.send(wren, talk, WORDS, nonce)
    assert acts.send(wren, talk, WORDS, nonce) == first
    with pytest.raises(Refused) as refusal:
        acts.send(wren, talk, "Other words.", nonce)
    assert "already sent" in str(refusal.value.sentence)
    assert said(wren, talk) == [FIRST_WORDS, WORDS]


def test_both_may_use_the_same_number_by_chance(wren, amal, talk):
    nonce = uuid4()
    acts.send(wren, talk, WORDS, nonce)
    acts.send(amal, talk, WORDS, nonce)
    assert talk.messages.count() == 3


def test_what_is_sent_into_a_conversation_that_has_ended_comes_back(wren, amal, talk, as_her):
    acts.end(amal, talk)
    page = as_her(wren).post(address("send", talk), {"text": WORDS, "nonce": uuid4()})
    assert page.status_code == 422
    assert "has ended" in text_of(page)
    assert in_the_box(page) == WORDS
    assert said(wren, talk) == [FIRST_WORDS]


def test_what_is_sent_into_a_conversation_that_is_gone_comes_back(wren, talk, as_her):
    send = address("send", talk)
    acts.delete_conversation(wren, talk)
    page = as_her(wren).post(send, {"text": WORDS})
    assert page.status_code == 404
    assert in_the_box(page) == WORDS


def test_what_is_sent_when_nothing_is_open_any_more_comes_back(wren, talk, as_her):
    browser = as_her(wren)
    close_all(wren.pair)
    page = browser.post(address("send", talk), {"text": WORDS})
    assert page.status_code == 401
    assert in_the_box(page) == WORDS
    assert "no-store" in page["Cache-Control"]
    assert talk.messages.count() == 1


def test_what_an_ally_sends_when_her_code_is_closed_comes_back(amal, bea, talk, as_, as_ally, open_in):
    send = reverse("conversations:send", args=[talk.pk])
    for browser in (as_(amal.user), as_(None), open_in(as_(amal.user), bea)):
        page = browser.post(send, {"text": WORDS})
        assert page.status_code == 401
        assert in_the_box(page) == WORDS
    assert as_ally(bea).post(send).status_code == 404
    assert talk.messages.count() == 1


def test_nothing_is_shown_any_more_once_she_has_left(wren, talk, as_her):
    browser = as_her(wren)
    browser.cookies["x"] = "1"
    page = browser.post(address("send", talk), {"text": WORDS})
    assert WORDS not in page.content.decode()
    assert talk.messages.count() == 1


def test_what_a_busy_server_did_not_take_comes_back(wren, talk, as_her, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("alongside.conversations.acts.sending.write", busy)
    page = as_her(wren).post(address("send", talk), {"text": WORDS, "nonce": uuid4()})
    assert page.status_code == 503
    assert in_the_box(page) == WORDS


def test_nobody_fills_the_disk(wren, talk, monkeypatch):
    monkeypatch.setattr("alongside.conversations.acts.sending.take", lambda limit, who: limit is not MESSAGES)
    with pytest.raises(Refused):
        acts.send(wren, talk, WORDS, uuid4())


# --- What a page asks on its own --------------------------------------------------------------------------------------


def test_a_page_asks_what_is_new_and_gets_only_that(wren, amal, talk, as_her):
    browser = as_her(wren)
    nothing = browser.get(address("new", talk), {"after": 1}, headers=PIECE)
    assert (nothing.status_code, nothing.content) == (204, b"")
    acts.send(amal, talk, WORDS, uuid4())
    news = browser.get(address("new", talk), {"after": 1}, headers=PIECE)
    assert WORDS in text_of(news)
    assert FIRST_WORDS not in text_of(news)


def test_asking_what_is_new_keeps_nothing_open(wren, talk, as_her):
    browser = as_her(wren)
    with clock.moved_to(clock.now() + timedelta(minutes=10)):
        assert browser.get(address("new", talk), {"after": 1}).status_code == 204
    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        answer = browser.get(address("new", talk), {"after": 1})
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_page_hears_that_it_has_ended(wren, amal, talk, as_her):
    acts.end(amal, talk)
    assert b"data-over" in as_her(wren).get(address("new", talk), {"after": 1}, headers=PIECE).content


def test_a_page_sends_by_itself_and_gets_what_is_new_with_another_form(wren, amal, talk, as_her):
    browser, nonce = as_her(wren), str(uuid4())
    acts.send(amal, talk, "I write at the same time.", uuid4())
    taken = browser.post(address("send", talk), {"text": WORDS, "nonce": nonce, "after": 1}, headers=PIECE)
    assert taken.status_code == 200
    assert re.findall(r'data-number="(\d+)"', taken.content.decode()) == ["2", "3"]
    assert taken["X-Form"] != nonce
    refused = browser.post(address("send", talk), {"text": "", "nonce": taken["X-Form"]}, headers=PIECE)
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert refused.content.decode().startswith("There is nothing in the box")


# --- Drafts and marks -------------------------------------------------------------------------------------------------


def test_a_draft_waits_in_the_box_and_is_sealed_to_her_alone(wren, amal, talk, as_her):
    browser = as_her(wren)
    kept = browser.post(address("draft", talk), {"text": WORDS, "nonce": uuid4()})
    assert kept["Location"].endswith("#box")
    page = browser.get(address("conversation", talk))
    assert in_the_box(page) == WORDS
    assert "waits in the box" in text_of(page)
    assert WORDS.encode() not in bytes(Draft.objects.get().sealed)
    assert acts.draft(amal, talk) == ""


def test_a_draft_is_used_up_by_sending_and_deleted_by_emptying_it(wren, talk):
    acts.keep_draft(wren, talk, "The heron")
    acts.keep_draft(wren, talk, WORDS)
    acts.send(wren, talk, WORDS, uuid4())
    assert acts.draft(wren, talk) == ""
    acts.keep_draft(wren, talk, "Not this.")
    acts.keep_draft(wren, talk, " ")
    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_its_message_is_not_kept(wren, talk):
    nonce = uuid4()
    acts.send(wren, talk, WORDS, nonce)
    acts.keep_draft(wren, talk, WORDS, nonce)
    assert acts.draft(wren, talk) == ""


def test_a_draft_stays_while_a_message_is_refused(wren, amal, talk):
    acts.keep_draft(wren, talk, WORDS)
    acts.end(amal, talk)
    with pytest.raises(Refused):
        acts.send(wren, talk, WORDS, uuid4())
    assert acts.draft(wren, talk) == WORDS


def test_she_sees_what_is_new_and_the_other_one_never_sees_that_she_looked(wren, amal, talk, as_her):
    browser = as_her(wren)
    browser.get(address("conversation", talk))
    assert acts.unread(wren.pair) == {}
    for number in range(2):
        acts.send(amal, talk, f"Message {number}.", uuid4())
    assert acts.unread(wren.pair) == {talk.pk: 2}
    assert "2 new" in text_of(browser.get(reverse("talk:home")))
    assert "New since you last looked Amal" in text_of(browser.get(address("conversation", talk)))
    assert acts.unread(wren.pair) == {}
    assert acts.unread(amal.pair) == {talk.pk: 1}
    assert list(Mark.objects.values_list("pair", flat=True)) == [wren.pair.pk]


def test_a_mark_never_goes_back(wren, amal, talk):
    acts.mark(wren, talk, 5)
    acts.mark(wren, talk, 2)
    assert acts.marked(wren, talk) == 5
    assert acts.marked(amal, talk) == 0


# --- Where it begins --------------------------------------------------------------------------------------------------


def test_her_start_page_shows_with_whom_she_talks_and_what_ends_soon(wren, amal, talk, as_her):
    browser = as_her(wren)
    assert "Amal" in text_of(browser.get(reverse("talk:home")))
    assert "is erased on" not in text_of(browser.get(reverse("talk:home")))
    Conversation.objects.update(expires_at=clock.now() + timedelta(days=6))
    assert "is erased on" in text_of(browser.get(reverse("talk:home")))


def test_her_start_page_says_when_nobody_is_there(lark, talk, as_her):
    page = text_of(as_her(lark).get(reverse("talk:home")))
    assert "You talk with nobody at the moment" in page
    assert "Amal" not in page


def test_what_allies_never_ask_is_said_to_her_and_not_to_the_ally_nor_about_herself(wren, amal, talk, as_her):
    browser = as_her(wren)
    acts.send(wren, talk, "My number is 0151 234 56 78.", uuid4())
    assert "looks like a telephone number" not in text_of(browser.get(address("conversation", talk)))
    acts.send(amal, talk, "Mine is 0151 234 56 79.", uuid4())
    assert "looks like a telephone number" in text_of(browser.get(address("conversation", talk)))


def test_writing_keeps_the_conversation_and_all_that_it_hangs_on(wren, talk):
    Conversation.objects.update(expires_at=clock.now() + timedelta(days=1))
    Introduction.objects.update(expires_at=clock.now() + timedelta(days=1))
    Ask.objects.update(expires_at=clock.now() + timedelta(days=1))
    acts.send(wren, talk, WORDS, uuid4())
    later = clock.now() + timedelta(days=179)
    for model in (Conversation, Introduction, Ask):
        assert model.objects.get().expires_at > later


def test_an_ally_sees_what_waits_by_its_topics_and_the_words_by_accepting(wren, amal, offer, as_ally, as_):
    introduction = offer(wren, amal)
    waiting = reverse("conversations:waiting", args=[introduction.pk])
    closed = as_(amal.user)
    assert "Money" in text_of(closed.get(reverse("conversations:start")))
    assert "open your code first" in text_of(closed.get(waiting))
    accept = reverse("conversations:accept", args=[introduction.pk])
    assert closed.post(accept)["Location"] == reverse("people:code")
    assert not Conversation.objects.exists()
    browser = as_ally(amal)
    page = text_of(browser.get(waiting))
    assert "Money" in page
    assert FIRST_WORDS not in page
    accepted = browser.post(accept)
    conversation = Conversation.objects.get()
    assert accepted["Location"] == reverse("conversations:conversation", args=[conversation.pk])
    assert said(amal, conversation) == [FIRST_WORDS]
    assert "Someone without a name" in text_of(browser.get(reverse("conversations:start")))


def test_an_ally_is_not_free(wren, amal, offer, as_):
    introduction = offer(wren, amal)
    browser = as_(amal.user)
    browser.post(reverse("conversations:decline", args=[introduction.pk]))
    introduction.refresh_from_db()
    assert introduction.state == Introduction.State.DECLINED
    assert browser.get(reverse("conversations:waiting", args=[introduction.pk])).status_code == 404


def test_what_waits_for_an_ally_is_there_for_nobody_else(wren, amal, bea, ruth, offer, as_ally, as_):
    waiting = reverse("conversations:waiting", args=[offer(wren, amal).pk])
    assert as_ally(bea).get(waiting).status_code == 404
    assert as_(ruth).get(waiting).status_code == 404
    assert as_(ruth).get(reverse("conversations:start")).status_code == 404
