"""Who works at the desk: inviting, withdrawing, taking a role away, helping somebody sign in."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.urls import reverse

from alongside.people import acts
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, OneTimeLink, Session
from alongside.people.tests.conftest import code_for
from alongside.records import clock
from alongside.records.models import Entry, Verb
from conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("db")
TEAM = "/desk/team/"


def link_on(page: str) -> str:
    found = re.search(r'value="http://testserver(/me/[^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(("role", "group"), [("coordinator", COORDINATOR), ("survivor-leader", SURVIVOR_LEADER)])
def test_a_link_to_a_role_is_shown_once_and_gives_it_to_somebody_else(as_, as_proved, cora, ruth, role, group):
    address = reverse("desk:invite", args=[role])
    browser = as_proved(cora)
    assert "It lasts seven days." not in browser.get(address).text
    assert not OneTimeLink.objects.exists()
    made = browser.post(address).text
    assert "It lasts seven days." in made
    link = link_on(made)
    assert link not in browser.get(TEAM).text
    browser.post(link)
    assert list(cora.groups.values_list("name", flat=True)) == [COORDINATOR], "nobody grants herself a role"
    as_(ruth).post(link)
    assert list(ruth.groups.values_list("name", flat=True)) == [group]
    assert "not set yet: the role rests" in browser.get(TEAM).text


def test_there_is_no_other_role_to_give(as_proved, cora):
    assert as_proved(cora).post("/desk/team/invite/superuser/").status_code == 404
    assert not OneTimeLink.objects.exists()


def test_an_open_invitation_is_listed_and_withdrawn(as_, cora, make_account):
    token = acts.invite(cora, SURVIVOR_LEADER)
    browser = as_(make_account("dana", COORDINATOR))
    page = browser.get(TEAM).text
    assert "For a survivor leader" in page
    assert "made by Cora" in page
    address = reverse("desk:withdraw_invitation", args=[OneTimeLink.objects.get().pk])
    gone = browser.post(address, follow=True).text
    assert "The link does not work any more." in gone
    assert "For a survivor leader" not in gone
    assert acts.find_role_link(token) is None
    assert browser.post(address).status_code == 404
    assert Entry.objects.filter(verb=Verb.INVITATION_WITHDRAWN).count() == 1


def test_an_invitation_that_ran_out_is_not_listed(as_, cora):
    acts.invite(cora, COORDINATOR)
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "Open invitations" not in as_(cora).get(TEAM).text


def test_a_role_is_taken_away_and_every_session_ends(as_, as_proved, cora, marisol):
    hers = as_(marisol)
    assert hers.get("/desk/").status_code == 200
    address = reverse("desk:take_role_away", args=[marisol.pk])
    desk = as_proved(cora)
    assert "Take the role of Marisol away?" in desk.get(address).text
    assert marisol.groups.exists(), "to ask is not to do"
    done = desk.post(address, follow=True).text
    assert "The role is taken away" in done
    assert not marisol.groups.exists()
    assert not Session.objects.filter(user=marisol).exists()
    assert hers.get("/desk/").status_code == 302
    assert as_(marisol).get("/desk/").status_code == 404
    assert Entry.objects.get(verb=Verb.ROLES_TAKEN_AWAY).subject == marisol.pk
    assert desk.post(address).status_code == 404


def test_the_last_coordinator_stays(as_, as_proved, cora, marisol):
    address = reverse("desk:take_role_away", args=[cora.pk])
    assert f'"{address}"' not in as_(cora).get(TEAM).text
    refused = as_proved(cora).post(address)
    assert refused.status_code == 422
    assert "Another coordinator can take it away" in refused.text
    assert as_(marisol).post(address).status_code == 404
    assert list(cora.groups.values_list("name", flat=True)) == [COORDINATOR]


def test_somebody_who_cannot_sign_in_gets_a_link(as_proved, cora, ruth):
    browser = as_proved(cora)
    made = browser.post(reverse("desk:help_sign_in"), {"email": "RUTH@alongside.example"}).text
    assert link_on(made).startswith("/me/new-password/")
    wrong = browser.post(reverse("desk:help_sign_in"), {"email": "nobody@alongside.example"}).text
    assert "Nobody here has this e-mail address." in wrong
    assert "nobody@alongside.example" in wrong


# --- A desk that was left open ----------------------------------------------------------------------------------------


@pytest.fixture
def doors(marisol) -> list[str]:
    """What whoever found the desk open must not do."""
    own = {"desk:invite": ["coordinator"], "desk:take_role_away": [marisol.pk], "desk:help_sign_in": []}
    return [reverse(name, args=args) for name, args in own.items()]


def test_whoever_found_a_desk_open_cannot_let_others_in_or_put_them_out(as_, cora, ruth, marisol, doors):
    browser = as_(cora)
    for door in doors:
        assert browser.get(door).status_code == 200
        asked = browser.post(door, {"email": ruth.email})
        assert asked.url.startswith(reverse("account_reauthenticate")), door
        assert browser.post(asked.url, {"password": "a guess"}).status_code == 200
    assert not OneTimeLink.objects.exists()
    assert marisol.groups.exists()


def test_a_proof_lasts_a_quarter_of_an_hour(as_proved, cora, doors, monkeypatch):
    browser, invite = as_proved(cora), doors[0]
    began = time.time()
    monkeypatch.setattr(time, "time", lambda: began + 14 * 60)
    assert "It lasts seven days." in browser.post(invite).text
    monkeypatch.setattr(time, "time", lambda: began + 16 * 60)
    assert browser.post(invite).status_code == 302


def test_with_the_password_what_was_asked_for_is_done_and_nothing_is_typed_twice(as_, cora, ruth, doors):
    browser, help_sign_in = as_(cora), doors[2]
    asked = browser.post(help_sign_in, {"email": "nobody@alongside.example"})
    page = browser.post(asked.url, {"password": PASSWORD}).text
    assert "nobody@alongside.example" in page
    assert f'action="{help_sign_in}"' in page, "the form is sent to its own page, not to the one that asked"
    assert link_on(browser.post(help_sign_in, {"email": ruth.email}).text).startswith("/me/new-password/")


def test_a_second_factor_is_proof_as_well(as_, cora, doors):
    browser = as_(cora)
    asked = browser.post(doors[0])
    assert browser.post(reverse("mfa_reauthenticate"), {"code": "000000"}).status_code == 200
    code = code_for(decrypt(Authenticator.objects.get(user=cora).data["secret"]))
    way = asked.url.replace(reverse("account_reauthenticate"), reverse("mfa_reauthenticate"))
    assert "It lasts seven days." in browser.post(way, {"code": code}).text


def test_what_waits_for_the_password_does_not_put_the_key_of_the_session_into_the_database(as_, cora, settings, doors):
    browser = as_(cora)
    browser.post(doors[0])
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert "account_reauthentication_state" in browser.session
    assert key not in str(dict(browser.session))
