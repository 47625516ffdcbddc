"""Becoming a coordinator or a survivor leader by a link, and setting the second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from alongside.people import acts
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, Session, User
from alongside.people.sessions import SessionStore
from alongside.people.tests.conftest import code_for, find, secret_on
from alongside.records import clock
from alongside.records.models import Entry, Verb
from conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("db")


def welcome(token: str) -> str:
    return reverse("people:welcome", args=[token])


def coordinator_token() -> str:
    return acts.make_coordinator_link().split("/")[-2]


def test_the_roles_exist_after_migrate(db):
    assert {COORDINATOR, SURVIVOR_LEADER} <= set(Group.objects.values_list("name", flat=True))


def test_the_command_prints_a_link_for_the_first_coordinator(settings, capsys):
    call_command("coordinator-link")
    assert re.fullmatch(
        rf"{re.escape(settings.WAGTAILADMIN_BASE_URL)}/me/welcome/[\w-]{{43}}/\n", capsys.readouterr().out
    )
    assert Entry.objects.get().verb == Verb.COORDINATOR_LINK_MADE


@pytest.mark.django_db(transaction=True)
def test_the_first_coordinator_comes_from_a_link_to_the_desk(client):
    assert not acts.has_coordinator()
    link = welcome(coordinator_token())
    page = client.get(link).content.decode()
    assert "You are invited to coordinate" in page
    sign_up = find(r'href="(/account/signup/\?next=[^"]+)"', page)
    answer = client.post(
        sign_up, {"name": "Cora", "email": "cora@alongside.example", "password1": PASSWORD, "next": link}
    )
    assert answer.url == link
    assert client.post(link).url == reverse("desk:start")
    assert acts.has_coordinator()

    # The role rests until the second factor is set.
    assert client.get(reverse("desk:start")).url == reverse("people:second_factor")
    assert client.get("/edit/").url == reverse("people:second_factor")
    assert "One more thing" in client.get(reverse("people:second_factor")).content.decode()
    again = client.get(reverse("mfa_activate_totp"))
    assert again.url.startswith(reverse("account_reauthenticate"))
    assert client.post(again.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = secret_on(page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert client.get(reverse("desk:start")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_a_second_factor_ends_the_sessions_that_had_only_a_password(sign_in, make_account):
    new = make_account("new", COORDINATOR, second_factor=False)
    here, elsewhere = sign_in(new), sign_in(new)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = here.get(reverse("mfa_activate_totp")).content.decode()
    here.post(reverse("mfa_activate_totp"), {"code": code_for(secret_on(page))})
    assert here.get(reverse("desk:start")).status_code == 200
    assert elsewhere.get(reverse("desk:start")).url.startswith(reverse("account_login"))
    assert Session.objects.get(user=new).expire_date < clock.now() + timedelta(hours=12, minutes=1)


@pytest.fixture
def at_the_desk(sign_in, cora, code_of):
    client = sign_in(cora)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cora)})
    assert client.get(reverse("desk:start")).status_code == 200
    return client


@pytest.fixture
def later(monkeypatch):
    """Let the clock run on, for the sessions too."""
    real = timezone.now

    def run_on(**time: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**time))

    return run_on


def test_a_session_at_the_desk_ends_after_an_hour_without_a_request(at_the_desk, later):
    later(minutes=61)
    assert at_the_desk.get(reverse("desk:start")).url.startswith(reverse("account_login"))


def test_a_session_at_the_desk_goes_on_while_she_is_there_and_ends_after_twelve_hours(at_the_desk, later):
    for half_hours in range(1, 24):
        later(minutes=30 * half_hours)
        assert at_the_desk.get(reverse("desk:start")).status_code == 200, half_hours
    later(hours=12, seconds=1)
    assert at_the_desk.get(reverse("desk:start")).url.startswith(reverse("account_login"))


def test_a_session_at_the_desk_that_is_saved_ends_no_later(at_the_desk, later, cora):
    at_the_desk.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # writes into the session
    assert Session.objects.get(user=cora).expire_date <= clock.now() + timedelta(hours=1)
    later(minutes=61)
    assert at_the_desk.get(reverse("desk:start")).status_code == 302


def test_a_request_that_comes_with_the_end_does_not_bring_a_session_back(at_the_desk, later, cora):
    store = SessionStore(at_the_desk.cookies[settings.SESSION_COOKIE_NAME].value)
    assert store.get("of_staff")
    later(minutes=61)
    store.note_use()
    assert Session.objects.get(user=cora).expire_date < clock.now()


def test_a_learner_who_comes_back_the_next_day_is_still_signed_in(sign_in, ruth, later):
    client = sign_in(ruth)
    later(hours=24)
    assert client.get(reverse("people:me")).status_code == 200


def test_a_recovery_code_opens_the_door_once(sign_in, as_, ruth, code_of):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(ruth, generate_totp_secret())
    code = RecoveryCodes.activate(ruth).generate_codes()[0]
    for expected in (200, 302):
        client = sign_in(ruth)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get(reverse("people:me")).status_code == expected


def test_a_learner_with_an_account_takes_the_role(as_, ruth):
    link = welcome(coordinator_token())
    client = as_(ruth)
    assert ruth.email in client.get(link).content.decode()
    assert client.post(link).url == reverse("desk:start")
    assert ruth.groups.get().name == COORDINATOR
    entry = Entry.objects.get(verb=Verb.COORDINATOR_LINK_USED)
    assert (entry.actor, entry.subject) == (None, ruth.pk)


def test_to_look_at_a_link_does_not_use_it(client, as_, ruth):
    link = welcome(coordinator_token())
    client.get(link)
    client.post(link)
    assert as_(ruth).post(link).status_code == 302


def test_a_link_to_a_role_works_once_and_for_seven_days(as_, ruth, noor, monkeypatch):
    used, late = welcome(coordinator_token()), welcome(coordinator_token())
    as_(ruth).post(used)
    assert as_(noor).post(used).status_code == 404
    later = clock.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert as_(noor).post(late).status_code == 404
    assert not noor.groups.exists()


def test_a_coordinator_invites_a_survivor_leader(as_, as_proved, cora, ruth):
    page = as_proved(cora).post(reverse("desk:invite", args=["survivor-leader"])).content.decode()
    link = find(r'value="http://testserver(/me/welcome/[^"]+)"', page)
    client = as_(ruth)
    assert "You are invited as a survivor leader" in client.get(link).content.decode()
    client.post(link)
    assert ruth.groups.get().name == SURVIVOR_LEADER
    made, used = Entry.objects.order_by("pk").values_list("verb", "actor", "subject")
    assert made == (Verb.SURVIVOR_LEADER_LINK_MADE, cora.pk, None)
    assert used == (Verb.SURVIVOR_LEADER_LINK_USED, cora.pk, ruth.pk)


def test_nobody_gives_herself_a_role(as_, cora, ruth):
    token = acts.invite(cora, SURVIVOR_LEADER)
    refused = as_(cora).post(welcome(token))
    assert "a role comes from somebody else" in refused.content.decode()
    assert not cora.groups.filter(name=SURVIVOR_LEADER).exists()
    assert as_(ruth).post(welcome(token)).status_code == 302


@pytest.mark.parametrize("who", ["ruth", "marisol"])
def test_only_coordinators_invite(request, as_, who):
    client = as_(request.getfixturevalue(who))
    assert client.get(reverse("desk:invite", args=["survivor-leader"])).status_code == 404
    assert client.post(reverse("desk:invite", args=["survivor-leader"])).status_code == 404


def test_a_learner_who_asks_why_is_led_to_her_own_second_factor(as_, ruth):
    assert as_(ruth).get(reverse("people:second_factor")).url == reverse("mfa_index")
    assert "You do not need one" in as_(ruth).get(reverse("mfa_index")).content.decode()


def test_staff_removes_her_second_factor_and_the_desk_closes(sign_in, cora, code_of):
    client = sign_in(cora)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cora)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "rests until" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cora).exists()
    assert client.get(reverse("desk:start")).url == reverse("people:second_factor")


def test_no_superuser_comes_of_a_link(as_, ruth):
    as_(ruth).post(welcome(coordinator_token()))
    assert not User.objects.filter(is_superuser=True).exists()
