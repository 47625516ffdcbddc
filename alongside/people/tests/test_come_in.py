"""Signing up, signing in, signing out."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from alongside.people.forms import SignUpForm
from alongside.people.models import Session, User
from alongside.people.sessions import SessionStore
from alongside.people.tests.conftest import find
from conftest import PASSWORD, bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")

SIGN_UP = {"name": "Ines", "email": "ines@alongside.example", "password1": PASSWORD}


def test_a_learner_signs_up_and_lands_in_the_workshop(client):
    answer = client.post(reverse("account_signup"), SIGN_UP)
    assert answer.url == reverse("workshop:start")
    ines = User.objects.get()
    assert (ines.name, ines.email) == ("Ines", "ines@alongside.example")
    assert client.get(reverse("people:me")).status_code == 200


def test_a_learner_signs_up_without_a_name(client):
    client.post(reverse("account_signup"), {**SIGN_UP, "name": ""})
    assert str(User.objects.get()) == "ines@alongside.example"


def test_a_learner_is_told_beside_the_field_what_to_mend(client):
    page = client.post(reverse("account_signup"), {**SIGN_UP, "password1": "short"}).content.decode()
    field = find(r'(<input type="password"[^>]*>)', page)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in field
    assert 'id="id_password1_error"' in page
    assert 'id="id_password1_helptext"' in page
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("account_signup", {"name": "nickname", "email": "email", "password1": "new-password"}),
        ("account_login", {"login": "email", "password": "current-password"}),
    ],
)
def test_every_field_has_a_label_and_no_placeholder(client, name, fields):
    page = client.get(reverse(name)).content.decode()
    assert "placeholder" not in page
    for field, autocomplete in fields.items():
        assert f'<label for="id_{field}">' in page
        assert f'autocomplete="{autocomplete}"' in find(rf'(<input[^>]*name="{field}"[^>]*>)', page)


def test_an_address_that_is_taken_is_refused_without_regard_to_case(client, ruth):
    page = client.post(reverse("account_signup"), {**SIGN_UP, "email": "RUTH@alongside.example"})
    assert "There is an account with this e-mail address already" in page.content.decode()
    assert User.objects.count() == 1


def test_a_double_click_on_sign_up_makes_one_account_and_leads_to_sign_in(client, monkeypatch):
    def somebody_was_faster(*args, **kwargs):
        raise IntegrityError("one_account_for_an_email")

    monkeypatch.setattr(SignUpForm, "save", somebody_was_faster)
    answer = client.post(reverse("account_signup"), SIGN_UP)
    assert answer.url == reverse("account_login")
    assert "already" in client.get(answer.url).content.decode()


def test_a_learner_signs_in_with_her_password(client, ruth):
    answer = client.post(reverse("account_login"), {"login": "Ruth@Alongside.Example", "password": PASSWORD})
    assert answer.url == reverse("workshop:start")


def test_a_wrong_password_says_so_and_opens_nothing(client, ruth):
    page = client.post(reverse("account_login"), {"login": ruth.email, "password": "something else"})
    assert "do not belong together" in page.content.decode()
    assert client.get(reverse("people:me")).status_code == 302


def test_a_password_alone_never_gets_past_a_second_factor(sign_in, cora, code_of):
    client = sign_in(cora)
    for name in ("desk:start", "people:me", "people:export", "practice:start", "mfa_deactivate_totp"):
        assert client.get(reverse(name)).status_code == 302, name
    assert client.get("/edit/").status_code == 404
    assert not Session.objects.filter(user=cora).exists()

    assert "This code does not fit" in client.post(reverse("mfa_authenticate"), {"code": "123"}).content.decode()
    assert client.get(reverse("desk:start")).status_code == 302

    client.post(reverse("mfa_authenticate"), {"code": code_of(cora)})
    assert client.get(reverse("desk:start")).status_code == 200


def test_signing_out_deletes_the_session(sign_in, ruth):
    client = sign_in(ruth)
    assert Session.objects.filter(user=ruth).count() == 1
    answer = client.post(reverse("account_logout"))
    assert answer.url == "/"
    assert not Session.objects.filter(user=ruth).exists()
    assert client.get(reverse("people:me")).status_code == 302


def test_signing_out_asks_first(sign_in, ruth):
    client = sign_in(ruth)
    assert client.get(reverse("account_logout")).status_code == 200
    assert Session.objects.filter(user=ruth).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the database's file")
def test_the_key_in_the_cookie_is_nowhere_in_the_database_file(sign_in, ruth):
    client = sign_in(ruth)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    raw = bytes_on_disk()
    assert SessionStore.stored_key(cookie).encode() in raw
    assert cookie.encode() not in raw


def test_a_stored_key_opens_no_session(sign_in, ruth):
    sign_in(ruth)
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = Session.objects.get(user=ruth).session_key
    assert thief.get(reverse("people:me")).status_code == 302


def test_a_learner_changes_her_password_and_is_signed_out_elsewhere(sign_in, ruth):
    here, elsewhere = sign_in(ruth), sign_in(ruth)
    new = "another walk by the sea"
    page = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert "Your new password is set." in page.content.decode()
    assert here.get(reverse("people:me")).status_code == 200
    assert elsewhere.get(reverse("people:me")).status_code == 302
    assert Session.objects.filter(user=ruth).count() == 1


def test_a_weak_password_is_refused_in_words(sign_in, ruth):
    client = sign_in(ruth)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    assert "at least 10 characters" in answer.content.decode()


def test_an_account_that_is_paused_is_told_so(client, ruth):
    User.objects.filter(pk=ruth.pk).update(is_active=False, password=make_password(PASSWORD))
    page = client.post(reverse("account_login"), {"login": ruth.email, "password": PASSWORD}, follow=True)
    assert page.status_code == 200
    assert client.get(reverse("people:me")).status_code == 302
