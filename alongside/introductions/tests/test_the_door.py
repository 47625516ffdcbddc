"""The door: closed until everything is there that must be, and honest in both states."""

import pytest
from django.test import Client

from alongside.introductions.door import is_open, what_is_missing
from alongside.introductions.models import Beginning, Door, Topic
from alongside.introductions.tests.conftest import NUMBERS
from alongside.introductions.topics import FIRST_TOPICS, make_first_topics
from alongside.people import acts as people
from alongside.people.models import CareMember, KeyPair, Organisation


def test_a_new_house_is_closed_and_says_all_that_is_missing(db):
    assert not is_open()
    assert len(what_is_missing()) == 9


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Organisation, {"minimum_age": None}),
        (Organisation, {"duties": " \n "}),
        (Organisation, {"numbers": "\n"}),
        (Organisation, {"safeguarding_lead": ""}),
        (Organisation, {"lead": None}),
        (Door, {"under_age": " "}),
        (Door, {"answers_take": ""}),
        (Door, {"is_wanted": False}),
    ],
)
def test_the_door_closes_when_one_thing_is_taken_away(open_house, model, change):
    assert what_is_missing() == []
    model.objects.update(**change)
    assert len(what_is_missing()) == 1


def test_the_door_closes_when_one_of_two_care_members_leaves_or_has_no_key(open_house, cora):
    KeyPair.objects.filter(user=cora).delete()
    assert "two care members" in what_is_missing()[0]
    CareMember.objects.all().delete()
    first, second = what_is_missing()
    assert "told first" in first
    assert "two care members" in second


def test_the_door_closes_while_the_only_ally_takes_time_away(open_house, amal):
    people.pause(amal)
    assert "one ally" in what_is_missing()[0]
    people.resume(amal)
    assert is_open()


def test_a_closed_door_gives_the_numbers_and_no_way_in_but_for_who_has_a_code(open_house):
    Door.objects.update(is_wanted=False)
    browser = Client()
    page = browser.get("/talk/").text
    assert NUMBERS in page
    assert "The youth line: 0800 111 111" in page
    assert "/talk/topics/" not in page
    assert "/talk/open/" in page
    for step in ("topics", "with", "people", "words", "code", "code/picture", "code/prove"):
        assert browser.get(f"/talk/{step}/")["Location"] == "/talk/"
        assert browser.post(f"/talk/{step}/")["Location"] == "/talk/"
    assert not Beginning.objects.exists()


def test_words_that_were_typed_while_the_door_closed_come_back(open_house):
    Door.objects.update(is_wanted=False)
    answer = Client().post("/talk/words/", {"words": "The bittern sings."})
    assert answer.status_code == 409
    assert "The bittern sings." in answer.text


def test_the_open_door_says_who_helps_younger_people_and_asks_no_age(open_house):
    page = Client().get("/talk/").text
    assert "younger than 18" in page
    assert "The youth line: 0800 111 111" in page
    assert "<input" not in page.split("<main", 1)[1]


def test_the_first_page_sets_no_cookie_and_knows_nobody(open_house, as_, cora):
    answer = as_(cora).get("/talk/")
    assert "b" not in answer.cookies
    assert "Cora" not in answer.text
    assert "<title>Notes</title>" in answer.text
    assert answer["Cache-Control"] == "no-store, private"


def test_who_has_her_code_open_is_led_to_her_own_page(open_house, wren_here):
    assert wren_here.get("/talk/")["Location"] == "/talk/home/"


def test_a_new_house_begins_with_topics_and_keeps_those_that_were_changed(db):
    make_first_topics()
    assert Topic.objects.count() == len(FIRST_TOPICS)
    Topic.objects.filter(slug="money").update(name="Rent", is_offered=False)
    Topic.objects.filter(slug="faith").delete()
    make_first_topics()
    assert Topic.objects.get(slug="money").name == "Rent"
    assert not Topic.objects.filter(slug="faith").exists()
