"""Attempts to come in where one does not belong, or to stay when one should be out."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from alongside.people import acts
from alongside.people.models import Session
from alongside.people.tests.conftest import PASSWORD, code_for
from alongside.records import clock

pytestmark = pytest.mark.usefixtures("db", "_cache_table")

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
    assert [signed_in["Location"], signed_out["Location"]] == [reverse("practice:start"), "/"]


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
