"""Passkeys as a second factor, as far as no browser is needed: what is refused, and what others cannot reach."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse
from fido2.utils import websafe_encode

from alongside.people.models import Session
from conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("db")

TROUBLE = "That did not work. Try once more"
NO_ANSWERS = [
    "",
    "no json",
    "null",
    "[]",
    "1",
    "{}",
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "AAAA", '
    '"authenticatorData": "AAAA", "attestationObject": "AAAA", "signature": "AAAA"}}',
    '{"id": "é", "rawId": 1, "type": [], "response": {"clientDataJSON": "e30", "authenticatorData": "!", '
    '"attestationObject": "oWA", "signature": null}}',
]


def made_up_answer() -> str:
    """What has the shape of a passkey's answer, and is none."""
    asked = {"type": "webauthn.get", "challenge": "AAAA", "origin": "http://testserver"}
    parts = {"clientDataJSON": json.dumps(asked).encode(), "authenticatorData": bytes(37), "signature": b"made up"}
    response = {name: websafe_encode(part) for name, part in parts.items()}
    return json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response})


@pytest.fixture
def signed_in(ruth, sign_in):
    """Ruth's browser, in which she has just given her password again."""
    client = sign_in(ruth)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def plant_passkey(user) -> Authenticator:
    data = {"name": "The blue phone", "credential": {}}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_no_passkey_answers_sets_none(signed_in, answer):
    signed_in.get(reverse("mfa_add_webauthn"))
    page = signed_in.post(reverse("mfa_add_webauthn"), {"name": "Mine", "credential": answer})
    assert page.status_code == 200
    assert TROUBLE in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_what_no_passkey_answers_opens_no_door(sign_in, cora, answer):
    client = sign_in(cora)
    client.get(reverse("mfa_authenticate"))
    page = client.post(reverse("mfa_authenticate"), {"credential": answer})
    assert page.status_code == 200
    assert not Session.objects.filter(user=cora).exists()
    assert client.get(reverse("desk:start")).status_code == 302


def test_guessing_with_passkeys_is_limited_as_guessing_codes_is(sign_in, cora):
    client = sign_in(cora)
    for _ in range(7):
        client.get(reverse("mfa_authenticate"))
        client.post(reverse("mfa_authenticate"), {"credential": made_up_answer()})
    code = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "tried too many times" in code.content.decode()


def test_to_set_one_asks_for_the_password_first(as_, ruth):
    assert as_(ruth).get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_reauthenticate"))


def test_nobody_removes_the_passkey_of_somebody_else(signed_in, ruth, noor):
    hers, others = plant_passkey(ruth), plant_passkey(noor)
    assert "The blue phone" in signed_in.get(reverse("mfa_remove_webauthn", args=[hers.pk])).content.decode()
    assert signed_in.post(reverse("mfa_remove_webauthn", args=[others.pk])).status_code == 404
    assert Authenticator.objects.filter(user=noor).exists()


def test_one_factor_removed_the_other_keeps_the_desk_open(sign_in, cora, code_of):
    passkey = plant_passkey(cora)
    client = sign_in(cora)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cora)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert client.get(reverse("desk:start")).status_code == 200


def test_a_passkey_is_no_way_in_without_the_password(client):
    for name in ("mfa_login_webauthn", "mfa_signup_webauthn", "mfa_edit_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/account/second-factor/passkeys/login/").status_code == 404


def test_setting_a_passkey_ends_the_sessions_that_had_only_a_password(sign_in, ruth, rf):
    from allauth.mfa.signals import authenticator_added

    here, elsewhere = sign_in(ruth), sign_in(ruth)
    request = rf.get("/")
    request.session = here.session
    authenticator_added.send(Authenticator, request=request, user=ruth, authenticator=plant_passkey(ruth))
    assert here.get(reverse("people:me")).status_code == 200
    assert elsewhere.get(reverse("people:me")).status_code == 302


def test_her_passkeys_are_in_what_she_takes_along(as_, ruth):
    plant_passkey(ruth)
    kept = as_(ruth).get(reverse("people:export")).json()["account"]["passkeys"]
    assert [each["name"] for each in kept] == ["The blue phone"]


def test_an_ordinary_learner_needs_none(as_, ruth):
    assert "You do not need one" in as_(ruth).get(reverse("mfa_index")).content.decode()
    assert as_(ruth).get(reverse("practice:start")).status_code == 200
