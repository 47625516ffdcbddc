"""When nobody fits: a page that says so, a wish that waits, and what she sees when she returns."""

from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.core.matching import Wish
from alongside.introductions import acts
from alongside.introductions.fitting import shortlist_for
from alongside.introductions.models import Ask, NobodyFound
from alongside.introductions.tests.coming import WORDS, names_on, page_of, prove
from alongside.introductions.tests.conftest import NUMBERS
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.acts.choosing import choose_notice
from alongside.people.hers import Wording
from alongside.people.models import Notice, Survivor
from alongside.records import clock
from alongside.records.ticking import do_what_is_due
from tests.cast import with_key

SPANISH = Wishes(topics=("money", "faith"), languages=("es",))


@pytest.fixture
def waiting(wren) -> Ask:
    ask = acts.begin_ask(wren, SPANISH, WORDS)
    acts.wait(wren, ask)
    return Ask.objects.get(pk=ask.pk)


def counts() -> dict[str, int]:
    return dict(NobodyFound.objects.values_list("topic", "count"))


def tick() -> None:
    acts.find_for_those_who_wait(clock.now())


def test_nobody_fits_and_the_page_says_what_will_happen_and_whom_to_call(open_house, amal, bea):
    browser = Client()
    browser.post("/talk/topics/", {"topics": ["money"]})
    browser.post("/talk/with/", {"been_there": "must"})
    people.pause(amal)
    page = browser.get("/talk/people/").text
    assert "Nobody fits just now" in page
    assert "nothing is sent to you" in page
    assert NUMBERS in page
    browser.get("/talk/people/")
    assert counts() == {"": 1, "money": 1}
    assert browser.post("/talk/people/", {"wait": "1"})["Location"] == "/talk/code/"
    assert prove(browser)["Location"] == "/talk/home/"
    ask = Ask.objects.get()
    assert (ask.state, ask.words) == (Ask.State.WAITING, None)
    assert ask.waits_since is not None
    assert counts() == {"": 1, "money": 1}
    assert "Your wish waits" in browser.get("/talk/home/").text
    people.resume(amal)
    tick()
    assert "There is somebody now" in browser.get("/talk/home/").text
    assert browser.post("/talk/again/")["Location"] == "/talk/people/"
    assert names_on(browser) == ["Amal"]


def test_who_has_a_code_can_wait_and_look_again(open_house, amal, wren_here):
    wren_here.post("/talk/again/")
    wren_here.post("/talk/topics/", {"topics": ["faith"]})
    people.pause(amal)
    assert wren_here.post("/talk/people/", {"wait": "1"})["Location"] == "/talk/"  # closed: the only ally has paused
    people.resume(amal)
    assert wren_here.post("/talk/people/", {"wait": "1"})["Location"] == "/talk/home/"
    since = Ask.objects.get().waits_since
    wren_here.post("/talk/again/")
    assert wren_here.post("/talk/people/", {"wait": "1"})["Location"] == "/talk/home/"
    ask = Ask.objects.get()
    assert (ask.state, ask.waits_since) == (Ask.State.WAITING, since)
    assert counts() == {"": 1, "faith": 1}


def test_a_tick_finds_somebody_who_has_come_meanwhile_and_loses_her_again(waiting, amal, make_ally):
    tick()
    waiting.refresh_from_db()
    assert waiting.found_at is None
    tomas = make_ally("tomas", "faith", languages=["es"])
    do_what_is_due(clock.now())
    waiting.refresh_from_db()
    found_at = waiting.found_at
    assert found_at is not None
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        tick()
    waiting.refresh_from_db()
    assert waiting.found_at == found_at
    people.pause(tomas)
    tick()
    waiting.refresh_from_db()
    assert waiting.found_at is None


def test_of_two_who_wait_for_one_ally_the_one_who_waits_longer_is_told(waiting, lark, make_ally):
    with clock.moved_to(clock.now() - timedelta(hours=3)):
        earlier = acts.begin_ask(lark, SPANISH, "")
        acts.wait(lark, earlier)
    make_ally("tomas", "faith", languages=["es"], capacity=1)
    tick()
    assert list(Ask.objects.filter(found_at__isnull=False)) == [earlier]


def test_whoever_wants_notices_gets_one_and_who_does_not_gets_none(waiting, lark, make_ally, settings):
    settings.MAIL_WORKS = True
    choose_notice(lark.survivor, Wording("lark@alongside.example", "Choir", "Rehearsal"))
    acts.wait(lark, acts.begin_ask(lark, SPANISH, ""))
    make_ally("tomas", "faith", languages=["es"], capacity=2)
    tick()
    tick()
    assert Notice.objects.get().survivor == lark.survivor
    assert Ask.objects.filter(found_at__isnull=False).count() == 2


def test_who_declined_is_not_found_for_the_same_ask(wren, waiting, make_ally):
    tomas = make_ally("tomas", "faith", languages=["es"])
    acts.decline(tomas, acts.offer(wren, waiting, tomas).pk)
    acts.wait(wren, waiting)
    tick()
    waiting.refresh_from_db()
    assert waiting.found_at is None


def test_whoever_waits_is_asked_for_by_nobody_without_allies(waiting):
    tick()
    waiting.refresh_from_db()
    assert waiting.state == Ask.State.WAITING


def test_what_is_offered_or_closed_waits_no_more(wren, waiting, make_ally):
    tomas = make_ally("tomas", "faith", languages=["es"])
    tick()
    acts.offer(wren, waiting, tomas)
    waiting.refresh_from_db()
    assert (waiting.waits_since, waiting.found_at) == (None, None)
    with pytest.raises(Refused):
        acts.wait(wren, waiting)


def test_those_who_find_nobody_are_counted_for_each_month_and_topic(db):
    with clock.moved_to(clock.now().replace(year=2026, month=3, day=31)):
        acts.note_nobody_found(["money", "faith"])
        acts.note_nobody_found([])
    with clock.moved_to(clock.now().replace(year=2026, month=4, day=1)):
        acts.note_nobody_found(["money", "money"])
    rows = set(NobodyFound.objects.values_list("month", "topic", "count"))
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    assert rows == {(march, "", 2), (march, "money", 1), (march, "faith", 1), (april, "", 1), (april, "money", 1)}


def test_the_times_that_she_chose_are_by_her_own_clock(make_ally, db):
    ally = make_ally("amal", "money", hours=list(range(9, 12)), time_zone="Asia/Tokyo")  # Monday, 9 to 12
    there = "There at some of the times that you chose."
    tokyo, london = (Wishes(times=("weekdays-morning",), clock=ahead, languages=("en",)) for ahead in (540, 0))
    assert there in shortlist_for(tokyo, ())[0].why
    assert there not in shortlist_for(london, ())[0].why
    assert shortlist_for(tokyo, {ally.pk}) == []
    nobody = Wishes(woman=Wish.MUST)
    assert shortlist_for(nobody, ()) == []


def test_a_wish_whose_ask_is_deleted_with_the_survivor_is_gone(waiting, wren):
    Survivor.objects.filter(pk=wren.survivor.pk).delete()
    assert not Ask.objects.exists()
    tick()


def test_the_page_of_somebody_who_waits_offers_to_change_what_she_chose(open_house, waiting, wren_here):
    page = page_of(wren_here.get("/talk/again/"))
    assert "Look, or change what I chose" in [button.text for button in page.select("button")]
    other = with_key(survivor=Survivor.objects.create(handle=b"z" * 32))
    assert acts.open_ask(other) is None


def test_she_is_told_a_week_before_her_wish_is_erased_and_to_choose_anew_keeps_it(wren, waiting, wren_here):
    def page(left: timedelta) -> str:
        Ask.objects.update(expires_at=clock.now() + left)
        return str(wren_here.get("/talk/home/").text)

    assert "is erased on" not in page(timedelta(days=8))
    assert "is erased on" in page(timedelta(days=6))
    acts.change_ask(wren, waiting, SPANISH, WORDS)
    assert "is erased on" not in wren_here.get("/talk/home/").text


def test_what_an_ally_could_not_take_is_announced_as_well_and_what_waits_for_her_answer_is_not(wren, wren_here, amal):
    ask = acts.begin_ask(wren, Wishes(languages=("en",)), WORDS)
    introduction = acts.offer(wren, ask, amal)
    Ask.objects.update(expires_at=clock.now() + timedelta(days=6))
    assert "is erased on" not in wren_here.get("/talk/home/").text
    acts.decline(amal, introduction.pk)
    assert "is erased on" in wren_here.get("/talk/home/").text
