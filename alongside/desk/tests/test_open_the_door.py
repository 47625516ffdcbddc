"""The door for people who come to talk: what is missing, opening and closing it, what is said there, the terms."""

import pytest
from django.test import Client

from alongside.desk import at_the_door
from alongside.introductions import acts
from alongside.introductions.door import is_open
from alongside.introductions.models import Door
from alongside.introductions.tests.conftest import amal, make_ally, open_house  # noqa: F401 - fixtures
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/desk/door/"
SAID = {
    "under_age": "The youth line: 0800 111 111",
    "answers_take": "a day or two",
    "time_zone": "Europe/Lisbon",
    "keep_days": "90",
    "keep_reports_days": "400",
}


@pytest.fixture
def ready(open_house) -> Door:  # noqa: F811
    """A house in which everything is there, and the door is closed still."""
    Door.objects.update(is_wanted=False)
    return Door.current()


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__in=_OF_THE_DOOR).order_by("id").values_list("verb", flat=True))


_OF_THE_DOOR = [verb for verb in Verb if verb.startswith("door_") or verb == Verb.TERMS_CHANGED]


def test_a_new_house_says_all_that_is_missing_and_where_it_is_seen_to(as_, cora):
    page = as_(cora).get(PAGE).text
    assert "It is closed" in page
    assert "It can be opened when everything is done." in page
    for url in ("/desk/settings/#id_duties", "/desk/team/#care", "/desk/introductions/#allies", f"{PAGE}#id_under_age"):
        assert f'href="{url}"' in page
    assert "/desk/door/open/" not in page
    assert at_the_door.look().missing == 8


def test_every_line_leads_to_something_that_is_there(as_, cora):
    for line in at_the_door.look().lines:
        path, _, place = line.url.partition("#")
        assert f'id="{place}"' in as_(cora).get(path).text


def test_the_door_does_not_open_while_something_is_missing(as_, cora):
    answer = as_(cora).post(f"{PAGE}open/", follow=True)
    assert "Something is still missing" in answer.text
    assert not Door.current().is_wanted


def test_a_coordinator_opens_the_door_and_closes_it(as_, cora, ready):
    browser = as_(cora)
    assert "Open the door" in browser.get(PAGE).text
    assert "The door is open." in browser.post(f"{PAGE}open/", follow=True).text
    assert is_open()
    assert 'href="/talk/"' in browser.get(PAGE).text
    assert "This has been done meanwhile" in browser.post(f"{PAGE}open/", follow=True).text
    assert "The door is closed." in browser.post(f"{PAGE}close/", follow=True).text
    assert not is_open()
    assert verbs() == [Verb.DOOR_OPENED, Verb.DOOR_CLOSED]


def test_an_open_door_that_misses_something_closes_says_so_and_opens_again_with_it(
    as_,
    cora,
    marisol,
    ready,
    amal,  # noqa: F811
):
    acts.open_door(cora)
    people.pause(amal)
    assert "You opened it, and something is missing now." in as_(cora).get(PAGE).text
    assert "You opened it, and 1 thing is missing now." in as_(marisol).get("/desk/introductions/").text
    sentence = "You opened the door, and it is closed: something is missing."
    assert sentence in as_(cora).get("/desk/").text
    assert sentence not in as_(marisol).get("/desk/").text, "who cannot see to it"
    people.resume(amal)
    assert is_open()
    assert sentence not in as_(cora).get("/desk/").text


def test_what_is_said_there_and_the_terms_are_kept(as_, cora):
    answer = as_(cora).post(PAGE, SAID, follow=True)
    assert "Kept." in answer.text
    door = Door.current()
    assert {name: str(getattr(door, name)) for name in SAID} == SAID
    assert verbs() == [Verb.TERMS_CHANGED, Verb.DOOR_CHANGED]
    as_(cora).post(PAGE, SAID)
    assert len(verbs()) == 2, "nothing has changed"
    assert not door.is_wanted


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("keep_days", "29", "Write 30 days or more."),
        ("keep_days", "", "Write the number of days in figures"),
        ("keep_reports_days", "731", "Write 730 days or less."),
        ("keep_reports_days", "a year", "Write the number of days in figures"),
        ("time_zone", "Atlantis", "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_says_why_and_nothing_typed_is_lost(as_, cora, name, typed, sentence):
    refused = as_(cora).post(PAGE, {**SAID, name: typed, "under_age": "Half a <thought>"})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Half a &lt;thought&gt;" in refused.text
    assert not Door.objects.exists()


def test_new_terms_take_no_day_from_what_is_there(as_, cora):
    assert "What is there keeps the day that people were told" in as_(cora).get(PAGE).text


def test_the_settings_lead_to_the_door(as_, cora, ready):
    page = as_(cora).get("/desk/settings/").text
    assert "It is closed. Its page says what is missing" in page
    acts.open_door(cora)
    assert "It is closed. Its page" not in as_(cora).get("/desk/settings/").text


def test_a_survivor_leader_slows_the_door_and_does_not_open_it(as_, marisol, ready):
    for address in (PAGE, f"{PAGE}open/", f"{PAGE}close/"):
        assert as_(marisol).post(address).status_code == 404
    for act in (acts.open_door, acts.close_door):
        with pytest.raises(Refused, match="Only coordinators"):
            act(marisol)
    with pytest.raises(Refused, match="Only coordinators"):
        acts.change_door(marisol, {"keep_days": 30})
    acts.slow_door(marisol)
    assert Door.current().slowed_at


def test_whose_role_rests_does_nothing(cora, ruth):
    cora.authenticator_set.all().delete()
    for act in (acts.open_door, acts.close_door, acts.slow_door, acts.slow_door_no_more):
        for who in (cora, ruth):
            with pytest.raises(Refused):
                act(who)
    assert not Door.objects.exists()


def test_only_what_is_the_doors_is_decided_there(cora):
    with pytest.raises(ValueError, match="is_wanted"):
        acts.change_door(cora, {"is_wanted": True})


def test_people_see_at_once_that_it_is_closed(cora, ready):
    acts.open_door(cora)
    assert "/talk/topics/" in Client().get("/talk/").text
    acts.close_door(cora)
    assert "/talk/topics/" not in Client().get("/talk/").text
