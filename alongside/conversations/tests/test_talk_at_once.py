"""Two who talk do something at the same moment, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from alongside.conversations import acts
from alongside.conversations.models import Conversation, Message
from alongside.conversations.reading import read
from alongside.conversations.tests.conftest import FIRST_WORDS
from alongside.conversations.tests.test_talk import WORDS, said
from alongside.people.acts import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_messages_that_arrive_at_the_same_moment_each_gets_its_number(wren, amal, talk):
    def send(tab: int) -> None:
        try:
            acts.send(wren if tab % 2 else amal, talk, f"{WORDS} {tab}", uuid4())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(send, range(8)))
    assert [each.number for each in read(wren, talk)] == list(range(1, 10))
    assert set(said(amal, talk)[1:]) == {f"{WORDS} {tab}" for tab in range(8)}


def test_a_double_click_on_send_is_one_message(wren, talk):
    nonce = uuid4()

    def send(_tab: int) -> Message:
        try:
            return acts.send(wren, talk, WORDS, nonce)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as tabs:
        sent = list(tabs.map(send, range(4)))
    assert len(set(sent)) == 1
    assert said(wren, talk) == [FIRST_WORDS, WORDS]


def test_nothing_is_sent_into_a_conversation_after_its_end(wren, amal, talk):
    def step(tab: int) -> bool:
        try:
            if tab == 3:
                acts.end(amal, talk)
            else:
                acts.send(wren, talk, f"{WORDS} {tab}", uuid4())
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as tabs:
        done = list(tabs.map(step, range(8)))
    talk.refresh_from_db()
    assert done[3]
    assert talk.messages.count() == sum(done)  # the first words, and the end for none
    assert all(each.at <= talk.ended_at for each in talk.messages.all())


def test_an_ally_who_accepts_in_two_tabs_begins_once(wren, amal, offer):
    introduction = offer(wren, amal)

    def accept(_tab: int) -> Conversation:
        try:
            return acts.begin(amal, introduction.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as tabs:
        begun = list(tabs.map(accept, range(2)))
    assert begun[0] == begun[1]
    assert said(wren, begun[0]) == [FIRST_WORDS]
