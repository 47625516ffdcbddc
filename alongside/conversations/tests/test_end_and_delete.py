"""She can end, block, take a copy and delete, at any time and alone; and what is left runs out by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.models import Answer, Conversation, ConversationKey, Draft, Mark, Message, Report, Seal
from alongside.conversations.reading import read
from alongside.conversations.tests.conftest import FIRST_WORDS
from alongside.conversations.tests.test_talk import PIECE, WORDS, address, in_the_box, said, text_of
from alongside.introductions.models import Ask, Introduction
from alongside.people.acts import Refused, delete_everything
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

OF_A_CONVERSATION = (Conversation, ConversationKey, Seal, Message, Draft, Mark, Answer)


def test_she_ends_it_and_both_still_read_it(wren, amal, talk, as_her, as_ally):
    browser = as_her(wren)
    assert "told that it has ended, and no more" in text_of(browser.get(address("end", talk)))
    assert talk.ended_at is None
    page = browser.post(address("end", talk), follow=True)
    assert "You have ended this conversation" in text_of(page)
    assert said(wren, talk) == said(amal, talk) == [FIRST_WORDS]
    for opener in (wren, amal):
        with pytest.raises(Refused):
            acts.send(opener, talk, WORDS, uuid4())
    told = text_of(as_ally(amal).get(reverse("conversations:conversation", args=[talk.pk])))
    assert "This conversation has ended" in told
    assert "block" not in told.lower()


def test_whoever_ends_it_twice_has_ended_it_once(wren, amal, talk):
    acts.end(wren, talk)
    with pytest.raises(Refused):
        acts.end(amal, talk)
    talk.refresh_from_db()
    assert talk.ended_by == Conversation.Ended.BY_HER
    assert Introduction.objects.get().state == Introduction.State.CLOSED
    assert Ask.objects.get().state == Ask.State.CLOSED


def test_what_an_ally_sees_of_a_block_is_what_she_sees_of_an_end(wren, lark, amal, offer, as_her, as_ally):
    ended, blocked = (acts.begin(amal, offer(her, amal).pk) for her in (wren, lark))
    as_her(wren).post(address("end", ended))
    as_her(lark).post(address("block", blocked))
    browser = as_ally(amal)
    pages = [browser.get(reverse("conversations:conversation", args=[each.pk])) for each in (ended, blocked)]
    assert text_of(pages[0]) == text_of(pages[1])
    blocked.refresh_from_db()
    assert blocked.is_blocked
    assert blocked.ended_by == Conversation.Ended.BY_HER


def test_she_blocks_after_the_ally_has_ended_it(wren, amal, talk):
    acts.end(amal, talk)
    acts.block(wren, talk)
    talk.refresh_from_db()
    assert (talk.is_blocked, talk.ended_by) == (True, Conversation.Ended.BY_ALLY)


def test_an_ally_can_neither_block_in_her_name_nor_delete_for_both(amal, talk):
    for act in (acts.block, acts.delete_conversation):
        with pytest.raises(Refused):
            act(amal, talk)
    talk.refresh_from_db()
    assert not talk.is_blocked


def test_what_she_had_written_when_it_ended_is_still_there_to_copy(wren, amal, talk, as_her):
    acts.keep_draft(wren, talk, WORDS)
    acts.end(amal, talk)
    page = as_her(wren).get(address("conversation", talk))
    assert in_the_box(page) == WORDS
    assert "ask for someone else" in text_of(page)


def test_she_takes_a_copy_under_a_name_that_says_nothing(wren, amal, talk, as_her):
    acts.send(amal, talk, "I hear it too.", uuid4())
    browser = as_her(wren)
    assert "where it lands" in text_of(browser.get(address("copy", talk)))
    copy = browser.post(address("copy", talk))
    assert copy["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert "no-store" in copy["Cache-Control"]
    text = copy.content.decode()
    assert text.index("You, ") < text.index(FIRST_WORDS) < text.index("Amal, ") < text.index("I hear it too.")


def test_she_deletes_a_conversation_and_it_is_gone_for_both(wren, amal, talk, as_her, as_ally):
    acts.keep_draft(amal, talk, "Half a thought.")
    acts.mark(amal, talk, 1)
    page = as_her(wren).post(address("delete", talk), follow=True)
    assert "deleted, for both of you" in text_of(page)
    assert not any(model.objects.exists() for model in OF_A_CONVERSATION)
    assert as_ally(amal).get(reverse("conversations:conversation", args=[talk.pk])).status_code == 404
    assert as_her(wren).get(address("new", talk), headers=PIECE).status_code == 404


def test_what_she_told_the_care_team_stays(wren, talk):
    report = Report.objects.create(
        kind=Report.Kind.REPORT, survivor=wren.survivor, conversation=talk, closed=b"", expires_at=clock.now()
    )
    acts.delete_conversation(wren, talk)
    report.refresh_from_db()
    assert report.conversation is None


def test_her_first_words_do_not_come_back_by_a_restore_either(wren, talk):
    acts.delete_conversation(wren, talk)
    left = set(Tombstone.objects.filter(fields="words").values_list("table", flat=True))
    assert left == {Ask._meta.db_table, Introduction._meta.db_table}


@pytest.mark.django_db(transaction=True)
def test_a_deleted_conversation_is_gone_from_the_file(wren, amal, talk):
    acts.send(amal, talk, "I hear it too.", uuid4())
    acts.keep_draft(wren, talk, WORDS)
    closed = [bytes(each.closed) for each in Message.objects.all()]
    closed += [bytes(each.sealed) for each in Seal.objects.all()] + [bytes(each.sealed) for each in Draft.objects.all()]
    assert len(closed) == 5
    before = bytes_on_disk()
    assert all(each in before for each in closed)
    assert not any(words.encode() in before for words in (FIRST_WORDS, WORDS, "I hear it too."))
    acts.delete_conversation(wren, talk)
    after = bytes_on_disk()
    assert not any(each in after for each in closed)


def test_she_deletes_everything_and_her_conversations_go_with_her(wren, amal, talk):
    acts.send(amal, talk, WORDS, uuid4())
    delete_everything(wren.survivor)
    assert not any(model.objects.exists() for model in OF_A_CONVERSATION)


def test_a_conversation_runs_out_after_the_organisations_term_and_not_before(wren, talk):
    day = clock.now() + timedelta(days=179)
    erase_expired(day)
    assert said(wren, talk) == [FIRST_WORDS]
    for _twice in range(2):
        erase_expired(day + timedelta(days=2))
    assert not any(model.objects.exists() for model in OF_A_CONVERSATION)


def test_writing_moves_the_day_on(wren, talk):
    with clock.moved_to(clock.now() + timedelta(days=100)):
        acts.send(wren, talk, WORDS, uuid4())
    erase_expired(clock.now() + timedelta(days=200))
    assert said(wren, talk) == [FIRST_WORDS, WORDS]


def test_both_are_told_a_week_before(wren, amal, talk, as_her, as_ally):
    pages = [(as_her(wren), reverse("talk:home")), (as_ally(amal), reverse("conversations:start"))]
    for days, is_told in ((9, False), (6, True)):
        Conversation.objects.update(expires_at=clock.now() + timedelta(days=days))
        assert [("is erased on" in text_of(browser.get(page))) for browser, page in pages] == [is_told] * 2


@pytest.mark.django_db(transaction=True)
def test_she_deletes_while_the_ally_sends(wren, amal, talk):
    def step(tab: int) -> None:
        try:
            if tab == 2:
                acts.delete_conversation(wren, talk)
            else:
                acts.send(amal, talk, f"{WORDS} {tab}", uuid4())
        except Refused:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as tabs:
        list(tabs.map(step, range(6)))
    assert not any(model.objects.exists() for model in OF_A_CONVERSATION)
    assert read(wren, talk) == []


@pytest.mark.django_db(transaction=True)
def test_she_deletes_everything_while_the_ally_writes_and_looks(wren, amal, talk):
    def step(tab: int) -> None:
        try:
            if tab == 2:
                delete_everything(wren.survivor)
            elif tab % 2:
                acts.send(amal, talk, f"{WORDS} {tab}", uuid4())
            else:
                acts.keep_draft(amal, talk, f"{WORDS} {tab}")
                acts.mark(amal, talk, tab + 1)
        except Refused:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(step, range(8)))
    assert not any(model.objects.exists() for model in (*OF_A_CONVERSATION, Introduction, Ask))
