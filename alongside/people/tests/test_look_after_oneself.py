"""One's own page: the name, taking everything along, leaving."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.people import acts, export
from alongside.people.models import COORDINATOR, OneTimeLink, Session, User
from alongside.records.models import Entry, Verb
from conftest import PASSWORD, bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")


def test_a_learner_reads_what_is_kept_about_her(as_, ruth):
    page = as_(ruth).get(reverse("people:me")).content.decode()
    for words in (
        ruth.email,
        "180 days",
        "Take everything along",
        "Delete your account",
        "Change your e-mail address",
        "Sign out",
    ):
        assert words in page


def test_a_learner_changes_her_name(as_, ruth):
    client = as_(ruth)
    page = client.post(reverse("people:name"), {"name": "  Ruthie "}, follow=True).content.decode()
    assert "Hello, Ruthie" in page
    client.post(reverse("people:name"), {"name": "x" * 61})
    ruth.refresh_from_db()
    assert ruth.name == "Ruthie"


@pytest.mark.django_db(transaction=True)
def test_the_name_that_she_takes_away_is_gone_from_the_file(as_, ruth):
    as_(ruth).post(reverse("people:name"), {"name": "Zanzibarquince"})
    assert b"Zanzibarquince" in bytes_on_disk()
    as_(ruth).post(reverse("people:name"), {"name": ""})
    assert b"Zanzibarquince" not in bytes_on_disk()


def test_a_name_is_shown_as_text(as_, ruth):
    client = as_(ruth)
    client.post(reverse("people:name"), {"name": "<b>Ruth</b>"})
    assert "<b>Ruth</b>" not in client.get(reverse("people:me")).content.decode()


def test_a_learner_takes_everything_along(as_, ruth, monkeypatch):
    monkeypatch.setitem(export._exporters, "attic", lambda user: [f"a box of {user.name}"])
    answer = as_(ruth).get(reverse("people:export"))
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    kept = json.loads(answer.content)
    assert kept["account"]["email"] == ruth.email
    assert kept["attic"] == ["a box of Ruth"]
    assert "password" not in kept["account"]


def test_leaving_asks_for_the_password(sign_in, ruth):
    client = sign_in(ruth)
    page = client.post(reverse("people:leave"), {"password": "something else"}).content.decode()
    assert "This is not your password" in page
    assert User.objects.filter(pk=ruth.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_learner_leaves_and_everything_of_hers_goes(sign_in, ruth, noor, cora):
    client, elsewhere, hers = sign_in(ruth), sign_in(ruth), sign_in(noor)
    acts.make_password_link(ruth.email, by=cora)
    answer = client.post(reverse("people:leave"), {"password": PASSWORD})
    assert answer.url == "/"
    assert not User.objects.filter(pk=ruth.pk).exists()
    assert not OneTimeLink.objects.exists()
    assert Session.objects.filter(user=noor).count() == Session.objects.filter(user__isnull=False).count() == 1
    assert elsewhere.get(reverse("people:me")).status_code == 302
    assert hers.get(reverse("people:me")).status_code == 200
    if connection.vendor == "sqlite":
        raw = bytes_on_disk()
        assert noor.email.encode() in raw
        assert ruth.email.encode() not in raw
        assert ruth.pk.hex.encode() not in raw.replace(_audit_trail(), b"")


def _audit_trail() -> bytes:
    return b"".join(entry.subject.hex.encode() for entry in Entry.objects.all() if entry.subject)


def test_the_last_coordinator_cannot_leave(sign_in, as_, cora, make_account):
    client = as_(cora)
    page = client.post(reverse("people:leave"), {"password": PASSWORD}).content.decode()
    assert "You are the only coordinator" in page
    resting = make_account("resting", COORDINATOR, second_factor=False)
    assert "only coordinator" in client.post(reverse("people:leave"), {"password": PASSWORD}).content.decode()
    resting.delete()
    make_account("another", COORDINATOR)
    assert client.post(reverse("people:leave"), {"password": PASSWORD}).status_code == 302
    assert Entry.objects.get(verb=Verb.STAFF_LEFT).actor == cora.pk
    assert acts.has_coordinator()


def test_a_survivor_leader_who_leaves_is_on_the_trail_and_a_learner_is_not(as_, marisol, ruth):
    as_(marisol).post(reverse("people:leave"), {"password": PASSWORD})
    as_(ruth).post(reverse("people:leave"), {"password": PASSWORD})
    assert [entry.actor for entry in Entry.objects.filter(verb=Verb.STAFF_LEFT)] == [marisol.pk]


@pytest.mark.parametrize("name", ["me", "name", "export", "leave", "second_factor"])
def test_nobody_without_an_account_sees_any_of_it(client, name):
    assert client.get(reverse(f"people:{name}")).url.startswith(reverse("account_login"))


def test_pages_of_an_account_stay_out_of_caches(as_, ruth):
    for name in ("me", "export", "leave"):
        assert "no-store" in as_(ruth).get(reverse(f"people:{name}"))["Cache-Control"]


NEW = "ruth.again@alongside.example"


@pytest.mark.django_db(transaction=True)
def test_without_mail_a_learner_changes_her_address_with_her_password(sign_in, client, ruth, cora):
    old, link = ruth.email, acts.make_password_link(ruth.email, by=cora)
    here = sign_in(ruth)
    page = here.post(reverse("people:email"), {"email": NEW.title(), "password": PASSWORD}, follow=True)
    assert "From now on you sign in with the new one." in page.content.decode()
    assert client.post(reverse("account_login"), {"login": NEW, "password": PASSWORD}).status_code == 302
    page = Client().post(reverse("account_login"), {"login": old, "password": PASSWORD})
    assert "do not belong together" in page.content.decode()
    assert acts.find_password_link(link) is None
    assert old.encode() not in bytes_on_disk()


def test_another_password_or_an_address_that_is_taken_changes_nothing(as_, ruth, noor):
    browser = as_(ruth)
    page = browser.post(reverse("people:email"), {"email": NEW, "password": "something else"}).content.decode()
    assert "This is not your password" in page
    assert NEW in page
    page = browser.post(reverse("people:email"), {"email": noor.email.upper(), "password": PASSWORD}).content.decode()
    assert "There is an account with this e-mail address already" in page
    ruth.refresh_from_db()
    assert ruth.email == "ruth@alongside.example"


def test_with_mail_the_address_is_changed_by_a_code(as_, ruth, with_mail):
    assert as_(ruth).get(reverse("people:email")).url == reverse("account_email")
