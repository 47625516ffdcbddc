"""An ally sees what something is about, and accepts or declines; or it runs out, or is taken back from her."""

from datetime import timedelta

import pytest
from django.db import transaction

from alongside.introductions import acts
from alongside.introductions.models import LEASE, Ask, Introduction, Profile
from alongside.introductions.wishes import Wishes
from alongside.introductions.words import open_words
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.models import Ally, Notice, Survivor, User
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.models import Tombstone
from alongside.records.ticking import do_what_is_due
from tests.cast import with_key

pytestmark = pytest.mark.usefixtures("db")

State = Introduction.State
FIRST_WORDS = "The bittern sings at night."


def offer_to(ally: User, her: Opener, words: str = FIRST_WORDS, topics: tuple[str, ...] = ("money",)) -> Introduction:
    return acts.offer(her, acts.begin_ask(her, Wishes(topics=topics, languages=("en",)), words), ally)


def now_of(introduction: Introduction) -> tuple[str, str]:
    """How the introduction stands, and its ask."""
    fresh = Introduction.objects.select_related("ask").get(pk=introduction.pk)
    return fresh.state, fresh.ask.state


@pytest.fixture
def offered(amal, wren) -> Introduction:
    return offer_to(amal, wren, topics=("money", "an-ex"))


@pytest.fixture
def told(monkeypatch) -> list[Survivor]:
    """Which survivors were let know that something has changed."""
    survivors: list[Survivor] = []
    monkeypatch.setattr("alongside.introductions.acts.offering.something_for", survivors.append)
    return survivors


def test_she_sees_topics_first_and_nothing_else(amal, bea, offered):
    (waiting,) = acts.offers_of(amal)
    assert waiting.topics == ["Money and debts", "An ex"]
    assert waiting.until == offered.lease_until
    assert acts.offers_of(bea) == []


def test_accepting_opens_the_words_to_her(amal, offered, wren):
    accepted = acts.accept(amal, offered.pk)
    assert accepted.words is not None
    assert now_of(offered) == (State.ACCEPTED, Ask.State.MET)
    assert acts.offers_of(amal) == []
    assert acts.open_ask(wren) is None


def test_the_words_open_by_her_key_alone(amal, make_ally, wren):
    opener = with_key(user=make_second(make_ally))
    offered = offer_to(opener.user, wren)
    assert open_words(opener.private, acts.accept(opener.user, offered.pk).words) == FIRST_WORDS


def make_second(make_ally) -> User:
    """An ally whose key pair is not made yet."""
    user: User = make_ally("odile", "money")
    user.key_pairs.all().delete()
    return user


def test_declining_gives_the_ask_back_and_erases_the_words(amal, offered, wren, told):
    acts.decline(amal, offered.pk)
    assert now_of(offered) == (State.DECLINED, Ask.State.CHOOSING)
    assert Introduction.objects.get().words is None
    assert Tombstone.objects.filter(row=str(offered.pk), fields="words").exists()
    assert told == [wren.survivor]


def test_what_is_not_hers_or_was_answered_can_be_neither_accepted_nor_declined(amal, bea, offered):
    for do in (acts.accept, acts.decline):
        with pytest.raises(Refused):
            do(bea, offered.pk)
    acts.accept(amal, offered.pk)
    for do in (acts.accept, acts.decline):
        with pytest.raises(Refused):
            do(amal, offered.pk)
    assert now_of(offered) == (State.ACCEPTED, Ask.State.MET)


def test_after_two_days_it_has_run_out_even_before_the_tick(amal, offered, wren, told):
    with clock.moved_to(clock.now() + LEASE + timedelta(minutes=1)):
        assert acts.offers_of(amal) == []
        for do in (acts.accept, acts.decline):
            with pytest.raises(Refused):
                do(amal, offered.pk)
    assert now_of(offered) == (State.OFFERED, Ask.State.OFFERED)
    for _twice in range(2):
        do_what_is_due(offered.lease_until + timedelta(minutes=1))
    assert now_of(offered) == (State.EXPIRED, Ask.State.CHOOSING)
    assert told == [wren.survivor]


def test_the_tick_leaves_what_has_time(offered):
    do_what_is_due(offered.lease_until - timedelta(minutes=1))
    assert now_of(offered) == (State.OFFERED, Ask.State.OFFERED)


def test_offers_take_no_room_and_conversations_do(amal, wren, lark):
    Profile.objects.filter(ally=amal.pk).update(capacity=1)
    first, second = offer_to(amal, wren), offer_to(amal, lark)
    assert acts.has_room(amal)
    acts.accept(amal, first.pk)
    assert not acts.has_room(amal)
    with pytest.raises(Refused, match="as many people as you can"):
        acts.accept(amal, second.pk)
    assert now_of(second) == (State.OFFERED, Ask.State.OFFERED), "it waits until its time runs out"
    acts.end(first)
    acts.accept(amal, second.pk)


def test_in_the_first_months_one_is_all(amal, wren, lark):
    Ally.objects.filter(pk=amal.pk).update(ready_at=clock.now())
    first, second = offer_to(amal, wren), offer_to(amal, lark)
    acts.accept(amal, first.pk)
    with pytest.raises(Refused):
        acts.accept(amal, second.pk)


@pytest.mark.parametrize(
    "stops",
    [
        lambda user, _by: people.pause(user),
        lambda user, _by: people.lay_down(user),
        people.suspend,
        lambda user, _by: people.leave(user),
    ],
    ids=["pauses", "lays it down", "is suspended", "leaves"],
)
def test_when_she_stops_her_offers_go_back_at_once(amal, bea, wren, lark, cora, told, stops):
    hers, anothers = offer_to(amal, wren), offer_to(bea, lark)
    stops(amal, cora)
    assert now_of(hers) == (State.EXPIRED, Ask.State.CHOOSING)
    assert Introduction.objects.get(pk=hers.pk).words is None
    assert now_of(anothers) == (State.OFFERED, Ask.State.OFFERED)
    assert told == [wren.survivor]


def test_whom_she_talks_with_stays_when_she_pauses(amal, offered):
    acts.accept(amal, offered.pk)
    people.pause(amal)
    assert now_of(offered) == (State.ACCEPTED, Ask.State.MET)


def test_what_lost_its_ally_all_the_same_ends_at_the_next_tick(offered):
    Introduction.objects.filter(pk=offered.pk).update(ally=None)
    do_what_is_due(clock.now())
    assert now_of(offered) == (State.EXPIRED, Ask.State.CHOOSING)


def test_a_conversation_that_ends_closes_both_and_ending_it_again_changes_nothing(amal, offered):
    acts.accept(amal, offered.pk)
    for _twice in range(2):
        with transaction.atomic():
            acts.end(offered)
    assert now_of(offered) == (State.CLOSED, Ask.State.CLOSED)
    assert Introduction.objects.get().words is None
    assert Ask.objects.get().words is None


def test_an_offer_that_nobody_accepted_is_not_ended_by_it(offered):
    acts.end(offered)
    assert now_of(offered) == (State.OFFERED, Ask.State.OFFERED)


def test_a_survivor_who_wants_no_notice_gets_none(amal, offered):
    acts.decline(amal, offered.pk)
    assert not Notice.objects.exists()
