"""Attempts to come in where one does not belong, or to stay when one should be out."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from alongside.people import acts
from alongside.people.models import COORDINATOR, AgreementText, Ally, Session
from alongside.people.sessions import limit_to_staff_hours
from alongside.people.tests.conftest import PASSWORD, code_for
from alongside.records import clock, tombstones
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")

NEW = "another walk by the sea"


def test_a_stolen_database_holds_no_second_factor(ruth):
    secret = generate_totp_secret()
    TOTP.activate(ruth, secret)
    RecoveryCodes.activate(ruth)
    stored = {each.type: each for each in Authenticator.objects.filter(user=ruth)}
    assert secret not in str(stored["totp"].data)
    seeds = [stored["recovery_codes"].data["seed"], RecoveryCodes.generate_seed()]
    codes = [
        RecoveryCodes(Authenticator(user=ruth, type="recovery_codes", data={"seed": seed, "used_mask": 0}))
        for seed in seeds
    ]
    assert codes[0].generate_codes() == RecoveryCodes(stored["recovery_codes"]).generate_codes()
    assert len(seeds[0]) > len(seeds[1])


def test_a_second_factor_planted_in_the_database_or_sealed_by_another_server_fits_no_code(sign_in, cora):
    planted = generate_totp_secret()
    Authenticator.objects.filter(user=cora, type="totp").update(data={"secret": planted})
    client = sign_in(cora)
    page = client.post(reverse("mfa_authenticate"), {"code": code_for(planted)})
    assert "This code does not fit" in page.content.decode()
    assert client.get(reverse("desk:start")).status_code == 302


def test_a_link_to_a_new_password_dies_when_she_changes_it_herself(sign_in, client, cora, ruth):
    token = acts.make_password_link(ruth.email, by=cora)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    sign_in(ruth).post(reverse("account_change_password"), change)
    link = reverse("people:new_password", args=[token])
    assert client.post(link, {"password1": "mine from now on", "password2": "mine from now on"}).status_code == 404
    ruth.refresh_from_db()
    assert ruth.check_password(NEW)


def test_a_session_from_before_the_role_does_not_outlast_the_hours_of_staff(as_, ruth):
    TOTP.activate(ruth, generate_totp_secret())
    here, elsewhere = as_(ruth), as_(ruth)
    here.post(reverse("people:welcome", args=[acts.make_coordinator_link().split("/")[-2]]))
    assert here.get(reverse("desk:start")).status_code == 200
    assert elsewhere.get(reverse("desk:start")).url.startswith(reverse("account_login"))
    assert Session.objects.get(user=ruth).expire_date < clock.now() + timedelta(hours=12, minutes=1)


def test_a_room_of_people_who_mistype_does_not_lock_out_the_one_who_does_not(ruth):
    for number in range(20):
        Client().post(reverse("account_login"), {"login": f"{number}@alongside.example", "password": "mistyped"})
    answer = Client().post(reverse("account_login"), {"login": ruth.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_an_invented_forwarded_address_does_not_lift_the_limit_on_guessing(ruth):
    for number in range(6):
        guesser = Client(headers={"X-Forwarded-For": f"203.0.113.{number}"})
        page = guesser.post(reverse("account_login"), {"login": ruth.email, "password": f"guess {number}"})
    assert "tried too many times" in page.content.decode()


def test_a_found_screen_does_not_guess_the_password_by_leaving(as_, ruth):
    client = as_(ruth)
    for number in range(6):
        page = client.post(reverse("people:leave"), {"password": f"guess {number}"})
    assert "tried too many times" in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"])
def test_a_prepared_address_leads_nobody_elsewhere(ruth, elsewhere):
    client = Client()
    signed_in = client.post(reverse("account_login"), {"login": ruth.email, "password": PASSWORD, "next": elsewhere})
    signed_out = client.post(reverse("account_logout"), {"next": elsewhere})
    assert [signed_in["Location"], signed_out["Location"]] == [reverse("workshop:start"), "/"]


def test_a_session_key_slipped_in_before_sign_in_opens_nothing_afterwards(ruth, settings):
    prepared = Client()
    session = prepared.session
    session["anything"] = 1
    session.save()
    prepared.post(reverse("account_login"), {"login": ruth.email, "password": PASSWORD})
    thief = Client(headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"})
    assert thief.get(reverse("people:me")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_no_picture_of_somebody_who_left_stays_on_the_disk(as_, marisol, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = ContentFile(b"a face", name="me.png")
    UserProfile.get_for_user(marisol).avatar.save("me.png", picture)
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    as_(marisol).post(reverse("people:leave"), {"password": PASSWORD})
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def nell(make_account):
    """A second coordinator."""
    return make_account("nell", COORDINATOR)


def test_whoever_lost_her_role_does_not_come_back_by_a_link_that_she_had_made_for_later(as_, client, cora, nell, noor):
    to_a_role = reverse("people:welcome", args=[acts.invite(cora, COORDINATOR)])
    to_an_account = reverse("people:new_password", args=[acts.make_password_link(noor.email, by=cora)])
    acts.take_roles_away(cora, by=nell)
    assert client.get(to_an_account).status_code == 404
    assert as_(noor).post(to_a_role).status_code == 404
    assert not noor.groups.exists()
    assert not acts.open_invitations().exists()


def test_whoever_makes_a_link_the_moment_she_loses_her_role_has_a_link_that_opens_nothing(client, cora, nell, noor):
    acts.take_roles_away(cora, by=nell)
    links = (
        reverse("people:welcome", args=[acts.invite(cora, COORDINATOR)]),
        reverse("people:new_password", args=[acts.make_password_link(noor.email, by=cora)]),
    )
    assert [client.get(link).status_code for link in links] == [404, 404]


def test_an_old_backup_gives_nobody_a_role_back_nor_a_second_factor_that_was_lost(cora, nell):
    member = cora.groups.through.objects.get(user=cora)
    phone = Authenticator.objects.get(user=nell)
    acts.take_roles_away(cora, by=nell)
    acts.remove_second_factor(nell.email)
    erased = tombstones.known_here().erasures
    Tombstone.objects.all().delete()  # as the backup has it, and so are these two
    member.save(force_insert=True)
    phone.save(force_insert=True)
    tombstones.erase_again(erased)
    assert not cora.groups.exists()
    assert not Authenticator.objects.filter(user=nell).exists()


def test_an_old_backup_makes_nobody_an_ally_again_whom_the_desk_has_suspended(ruth, cora):
    Ally.objects.create(user=ruth)
    acts.suspend(ruth, by=cora)
    erased = tombstones.known_here().erasures
    Tombstone.objects.all().delete()  # the backup is from before
    Ally.objects.filter(user=ruth).update(suspended_at=None)
    tombstones.erase_again(erased)
    assert not Ally.objects.filter(user=ruth).exists()


def test_a_desk_that_somebody_left_open_in_the_editor_does_not_stay_open_by_itself(as_, cora, monkeypatch):
    browser, began = as_(cora), clock.now()
    session = browser.session
    limit_to_staff_hours(session)
    session.save()
    for minutes in range(0, 60, 20):
        now = began + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        browser.post("/edit/editing-sessions/ping/practice/scenario/1/1/")
    assert Session.objects.get().expire_date <= began + timedelta(hours=1, minutes=1)
    browser.get(reverse("desk:start"))
    assert Session.objects.get().expire_date > began + timedelta(hours=1, minutes=1)


@pytest.mark.django_db(transaction=True)
def test_a_stolen_database_does_not_tell_from_where_somebody_came_last_week(ruth, monkeypatch):
    address = "203.0.113.77"
    Client(REMOTE_ADDR=address).post(reverse("account_login"), {"login": ruth.email, "password": "mistyped"})
    assert address.encode() in bytes_on_disk()
    cache.set("holds", 1, timeout=3 * 3600)
    later = clock.now() + timedelta(hours=2)
    call_command("tick", at=later.isoformat(), verbosity=0)
    assert address.encode() not in bytes_on_disk()
    assert cache.get("holds") == 1


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", "1.0", ""])
def test_a_version_that_cannot_be_is_not_signed(as_, ruth, version):
    AgreementText.objects.create(version=1, text="I listen.")
    assert as_(ruth).post(reverse("people:agreement"), {"version": version}).status_code == 302
    assert not ruth.signatures.exists()


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_staff_does_not_manage_people_by_the_lists_of_the_editor(as_, cora, noor, action):
    role = cora.groups.get().pk
    as_(cora).post(f"/edit/bulk/people/user/{action}/?id={noor.pk}", {"role": role, "mark_as_active": ""})
    noor.refresh_from_db()
    assert noor.is_active
    assert not noor.groups.exists()
