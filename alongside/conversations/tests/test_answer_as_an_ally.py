"""An ally answers: her page, the lines that allies keep, handing back, and what she tells the care team."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts.ending import ENDED_BEFORE
from alongside.conversations.models import Conversation
from alongside.conversations.tests.conftest import FIRST_WORDS
from alongside.conversations.tests.test_talk import PIECE, in_the_box, said, text_of
from alongside.core.sealing import new_pair
from alongside.introductions.fitting import excluded_from
from alongside.introductions.models import Ask
from alongside.people.acts import Refused
from alongside.people.models import KeyPair, Organisation
from alongside.people.opening import Opener
from alongside.people.signals import key_pair_replaced

WORDS = "I hear how tired you are."
CROSSES = "I am here. Let's meet tomorrow."


def address(name: str, conversation: Conversation) -> str:
    return reverse(f"conversations:{name}", args=[conversation.pk])


def form(text: str, **more: object) -> dict[str, object]:
    return {"text": text, "nonce": uuid4(), **more}


# --- Her page ---------------------------------------------------------------------------------------------------------


def test_she_reads_answers_and_has_the_lines_at_hand(wren, amal, talk, as_ally):
    Organisation.objects.create(duties="A child at risk.", numbers="Night line: 0800 555 0101")
    browser = as_ally(amal)
    page = text_of(browser.get(address("conversation", talk)))
    assert FIRST_WORDS in page
    for at_hand in ("never promise", "I give no money", "A child at risk.", "0800 555 0101", "Looking after yourself"):
        assert at_hand in page
    assert browser.post(address("send", talk), form(WORDS)).status_code == 302
    assert said(wren, talk) == [FIRST_WORDS, WORDS]


def test_her_pages_are_there_for_nobody_else(wren, amal, bea, ruth, talk, as_her, as_ally, as_):
    another, learner, hers, closed = as_ally(bea), as_(ruth), as_her(wren), as_(amal.user)
    for name in ("conversation", "check", "hand_back", "block", "worry", "report"):
        assert another.get(address(name, talk)).status_code == 404
        assert another.post(address(name, talk)).status_code in (404, 405)
        assert learner.get(address(name, talk)).status_code == 404
        assert hers.get(address(name, talk)).status_code == 302
        assert closed.get(address(name, talk)).status_code == 302  # her code is not open
    assert Conversation.objects.filter(pk=talk.pk, ended_at=None).exists()


# --- Lines that allies keep -------------------------------------------------------------------------------------------


def test_words_that_cross_a_line_wait_until_she_has_looked_again(wren, amal, talk, as_ally):
    browser = as_ally(amal)
    page = browser.post(address("send", talk), form(CROSSES))
    assert page.status_code == 409
    assert "Allies meet nobody" in text_of(page)
    assert in_the_box(page) == CROSSES
    assert said(wren, talk) == [FIRST_WORDS]
    assert browser.post(address("send", talk), form(WORDS)).status_code == 302
    assert said(wren, talk) == [FIRST_WORDS, WORDS]


def test_a_page_that_sends_by_its_script_is_led_to_the_page_that_asks(amal, talk, as_ally):
    answer = as_ally(amal).post(address("send", talk), form(CROSSES), headers=PIECE)
    assert (answer.status_code, answer.content) == (409, b"")
    assert talk.messages.count() == 1


def test_words_that_she_sends_as_they_are_come_with_what_allies_never_ask(wren, amal, talk, as_ally, as_her):
    sent = as_ally(amal).post(address("send", talk), form(CROSSES, as_it_is="1"))
    assert sent.status_code == 302
    page = as_her(wren).get(reverse("talk:conversation", args=[talk.pk]))
    assert "Allies never ask to meet you" in text_of(page)
    assert reverse("talk:report", args=[talk.pk]) in page.content.decode()


def test_the_numbers_of_the_organisation_can_be_passed_on(wren, amal, talk, as_ally, as_her):
    Organisation.objects.create(numbers="Night line: 0800 555 0101, 18–6")
    assert as_ally(amal).post(address("send", talk), form("Call 0800 555 0101.")).status_code == 302
    page = as_her(wren).get(reverse("talk:conversation", args=[talk.pk]))
    assert "looks like a telephone number" not in text_of(page)


# --- Going on no more -------------------------------------------------------------------------------------------------


def test_she_hands_back_with_a_few_words(wren, amal, talk, as_ally, as_her):
    browser = as_ally(amal)
    assert "cannot go on" in text_of(browser.get(address("hand_back", talk)))
    assert browser.post(address("hand_back", talk), form("Thank you for your trust.")).status_code == 302
    talk.refresh_from_db()
    assert talk.ended_by == Conversation.Ended.BY_ALLY
    assert said(wren, talk) == [FIRST_WORDS, "Thank you for your trust."]
    page = as_her(wren).get(reverse("talk:conversation", args=[talk.pk]))
    assert "Amal could not go on" in text_of(page)
    for way_on in ("ask:again", "talk:care"):
        assert reverse(way_on) in page.content.decode()


def test_she_hands_back_without_words_and_the_survivor_can_ask_anew(wren, amal, talk):
    acts.hand_back(amal, talk, " \n", uuid4())
    assert said(wren, talk) == [FIRST_WORDS]
    assert not Ask.objects.exclude(state=Ask.State.CLOSED).exists()
    assert amal.user.pk in excluded_from(wren.survivor)


def test_last_words_that_cross_a_line_wait_too(wren, amal, talk, as_ally):
    page = as_ally(amal).post(address("hand_back", talk), form(CROSSES))
    assert page.status_code == 409
    assert in_the_box(page) == CROSSES
    talk.refresh_from_db()
    assert talk.ended_at is None
    assert as_ally(amal).post(address("hand_back", talk), form(CROSSES, as_it_is="1")).status_code == 302
    assert said(wren, talk) == [FIRST_WORDS, CROSSES]


def test_last_words_that_are_too_long_come_back_and_nothing_ends(amal, talk, as_ally):
    page = as_ally(amal).post(address("hand_back", talk), form("a" * (acts.LONGEST_MESSAGE + 2)))
    assert page.status_code == 422
    assert len(in_the_box(page)) == acts.LONGEST_MESSAGE + 2
    talk.refresh_from_db()
    assert talk.ended_at is None


def test_last_words_into_a_conversation_that_has_ended_meanwhile_come_back(wren, amal, talk, as_ally):
    acts.end(wren, talk)
    page = as_ally(amal).post(address("hand_back", talk), form(WORDS))
    assert page.status_code == 422
    assert "has ended" in text_of(page)
    assert in_the_box(page) == WORDS
    assert said(wren, talk) == [FIRST_WORDS]


def test_nobody_hands_back_what_is_not_hers_or_twice(wren, amal, bea, talk):
    with pytest.raises(Refused):
        acts.hand_back(bea, talk, "", uuid4())
    acts.hand_back(amal, talk, "", uuid4())
    with pytest.raises(Refused) as refusal:
        acts.hand_back(amal, talk, "", uuid4())
    assert refusal.value.sentence == ENDED_BEFORE


def test_she_lets_nothing_more_come(wren, amal, talk, as_ally):
    browser = as_ally(amal)
    assert address("report", talk) in browser.get(address("block", talk)).content.decode()
    assert browser.post(address("block", talk)).status_code == 302
    with pytest.raises(Refused):
        acts.send(wren, talk, "And now?", uuid4())
    assert said(amal, talk) == [FIRST_WORDS]


# --- Another code -----------------------------------------------------------------------------------------------------


def test_with_a_new_code_she_reads_that_what_was_before_is_closed(wren, amal, talk, as_ally):
    fresh = new_pair()
    KeyPair.objects.filter(pk=amal.pair.pk).update(retired_at=talk.began_at)
    row = KeyPair.objects.create(user=amal.user, public_key=fresh.public, wrapped_private=b"")
    key_pair_replaced.send(sender=KeyPair, user=amal.user, old=amal.pair, new=row)
    again = Opener(row, fresh.private)
    page = text_of(as_ally(again).get(address("conversation", talk)))
    assert "does not open with your code" in page
    assert FIRST_WORDS not in page
    acts.let_read_earlier(wren, Conversation.objects.get(pk=talk.pk))
    page = text_of(as_ally(again).get(address("conversation", talk)))
    assert "does not open with your code" not in page
    assert FIRST_WORDS in page
