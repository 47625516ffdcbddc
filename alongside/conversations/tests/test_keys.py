"""Who can read what: a conversation's keys, and what becomes of them when an ally has another code, or is none."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.conversations import acts, keys
from alongside.conversations.models import Conversation, Draft, Mark, Message, Seal
from alongside.conversations.reading import read
from alongside.conversations.tests.conftest import FIRST_WORDS, own_opener
from alongside.introductions.models import Ask, Introduction
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.models import Ally, KeyPair
from alongside.people.signals import key_pair_replaced
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

Ended = Conversation.Ended


def said(opener, conversation) -> list[str | None]:
    return [each.text for each in read(opener, conversation)]


def send(opener, conversation, text: str) -> Message:
    return acts.send(opener, conversation, text, uuid4())


def lose_code(opener):
    """Give the same account with a new key pair, as it is after a lost code."""
    fresh = own_opener(opener.user, retires=opener.pair)
    key_pair_replaced.send(sender=KeyPair, user=opener.user, old=opener.pair, new=fresh.pair)
    return fresh


def test_an_ally_accepts_and_both_read_what_she_wrote_first(wren, amal, talk):
    assert said(wren, talk) == said(amal, talk) == [FIRST_WORDS]
    introduction = Introduction.objects.get()
    assert introduction.state == Introduction.State.ACCEPTED
    assert introduction.words is None
    assert Ask.objects.get().words is None


def test_an_ally_who_accepts_twice_gets_the_same_conversation(amal, talk):
    assert acts.begin(amal, talk.introduction_id) == talk


def test_nobody_accepts_what_was_offered_to_another(wren, amal, bea, offer):
    with pytest.raises(Refused):
        acts.begin(bea, offer(wren, amal).pk)
    assert not Conversation.objects.exists()


def test_first_words_that_were_sealed_to_a_lost_code_stay_closed(wren, amal, offer):
    introduction = offer(wren, amal)
    fresh = own_opener(amal.user, retires=amal.pair)
    assert said(fresh, acts.begin(fresh, introduction.pk)) == []


def test_nobody_else_can_read_even_with_the_database(wren, amal, lark, bea, talk):
    for stranger in (lark, bea):
        assert said(stranger, talk) == [None]
        with pytest.raises(keys.NoSeal):
            keys.key_for(stranger, talk, 1)
        with pytest.raises(Refused):
            send(stranger, talk, "I should not be here.")
    seal = Seal.objects.get(pair=amal.pair)
    Seal.objects.create(key=seal.key, pair=bea.pair, sealed=seal.sealed)
    with pytest.raises(keys.NoSeal):
        keys.key_for(bea, talk, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.tuples(st.booleans(), st.text(min_size=1, max_size=600)), st.just("key")), max_size=8))
def test_whatever_is_sent_under_whatever_keys_reads_back(wren, amal, offer, steps):
    introduction = offer(wren, amal)
    conversation = acts.begin(amal, introduction.pk)
    expected = [FIRST_WORDS]
    for step in steps:
        if step == "key":
            keys.new_key(conversation, [wren.pair, amal.pair])
        elif step[1].replace("\0", "").strip():
            send(wren if step[0] else amal, conversation, step[1])
            expected.append(acts.as_kept(step[1]))
    assert said(wren, conversation) == said(amal, conversation) == expected
    assert [each.number for each in read(wren, conversation)] == list(range(1, len(expected) + 1))
    conversation.delete()
    Ask.objects.all().delete()


def test_a_message_that_is_moved_does_not_open(wren, amal, lark, bea, talk, offer):
    send(wren, talk, "The heron waits.")
    first, second = Message.objects.order_by("number")

    def closed_to_her() -> list[str | None]:
        return said(wren, talk)

    Message.objects.filter(pk=first.pk).update(closed=second.closed)
    Message.objects.filter(pk=second.pk).update(closed=first.closed)
    assert closed_to_her() == [None, None]
    Message.objects.filter(pk=first.pk).update(closed=first.closed, is_hers=False)
    Message.objects.filter(pk=second.pk).update(closed=second.closed)
    assert closed_to_her() == [None, "The heron waits."]
    other = acts.begin(bea, offer(lark, bea).pk)
    Message.objects.filter(conversation=other).update(closed=second.closed)
    assert said(lark, other) == [None]


def test_messages_of_any_length_look_alike_in_steps_of_512_bytes(wren, talk):
    short, long = send(wren, talk, "No."), send(wren, talk, "No, " * 100)
    assert len(bytes(short.closed)) == len(bytes(long.closed))


def test_after_a_lost_code_both_talk_on_and_what_was_before_stays_closed(wren, amal, talk):
    fresh = lose_code(amal)
    talk.refresh_from_db()
    assert talk.asks_for_earlier
    assert not Seal.objects.filter(pair=amal.pair).exists()
    send(fresh, talk, "I am back.")
    send(wren, talk, "So am I.")
    assert said(fresh, talk) == [None, "I am back.", "So am I."]
    assert said(wren, talk) == [FIRST_WORDS, "I am back.", "So am I."]


def test_she_lets_the_new_code_read_what_was_before(wren, amal, talk):
    fresh = lose_code(amal)
    acts.let_read_earlier(wren, talk)
    talk.refresh_from_db()
    assert not talk.asks_for_earlier
    assert said(fresh, talk) == [FIRST_WORDS]


def test_she_leaves_it_closed_and_is_not_asked_again(wren, amal, talk):
    fresh = lose_code(amal)
    acts.leave_earlier_closed(wren, talk)
    acts.let_read_earlier(wren, talk)
    talk.refresh_from_db()
    assert not talk.asks_for_earlier
    assert said(fresh, talk) == [None]


def test_the_ally_cannot_say_yes_for_her(wren, amal, talk):
    fresh = lose_code(amal)
    acts.let_read_earlier(fresh, talk)
    assert said(fresh, talk) == [None]


def test_a_suspended_ally_can_read_nothing_any_more_and_the_survivor_still_can(wren, amal, talk, cora):
    acts.keep_draft(amal, talk, "Half a thought.")
    acts.mark(amal, talk, 1)
    people.suspend(amal.user, by=cora)
    talk.refresh_from_db()
    assert talk.ended_by == Ended.BY_DESK
    assert not Seal.objects.filter(pair=amal.pair).exists()
    assert not Draft.objects.filter(pair=amal.pair).exists()
    assert not Mark.objects.filter(pair=amal.pair).exists()
    assert said(amal, talk) == [None]
    assert said(wren, talk) == [FIRST_WORDS]
    assert Introduction.objects.get().state == Introduction.State.CLOSED
    people.reinstate(amal.user, by=cora)
    assert said(amal, talk) == [None]


def test_an_ally_lays_down_the_role_and_the_conversation_ends(wren, amal, talk):
    people.lay_down(amal.user)
    talk.refresh_from_db()
    assert (talk.ended_by, talk.ally) == (Ended.BY_ALLY, amal.user)
    assert said(wren, talk) == [FIRST_WORDS]


def test_an_ally_leaves_with_her_account_and_her_messages_stay_with_the_survivor(wren, amal, talk):
    send(amal, talk, "I hear it too.")
    people.leave(amal.user)
    talk.refresh_from_db()
    assert talk.ally is None
    assert talk.ended_by == Ended.BY_ALLY
    assert said(wren, talk) == [FIRST_WORDS, "I hear it too."]
    with pytest.raises(Refused):
        send(wren, talk, "Are you there?")


def test_somebody_else_who_leaves_changes_nothing(ruth, talk):
    people.leave(ruth)
    talk.refresh_from_db()
    assert talk.ended_at is None


@pytest.mark.django_db(transaction=True)
def test_the_seals_of_a_suspended_ally_are_gone_from_the_file(amal, talk, cora):
    sealed = [bytes(each.sealed) for each in Seal.objects.filter(pair=amal.pair)]
    assert all(each in bytes_on_disk() for each in sealed)
    people.suspend(amal.user, by=cora)
    assert not any(each in bytes_on_disk() for each in sealed)
    assert Tombstone.objects.filter(table=Seal._meta.db_table).exists()
    assert Ally.objects.get(pk=amal.user.pk).suspended_at
