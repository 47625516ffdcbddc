"""She chooses what about and with whom, step by step, and comes in with a code."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from alongside.core.codes import read_survivor_code
from alongside.core.matching import Wish
from alongside.introductions import beginning, letting_in
from alongside.introductions.models import Ask, Beginning, Door, Introduction
from alongside.introductions.tests.coming import (
    WORDS,
    choose,
    code_shown,
    names_on,
    one_of,
    page_of,
    pick,
    proof,
    prove,
    show_others,
)
from alongside.introductions.tests.conftest import DUTIES, NUMBERS
from alongside.introductions.wishes import open
from alongside.introductions.words import open_words
from alongside.people import acts as people
from alongside.people.acts import CodeTaken
from alongside.people.hers import name_of
from alongside.people.models import Opened, Survivor
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.records.limits import Limit
from alongside.records.turnstile import Busy
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("open_house")


@pytest.fixture
def browser() -> Client:
    return Client()


def busy(*_args, **_kwargs):
    raise OperationalError("database is locked")


def test_somebody_comes_from_the_door_to_her_own_page(browser, amal):
    choose(browser, amal, "money", name="Robin")
    code = code_shown(browser)
    assert len(code) == 6
    assert prove(browser)["Location"] == "/talk/home/"
    ask = Ask.objects.get()
    assert ask.state == Ask.State.OFFERED
    assert open(ask).topics == ("money",)
    offered = Introduction.objects.get()
    assert (offered.ally, offered.state) == (amal, Introduction.State.OFFERED)
    assert name_of(ask.survivor) == "Robin"
    assert browser.get("/talk/home/").status_code == 200
    assert not Beginning.objects.exists()
    assert browser.cookies["b"].value == ""
    opened = people.open_code(read_survivor_code(" ".join(code)), network="here")
    assert open_words(opened.private, ask.words) == WORDS


def test_every_step_can_be_left_out(browser, amal):
    assert names_on(browser) == ["Amal"]
    pick(browser, amal)
    browser.post("/talk/words/", {"words": ""})
    assert prove(browser)["Location"] == "/talk/home/"
    ask = Ask.objects.get()
    assert ask.words is None
    assert open(ask).languages == ("en",)  # of the page that she read
    assert Introduction.objects.get().words is None


def test_nothing_that_she_chose_stands_in_an_address_or_in_clear_on_disk(browser, amal):
    choose(browser, amal, "money", words="The bittern sings.")
    code = code_shown(browser)
    for word in ("bittern", "money", code[2] + " " + code[3], str(amal.pk)):
        assert word.encode() not in Beginning.objects.get().boxed
    on_disk = bytes_on_disk()
    assert b"bittern" not in on_disk
    assert " ".join(code[2:]).encode() not in on_disk


def test_back_shows_what_she_chose(browser, amal):
    browser.post("/talk/topics/", {"topics": ["money", "faith"], "most": "faith"})
    browser.post("/talk/with/", {"woman": "rather", "been_there": "must", "times": ["weekend-night"], "clock": "-300"})
    pick(browser, amal)
    topics, whom = browser.get("/talk/topics/"), browser.get("/talk/with/")
    assert {box["value"] for box in page_of(topics).select("[name=topics][checked]")} == {"money", "faith"}
    assert one_of(topics, "option[selected]")["value"] == "faith"
    assert {box["value"] for box in page_of(whom).select("input[checked]")} == {"rather", "must", "weekend-night", "en"}
    assert one_of(whom, "option[selected]")["value"] == "-300"


def test_what_matters_most_counts_most(browser, amal, bea, tomas):
    browser.post("/talk/topics/", {"topics": ["money", "parenting", "faith"], "most": "parenting"})
    assert names_on(browser)[0] == "Bea"


def test_each_person_stands_there_in_her_own_words_with_why_and_never_that_she_has_been_there(browser, amal, bea):
    browser.post("/talk/topics/", {"topics": ["money"]})
    browser.post("/talk/with/", {"been_there": "rather", "woman": "rather"})
    page = browser.get("/talk/people/").text
    assert names_on(browser) == ["Amal", "Bea"]
    assert "I know about money." in page
    assert "Good at what you chose: Money and debts." in page
    assert "A woman, as you wished." in page
    assert "been there" not in page.split("<main")[1].lower()


def test_what_must_be_leaves_out_everybody_else(browser, amal, bea, tomas):
    browser.post("/talk/with/", {"woman": "must"})
    assert set(names_on(browser)) == {"Amal", "Bea"}
    browser.post("/talk/with/", {"been_there": "must"})
    assert names_on(browser) == ["Amal"]
    browser.post("/talk/with/", {"languages": ["es"]})
    assert names_on(browser) == ["Tomas"]


def test_she_sees_other_people_until_there_are_none_and_then_the_first_again(browser, make_ally, amal, bea, tomas):
    make_ally("dee", "money")
    browser.post("/talk/topics/", {"topics": ["money"]})
    first = names_on(browser)
    assert len(first) == 3
    show_others(browser)
    (other,) = names_on(browser)
    assert other not in first
    assert "show the first again" in browser.get("/talk/people/").text
    show_others(browser)
    assert names_on(browser) == first


def test_who_has_chosen_nothing_yet_sees_others_than_those_on_the_page(browser, make_ally, amal, bea, tomas):
    make_ally("dee", "money")
    page = page_of(browser.get("/talk/people/"))
    shown = [field["value"] for field in page.select("[name=shown]")]
    browser.post("/talk/people/", {"others": "1", "shown": [*shown, "nonsense"]})
    assert set(names_on(browser)).isdisjoint(heading.text for heading in page.select("article h2"))


def test_who_paused_meanwhile_cannot_be_picked_and_the_others_are_shown(browser, amal, bea):
    people.pause(amal)
    answer = pick(browser, amal)
    assert answer.status_code == 409
    assert "not free any more" in answer.text
    assert [heading.text for heading in page_of(answer).select("article h2")] == ["Bea"]
    assert browser.post("/talk/people/", {"pick": "nonsense"}).status_code == 409


def test_before_the_box_stands_what_must_be_passed_on_and_under_it_how_long_answers_take(browser, amal):
    pick(browser, amal)
    page = browser.get("/talk/words/").text
    duties, box = page.index("children’s office"), page.index("<textarea")
    assert duties < box < page.index("a day or two") < page.rindex(NUMBERS)
    assert DUTIES.split(",")[0] in page
    assert "Nobody watches this all the time." in page


def test_words_that_are_too_long_stay_in_the_box(browser, amal):
    pick(browser, amal)
    answer = browser.post("/talk/words/", {"words": "bittern " * 600})
    assert answer.status_code == 422
    assert "4000 fit" in answer.text
    assert answer.text.count("bittern") == 600


def test_a_topic_that_was_taken_away_meanwhile_is_said_so(browser):
    answer = browser.post("/talk/topics/", {"topics": ["money", "gone"]})
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.text


def test_words_that_come_after_two_hours_come_back(browser, amal):
    pick(browser, amal)
    with clock.moved_to(clock.now() + timedelta(hours=2, minutes=1)):
        answer = browser.post("/talk/words/", {"words": WORDS})
        assert answer.status_code == 409
        assert WORDS in answer.text
        erase_expired(clock.now())
    assert not Beginning.objects.exists()


def test_leaving_drops_what_she_chose(browser, amal):
    choose(browser, amal)
    beginning.drop(browser.cookies["b"].value)
    assert not Beginning.objects.exists()
    assert browser.get("/talk/code/")["Location"] == "/talk/people/"
    beginning.drop("nonsense")


def test_her_code_stays_the_same_until_she_proves_it(browser, amal):
    choose(browser, amal)
    code = code_shown(browser)
    browser.post("/talk/words/", {"words": "Other words."})
    assert code_shown(browser) == code
    picture = browser.get("/talk/code/picture/")
    assert picture["Content-Type"] == "image/png"
    assert "picture.png" in picture["Content-Disposition"]


def test_wrong_words_prove_nothing_and_she_can_look_again(browser, amal):
    choose(browser, amal)
    answer = browser.post("/talk/code/prove/", {"first": "wrong", "second": "words"})
    assert answer.status_code == 422
    assert "not the two words" in answer.text
    assert not Survivor.objects.exists()
    assert prove(browser).status_code == 302


def test_two_clicks_on_the_last_button_are_one_person(browser, amal):
    choose(browser, amal)
    typed, cookie = proof(browser, code_shown(browser)), browser.cookies["b"].value
    assert browser.post("/talk/code/prove/", typed)["Location"] == "/talk/home/"
    again = Client()
    again.cookies["b"] = cookie
    assert again.post("/talk/code/prove/", typed)["Location"] == "/talk/home/"
    assert Survivor.objects.count() == Ask.objects.count() == 1


def test_when_others_are_before_her_she_keeps_her_place(browser, amal, monkeypatch):
    choose(browser, amal)
    typed = proof(browser, code_shown(browser))

    def busy(*_args, **_kwargs):
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr("alongside.introductions.code_views.come", busy)
        answer = browser.post("/talk/code/prove/", typed)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert typed["first"] in answer.text
    assert browser.post("/talk/code/prove/", typed)["Location"] == "/talk/home/"
    assert Ask.objects.get().words is not None


def test_when_somebody_else_came_with_the_same_first_words_she_gets_others(browser, amal, monkeypatch):
    choose(browser, amal)
    code = code_shown(browser)

    def taken(*_args, **_kwargs):
        raise CodeTaken

    with monkeypatch.context() as patched:
        patched.setattr("alongside.introductions.code_views.come", taken)
        answer = browser.post("/talk/code/prove/", proof(browser, code))
    assert answer.status_code == 409
    other = [word.text for word in page_of(answer).select("ol.code li")]
    assert other != code
    assert code_shown(browser) == other
    assert prove(browser)["Location"] == "/talk/home/"


def test_what_breaks_while_it_opens_leaves_all_that_she_chose_and_another_code(browser, amal, monkeypatch):
    choose(browser, amal)
    typed, code = proof(browser, code_shown(browser)), code_shown(browser)
    with monkeypatch.context() as patched:
        patched.setattr("alongside.introductions.code_views.open_here", busy)
        with pytest.raises(OperationalError):
            browser.post("/talk/code/prove/", typed)
    assert browser.post("/talk/code/prove/", typed).status_code == 409
    assert code_shown(browser) != code
    assert prove(browser)["Location"] == "/talk/home/"
    assert Ask.objects.get().words is not None


def test_what_breaks_on_the_way_leaves_all_that_she_chose(browser, amal, monkeypatch):
    choose(browser, amal)
    typed = proof(browser, code_shown(browser))

    def broken(*_args, **_kwargs):
        raise RuntimeError

    browser.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("alongside.introductions.code_views.come", broken)
        assert browser.post("/talk/code/prove/", typed).status_code == 500
    assert browser.post("/talk/code/prove/", typed)["Location"] == "/talk/home/"


@pytest.mark.parametrize("step", ["begin_ask", "offer"])
def test_when_the_server_is_too_busy_after_her_code_she_has_come_and_loses_no_word(browser, amal, monkeypatch, step):
    choose(browser, amal, "money")
    typed = proof(browser, code_shown(browser))
    with monkeypatch.context() as patched:
        patched.setattr(f"alongside.introductions.asking_now.{step}", busy)
        answer = browser.post("/talk/code/prove/", typed)
    assert answer.status_code == 503
    assert WORDS in one_of(answer, "textarea").text
    assert "Your code counts" in answer.text
    assert not Introduction.objects.exists()
    assert pick(browser, amal)["Location"] == "/talk/words/"
    assert WORDS in one_of(browser.get("/talk/words/"), "textarea").text
    assert browser.post("/talk/words/", {"words": WORDS})["Location"] == "/talk/home/"
    assert (Ask.objects.get().state, open(Ask.objects.get()).topics) == (Ask.State.OFFERED, ("money",))
    assert Survivor.objects.count() == 1


def test_where_nothing_can_be_kept_at_all_she_has_her_words_to_copy(browser, amal, monkeypatch):
    choose(browser, amal)
    typed = proof(browser, code_shown(browser))
    monkeypatch.setattr("alongside.introductions.asking_now.begin_ask", busy)
    monkeypatch.setattr(beginning, "put_back", busy)
    answer = browser.post("/talk/code/prove/", typed)
    assert answer.status_code == 503
    assert WORDS in one_of(answer, "textarea").text
    assert "kept" not in one_of(answer, "main").text
    assert browser.get("/talk/home/").status_code == 200


def test_words_that_a_busy_server_did_not_keep_come_back(browser, amal, monkeypatch):
    choose(browser, amal, words="")
    monkeypatch.setattr(beginning, "keep", busy)
    answer = browser.post("/talk/words/", {"words": WORDS})
    assert answer.status_code == 503
    assert WORDS in one_of(answer, "textarea").text


def test_who_was_free_when_she_chose_and_is_not_when_she_comes_is_said_so_on_her_page(browser, amal, bea):
    choose(browser, amal)
    people.pause(amal)
    assert prove(browser)["Location"] == "/talk/home/"
    assert Ask.objects.get().state == Ask.State.CHOOSING
    assert "not free any more" in browser.get("/talk/home/").text
    assert not Introduction.objects.exists()


def test_one_network_can_bring_many_people_but_not_any_number_and_nothing_is_lost(amal, monkeypatch):
    monkeypatch.setattr(letting_in, "ASKS_OF_A_NETWORK", Limit("asks of a network", 2, timedelta(days=1)))
    for number in range(3):
        browser = Client()
        choose(browser, amal)
        answer = prove(browser)
        assert answer.status_code == (429 if number == 2 else 302)
    assert Survivor.objects.count() == 2
    assert NUMBERS in answer.text
    monkeypatch.setattr(letting_in, "ASKS_OF_A_NETWORK", Limit("asks of a network", 9, timedelta(days=1)))
    assert prove(browser)["Location"] == "/talk/home/"
    assert Ask.objects.count() == 3


def test_a_slowed_door_lets_fewer_in_from_all_networks_together(amal, monkeypatch):
    Door.objects.update(slowed_at=clock.now())
    monkeypatch.setattr(letting_in, "ASKS_WHILE_SLOWED", Limit("asks", 1, timedelta(hours=1)))
    statuses = []
    for number in range(2):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        choose(browser, amal)
        statuses.append(prove(browser).status_code)
    assert statuses == [302, 429]


def test_other_people_are_shown_only_so_often(browser, make_ally, amal, bea, tomas, monkeypatch):
    make_ally("dee", "money")
    monkeypatch.setattr(letting_in, "OTHERS_OF_A_NETWORK", Limit("others of a network", 1, timedelta(days=1)))
    assert show_others(browser).status_code == 302
    answer = show_others(browser)
    assert answer.status_code == 429
    assert "is kept here" in answer.text


def test_too_many_beginnings_of_one_network_give_words_back(browser, amal, monkeypatch):
    monkeypatch.setattr(letting_in, "BEGINNINGS_OF_A_NETWORK", Limit("beginnings", 0, timedelta(days=1)))
    assert browser.post("/talk/topics/", {"topics": ["money"]}).status_code == 429
    assert not Beginning.objects.exists()


def test_her_cookie_goes_to_her_pages_alone_and_no_script_sees_it(browser, settings):
    settings.BEHIND_TLS = True
    cookie = browser.post("/talk/topics/", {}).cookies["b"]
    assert (cookie["path"], cookie["samesite"]) == ("/talk/", "Strict")
    assert cookie["httponly"]
    assert cookie["secure"]
    assert not cookie["max-age"]
    assert not cookie["expires"]


def test_who_has_a_code_begins_on_her_own_page(wren_here):
    for step in ("topics", "with", "people", "words"):
        assert wren_here.get(f"/talk/{step}/")["Location"] == "/talk/again/"
    assert Opened.objects.count() == 1


def test_nobody_goes_on_with_what_another_began(browser, amal, wren, open_in):
    browser.post("/talk/topics/", {"topics": ["money"]})
    open_in(browser, wren)
    browser.post("/talk/again/")
    assert not page_of(browser.get("/talk/topics/")).select("[name=topics][checked]")


def test_clocks_are_shown_by_their_time_and_the_houses_is_first(browser):
    Door.objects.update(time_zone="Asia/Kolkata")
    chosen = one_of(browser.get("/talk/with/"), "option[selected]")
    assert chosen["value"] == "330"
    assert re.fullmatch(r"\w+day \d\d:\d\d", chosen.text.strip())


def test_times_are_kept_by_her_clock(browser, amal):
    browser.post("/talk/with/", {"times": ["weekdays-morning"], "clock": "330", "woman": "rather"})
    pick(browser, amal)
    browser.post("/talk/words/", {})
    prove(browser)
    wishes = open(Ask.objects.get())
    assert (wishes.times, wishes.clock, wishes.woman) == (("weekdays-morning",), 330, Wish.RATHER)
