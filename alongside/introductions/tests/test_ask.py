"""She asks one ally, takes it back, asks another, stops: one at a time, whatever several tabs do at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from alongside.core.matching import Wish
from alongside.core.sealing import ClosedError, new_pair
from alongside.introductions import acts, letting_in
from alongside.introductions.models import LEASE, Ask, Door, Introduction
from alongside.introductions.tests.coming import WORDS, one_of, page_of
from alongside.introductions.wishes import Wishes, open
from alongside.introductions.words import close_words, open_words
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.boxes import ClosedBoxError
from alongside.people.models import KeyPair, Letter, Survivor
from alongside.people.signals import key_pair_replaced
from alongside.records import clock
from alongside.records.erasure import erase_expired, sweep
from alongside.records.limits import Limit
from alongside.records.models import Tombstone
from conftest import bytes_on_disk
from tests.cast import with_key

MONEY = Wishes(topics=("money",), languages=("en",))
State = Introduction.State


@pytest.fixture
def ask(wren) -> Ask:
    return acts.begin_ask(wren, MONEY, WORDS)


def state_of(ask: Ask) -> str:
    return Ask.objects.get(pk=ask.pk).state


def test_an_ally_gets_two_days_and_the_words_sealed_to_her_key_alone(wren, amal, ask):
    now = clock.now()
    offered = acts.offer(wren, ask, amal)
    assert now + LEASE <= offered.lease_until <= clock.now() + LEASE
    assert offered.pair == KeyPair.of(amal)
    assert state_of(ask) == Ask.State.OFFERED
    with pytest.raises(ClosedError):
        open_words(wren.private, offered.words)
    assert open_words(wren.private, ask.words) == WORDS


def test_an_ally_is_told_that_something_waits(wren, amal, ask, mail_server):
    acts.offer(wren, ask, amal)
    assert Letter.objects.get().user == amal


def test_her_wishes_open_for_nobody_else(wren, lark, ask):
    assert open(ask) == MONEY
    ask.survivor = lark.survivor
    with pytest.raises(ClosedBoxError):
        open(ask)


@pytest.mark.parametrize("words", ["", " \n"])
def test_no_words_are_none(wren, words):
    assert close_words(wren.pair, words) is None
    assert open_words(wren.private, None) == ""


def test_the_length_of_words_tells_little(wren):
    one, many = close_words(wren.pair, "a"), close_words(wren.pair, "a" * 500)
    assert one is not None
    assert many is not None
    assert len(one) == len(many)
    assert open_words(wren.private, many) == "a" * 500


def test_one_ask_at_a_time(wren, lark, ask):
    with pytest.raises(Refused, match="looking for somebody already"):
        acts.begin_ask(wren, MONEY, "")
    assert acts.begin_ask(lark, MONEY, "") != ask


def test_an_ask_is_with_one_ally_at_a_time(wren, amal, bea, ask):
    acts.offer(wren, ask, amal)
    with pytest.raises(Refused, match="changed meanwhile"):
        acts.offer(wren, ask, bea)
    assert Introduction.objects.count() == 1


def test_nobody_offers_what_is_anothers(lark, amal, bea, ask, wren):
    lark_sees = lark.private
    with pytest.raises(ClosedError):
        open_words(lark_sees, ask.words)
    silent = acts.begin_ask(wren_again := with_key(survivor=Survivor.objects.create(handle=b"x" * 32)), MONEY, "")
    with pytest.raises(Refused):
        acts.offer(lark, silent, amal)
    with pytest.raises(Refused):
        acts.wait(lark, silent)
    with pytest.raises(Refused):
        acts.change_ask(lark, silent, MONEY, "mine now")
    acts.offer(wren_again, silent, amal)
    with pytest.raises(Refused):
        acts.withdraw(lark, silent)
    assert state_of(silent) == Ask.State.OFFERED


def test_who_paused_has_no_key_or_does_not_fit_is_asked_nothing(wren, amal, bea, tomas, ask):
    people.pause(amal)
    KeyPair.objects.filter(user=bea).delete()
    for ally in (amal, bea):
        with pytest.raises(Refused, match="not free any more"):
            acts.offer(wren, ask, ally)
    woman = acts.change_ask(wren, ask, Wishes(woman=Wish.MUST, languages=("en",)), "")
    with pytest.raises(Refused, match="not free any more"):
        acts.offer(wren, woman, tomas)
    assert state_of(ask) == Ask.State.CHOOSING


def test_what_nobody_answered_is_taken_back_and_its_words_are_erased(wren, amal, bea, ask):
    offered = acts.offer(wren, ask, amal)
    sealed = bytes(offered.words or b"")
    acts.withdraw(wren, ask)
    offered.refresh_from_db()
    assert (offered.state, offered.words) == (State.WITHDRAWN, None)
    assert Tombstone.objects.filter(row=str(offered.pk), fields="words").exists()
    assert state_of(ask) == Ask.State.CHOOSING
    assert acts.offer(wren, ask, bea).ally == bea
    sweep()
    assert len(sealed) > 500
    assert sealed not in bytes_on_disk()


def test_what_was_sealed_to_a_code_that_an_ally_lost_is_taken_back(wren, amal, ask):
    offered = acts.offer(wren, ask, amal)
    old = KeyPair.objects.get(user=amal)
    KeyPair.objects.filter(pk=old.pk).update(retired_at=clock.now())
    new = with_key(user=amal)
    key_pair_replaced.send(sender=KeyPair, user=amal, old=old, new=new.pair)
    offered.refresh_from_db()
    assert (offered.state, offered.words) == (State.EXPIRED, None)
    assert state_of(ask) == Ask.State.CHOOSING


def test_what_was_accepted_cannot_be_taken_back(wren, amal, ask):
    offered = acts.offer(wren, ask, amal)
    acts.accept(amal, offered.pk)
    with pytest.raises(Refused, match="There is an answer already"):
        acts.withdraw(wren, ask)
    assert acts.open_ask(wren) is None
    with pytest.raises(Refused, match="changed meanwhile"):
        acts.close_ask(wren)


def test_who_looks_for_nobody_any_more_leaves_no_words_behind(wren, amal, ask):
    offered = acts.offer(wren, ask, amal)
    acts.close_ask(wren)
    ask.refresh_from_db()
    offered.refresh_from_db()
    assert (ask.state, ask.words) == (Ask.State.CLOSED, None)
    assert (offered.state, offered.words) == (State.WITHDRAWN, None)
    with pytest.raises(Refused, match="not waiting for you"):
        acts.accept(amal, offered.pk)
    assert acts.begin_ask(wren, MONEY, "") != ask


def test_who_did_not_take_it_is_not_shown_for_this_ask_again(wren, amal, bea, ask, wren_here, open_house):
    acts.decline(amal, acts.offer(wren, ask, amal).pk)
    home = wren_here.get("/talk/again/").text
    assert "Amal is not free just now" in home
    assert "declined" not in home
    assert wren_here.post("/talk/again/")["Location"] == "/talk/people/"
    assert [heading.text for heading in page_of(wren_here.get("/talk/people/")).select("article h2")] == ["Bea"]
    assert wren_here.post("/talk/people/", {"pick": str(amal.pk)}).status_code == 409
    wren_here.post("/talk/people/", {"pick": str(bea.pk)})
    page = wren_here.get("/talk/words/")
    assert one_of(page, "textarea").text.strip() == WORDS
    assert not page_of(page).select("[name=name]")
    assert wren_here.post("/talk/words/", {"words": "Other words."})["Location"] == "/talk/home/"
    ask.refresh_from_db()
    assert open_words(wren.private, ask.words) == "Other words."
    assert Introduction.objects.get(state=State.OFFERED).ally == bea


def test_with_whom_she_talks_or_talked_she_is_not_shown_for_another_ask(wren, amal, bea, ask, wren_here, open_house):
    offered = acts.offer(wren, ask, amal)
    acts.accept(amal, offered.pk)
    wren_here.post("/talk/again/")
    assert [heading.text for heading in page_of(wren_here.get("/talk/people/")).select("article h2")] == ["Bea"]
    acts.end(offered)
    assert [heading.text for heading in page_of(wren_here.get("/talk/people/")).select("article h2")] == ["Bea"]


def test_who_asks_again_begins_with_what_she_chose_last(wren, ask, wren_here, open_house):
    acts.close_ask(wren)
    assert wren_here.post("/talk/again/")["Location"] == "/talk/topics/"
    chosen = page_of(wren_here.get("/talk/topics/")).select("[name=topics][checked]")
    assert [box["value"] for box in chosen] == ["money"]


def test_while_one_has_been_asked_nobody_else_is(wren, amal, bea, ask, wren_here, open_house):
    acts.offer(wren, ask, amal)
    page = wren_here.post("/talk/again/").text
    assert "Take it back" in page
    assert wren_here.post("/talk/again/take-back/")["Location"] == "/talk/again/"
    assert state_of(ask) == Ask.State.CHOOSING
    assert wren_here.post("/talk/again/take-back/")["Location"] == "/talk/home/"
    assert wren_here.post("/talk/again/stop/")["Location"] == "/talk/home/"
    assert state_of(ask) == Ask.State.CLOSED


def test_new_asks_with_a_code_are_limited_as_well(wren, amal, wren_here, open_house, monkeypatch):
    monkeypatch.setattr(letting_in, "ASKS", Limit("asks", 0, timedelta(hours=1)))
    wren_here.post("/talk/again/")
    wren_here.post("/talk/people/", {"pick": str(amal.pk)})
    answer = wren_here.post("/talk/words/", {"words": WORDS})
    assert answer.status_code == 429
    assert WORDS in answer.text
    assert not Ask.objects.exists()
    assert one_of(wren_here.get("/talk/words/"), "textarea").text.strip() == WORDS


def test_an_ask_goes_when_its_time_is_over_but_not_before_what_came_of_it(wren, amal, ask):
    Door.objects.update_or_create(pk=1, defaults={"keep_days": 30})
    offered = acts.offer(wren, ask, amal)
    ask_again = acts.begin_ask(with_key(survivor=Survivor.objects.create(handle=b"y" * 32)), MONEY, "")
    assert ask_again.expires_at < clock.now() + timedelta(days=31)
    Introduction.objects.filter(pk=offered.pk).update(expires_at=clock.now() + timedelta(days=400))
    erase_expired(clock.now() + timedelta(days=200))
    assert list(Ask.objects.all()) == [ask]
    erase_expired(clock.now() + timedelta(days=401))
    assert not Ask.objects.exists()
    assert Tombstone.objects.filter(row=str(ask.pk), fields="").exists()


# --- At the same moment ---------------------------------------------------------------------------------------------


def both(*steps) -> list[str]:
    def take(step) -> str:
        try:
            step()
        except Refused:
            return "refused"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as tabs:
        return sorted(tabs.map(take, steps))


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_pick_two_allies_one_asks(wren, amal, bea, ask):
    assert both(lambda: acts.offer(wren, ask, amal), lambda: acts.offer(wren, ask, bea)) == ["done", "refused"]
    assert Introduction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_that_ask_for_the_first_time_one_does(wren):
    begin = lambda: acts.begin_ask(wren, MONEY, "")  # noqa: E731
    assert both(begin, begin) == ["done", "refused"]
    assert Ask.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_ally_accepts_while_it_is_taken_back_and_one_of_them_does(wren, amal, ask):
    offered = acts.offer(wren, ask, amal)
    assert both(lambda: acts.accept(amal, offered.pk), lambda: acts.withdraw(wren, ask)) == ["done", "refused"]
    offered.refresh_from_db()
    assert (offered.state, state_of(ask)) in [
        (State.ACCEPTED, Ask.State.MET),
        (State.WITHDRAWN, Ask.State.CHOOSING),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_ally_accepts_while_she_stops_looking_and_one_of_them_does(wren, amal, ask):
    offered = acts.offer(wren, ask, amal)
    assert both(lambda: acts.accept(amal, offered.pk), lambda: acts.close_ask(wren)) == ["done", "refused"]
    offered.refresh_from_db()
    assert (offered.state, state_of(ask)) in [
        (State.ACCEPTED, Ask.State.MET),
        (State.WITHDRAWN, Ask.State.CLOSED),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_ally_pauses_while_she_is_asked_and_no_offer_stays_with_her(wren, amal, ask):
    both(lambda: acts.offer(wren, ask, amal), lambda: people.pause(amal))
    assert not Introduction.objects.filter(state=State.OFFERED).exists()
    assert state_of(ask) == Ask.State.CHOOSING


def test_words_sealed_to_another_key_do_not_open(wren):
    with pytest.raises(ClosedError):
        open_words(new_pair().private, close_words(wren.pair, WORDS))
