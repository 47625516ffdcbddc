"""Of whoever does something with one offer at the same moment, one does it: with real transactions, at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from alongside.introductions import acts
from alongside.introductions.models import Ask, Introduction, Presentation, Profile
from alongside.introductions.tests.test_take_an_offer import now_of, offer_to
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.models import Ally
from alongside.records import clock

pytestmark = pytest.mark.django_db(transaction=True)

State = Introduction.State
ROUNDS = range(3)
ANY = Wishes(languages=("en",))
MET, CHOOSING = Ask.State.MET, Ask.State.CHOOSING


def at_once(*doings: Callable[[], object]) -> list[bool]:
    """Do all of it at the same moment, each in a connection of its own; give which of them were let do it."""
    start = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> bool:
        try:
            start.wait(10)
            doing()
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))


@pytest.fixture
def offered(amal, wren) -> Introduction:
    return offer_to(amal, wren)


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_two_tabs_that_accept_one_does(_round, amal, offered):
    assert sorted(at_once(*[lambda: acts.accept(amal, offered.pk)] * 2)) == [False, True]
    assert now_of(offered) == (State.ACCEPTED, MET)


@pytest.mark.parametrize("_round", ROUNDS)
def test_she_accepts_in_one_tab_and_declines_in_another(_round, amal, offered):
    accepted, declined = at_once(lambda: acts.accept(amal, offered.pk), lambda: acts.decline(amal, offered.pk))
    assert accepted != declined
    assert now_of(offered) == ((State.ACCEPTED, MET) if accepted else (State.DECLINED, CHOOSING))


@pytest.mark.parametrize("_round", ROUNDS)
def test_she_accepts_while_the_tick_ends_it(_round, amal, offered):
    late = offered.lease_until + timedelta(seconds=1)
    accepted, _ = at_once(lambda: acts.accept(amal, offered.pk), lambda: acts.expire_leases(late))
    assert now_of(offered) == ((State.ACCEPTED, MET) if accepted else (State.EXPIRED, CHOOSING))
    assert (Introduction.objects.get().words is None) != accepted


@pytest.mark.parametrize("_round", ROUNDS)
def test_she_accepts_while_the_survivor_takes_it_back(_round, amal, wren, offered):
    ask = offered.ask
    accepted, withdrawn = at_once(lambda: acts.accept(amal, offered.pk), lambda: acts.withdraw(wren, ask))
    assert accepted != withdrawn
    assert now_of(offered) == ((State.ACCEPTED, MET) if accepted else (State.WITHDRAWN, CHOOSING))


@pytest.mark.parametrize("_round", ROUNDS)
def test_she_accepts_while_the_survivor_deletes_everything(_round, amal, wren, offered):
    at_once(lambda: acts.accept(amal, offered.pk), lambda: people.delete_everything(wren.survivor))
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_allies_never_hold_one_ask(_round, amal, bea, wren):
    ask = acts.begin_ask(wren, ANY, "")
    offers = at_once(lambda: acts.offer(wren, ask, amal), lambda: acts.offer(wren, ask, bea))
    assert sorted(offers) == [False, True]
    held = Introduction.objects.filter(ask=ask, state__in=(State.OFFERED, State.ACCEPTED))
    assert held.count() == 1


def test_a_new_ally_is_asked_while_the_last_one_accepts_late(amal, bea, wren, offered):
    """She takes it back and asks Bea; Amal's tab is still open."""
    acts.withdraw(wren, offered.ask)
    accepted, asked = at_once(lambda: acts.accept(amal, offered.pk), lambda: acts.offer(wren, offered.ask, bea))
    assert (accepted, asked) == (False, True)
    assert Introduction.objects.get(state=State.OFFERED).ally == bea


@pytest.mark.parametrize("_round", ROUNDS)
def test_with_room_for_one_two_accepts_at_once_are_one(_round, amal, wren, lark):
    Profile.objects.filter(ally=amal.pk).update(capacity=1)
    first, second = offer_to(amal, wren), offer_to(amal, lark)
    assert sorted(at_once(lambda: acts.accept(amal, first.pk), lambda: acts.accept(amal, second.pk))) == [False, True]
    assert Introduction.objects.filter(state=State.ACCEPTED).count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_desk_suspends_her_while_she_accepts(_round, amal, cora, offered):
    accepted, suspended = at_once(lambda: acts.accept(amal, offered.pk), lambda: people.suspend(amal, cora))
    assert suspended
    assert not Ally.objects.in_effect().filter(pk=amal.pk).exists()
    if not accepted:
        assert now_of(offered) == (State.EXPIRED, CHOOSING)
    assert not Introduction.objects.filter(state=State.OFFERED).exists()


@pytest.mark.parametrize("_round", ROUNDS)
@pytest.mark.parametrize("stop", [people.pause, people.lay_down])
def test_she_is_asked_while_she_stops(_round, stop, amal, wren):
    ask = acts.begin_ask(wren, ANY, "")
    _, stopped = at_once(lambda: acts.offer(wren, ask, amal), lambda: stop(amal))
    assert stopped
    assert not Introduction.objects.filter(state=State.OFFERED).exists()
    assert Ask.objects.get().state == CHOOSING


@pytest.mark.parametrize("_round", ROUNDS)
def test_she_is_asked_while_she_deletes_her_account(_round, amal, wren):
    ask = acts.begin_ask(wren, ANY, "")
    _, left = at_once(lambda: acts.offer(wren, ask, amal), lambda: people.leave(amal))
    assert left
    acts.expire_leases(clock.now())
    assert not Introduction.objects.filter(state=State.OFFERED).exists()
    assert Ask.objects.get().state == CHOOSING


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_desk_approves_what_she_hands_in_anew(_round, amal, cora):
    read = acts.hand_in(amal, "Juniper", {"money": "One."})
    approved, handed_in = at_once(
        lambda: acts.approve(read, cora), lambda: acts.hand_in(amal, "Juniper", {"money": "Two."})
    )
    assert handed_in
    shown = Presentation.objects.shown().get(profile__ally=amal.pk)
    assert shown.pk == read.pk if approved else shown.name == "Amal"
    assert Presentation.objects.waiting().get().strengths[0]["sentence"] == "Two."
