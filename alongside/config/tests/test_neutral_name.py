"""Survivors are served under a neutral name, by a server of their own, or both: nothing else is there."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from alongside.config import talk_settings
from alongside.introductions.models import Door
from alongside.introductions.tests import coming
from alongside.introductions.tests.conftest import amal, make_ally, open_house, wren_here  # noqa: F401 - fixtures
from alongside.people.models import Opened, Survivor

NEUTRAL = "notes.example.org"
OF_OTHERS = ("/account/login/", "/account/", "/desk/", "/edit/", "/edit/login/", "/me/", "/workshop/", "/ally/", "/no/")
ALONE = ("MIDDLEWARE", "TEMPLATES", "ROOT_URLCONF")
"""What differs in a server that serves survivors alone, besides the names at which it answers."""


@pytest.fixture
def neutral(db, settings) -> Client:
    """A browser at the neutral name of a house that has one."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, talk_hosts=(NEUTRAL,))
    settings.ALLOWED_HOSTS = [NEUTRAL, "testserver"]
    return Client(headers={"host": NEUTRAL})


@pytest.fixture
def server_of_its_own(db, settings) -> None:
    """A server that serves survivors alone."""
    for name in ALONE:
        setattr(settings, name, getattr(talk_settings, name))


def sees_nothing_but_notes(browser: Client) -> None:
    assert browser.get("/")["Location"] == "/talk/"
    assert browser.get("/talk/").status_code == 200
    for address in OF_OTHERS:
        nothing = browser.get(address)
        assert nothing.status_code == 404, address
        assert "<title>Notes</title>" in nothing.text
        assert "Alongside" not in nothing.text
        assert nothing["Cache-Control"] == "no-store, private"
        assert "Content-Security-Policy" in nothing
        assert not nothing.cookies


def walks_through(browser: Client, ally) -> None:
    """Ask somebody, keep the code, open it again, and look at all that is hers."""
    coming.choose(browser, ally, "money")
    words = coming.code_shown(browser)
    assert coming.prove(browser)["Location"] == "/talk/home/"
    assert browser.post("/talk/close/")["Location"] == "/talk/open/"
    assert browser.post("/talk/open/", {"code": " ".join(words)})["Location"] == "/talk/home/"
    pages = ("home/", "settings/", "look/", "notice/", "code/change/", "delete/", "care/", "again/", "leave/", "quiet/")
    for page in pages:
        assert browser.get(f"/talk/{page}").status_code == 200, page
    assert Survivor.objects.count() == 1
    assert browser.post("/talk/leave/").status_code == 200
    assert not Opened.objects.exists()


def test_at_the_neutral_name_nothing_else_is_there(neutral):
    sees_nothing_but_notes(neutral)


def test_in_a_server_of_its_own_nothing_else_is_there(server_of_its_own):
    sees_nothing_but_notes(Client())


@pytest.mark.usefixtures("open_house")
def test_she_goes_all_the_way_at_the_neutral_name(neutral, amal):  # noqa: F811
    walks_through(neutral, amal)


@pytest.mark.usefixtures("open_house", "server_of_its_own")
def test_she_goes_all_the_way_in_a_server_of_its_own(amal):  # noqa: F811
    walks_through(Client(), amal)


def test_what_is_hers_is_there_at_the_other_names_too_unless_it_is_set_otherwise(neutral, settings):
    elsewhere = Client()
    assert elsewhere.get("/talk/").status_code == 200
    assert elsewhere.get("/account/login/").status_code == 200
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, talk_there_only=True)
    gone = elsewhere.get("/talk/open/")
    assert gone.status_code == 404
    assert "Alongside" in gone.text, "as any page that is not there"
    assert elsewhere.get("/account/login/").status_code == 200
    assert neutral.get("/talk/open/").status_code == 200


def test_a_form_without_its_token_and_a_broken_page_look_like_notes(neutral, monkeypatch):
    strict = Client(enforce_csrf_checks=True, headers={"host": NEUTRAL}, raise_request_exception=False)
    refused = strict.post("/talk/open/", {"code": "a"})
    assert (refused.status_code, "<title>Notes</title>" in refused.text) == (403, True)
    monkeypatch.setattr("alongside.introductions.door_views.is_open", lambda: 1 / 0)
    broken = strict.get("/talk/")
    assert (broken.status_code, "<title>Notes</title>" in broken.text) == (500, True)


def test_every_address_there_is_one_of_hers():
    root, all_others = get_resolver(talk_settings.ROOT_URLCONF).url_patterns
    assert (str(root.pattern), str(all_others.pattern)) == ("", "")
    assert isinstance(all_others, URLResolver)
    assert {str(each.pattern) for each in all_others.url_patterns} == {"talk/"}


def test_the_front_page_leads_to_the_door_while_it_is_open(open_house, some_content, client, settings):  # noqa: F811
    assert 'href="/talk/"' in client.get("/").text
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, talk_hosts=(NEUTRAL,), proxies=1)
    assert f'href="https://{NEUTRAL}/talk/"' in client.get("/").text
    Door.objects.update(is_wanted=False)
    assert "/talk/" not in client.get("/").text
