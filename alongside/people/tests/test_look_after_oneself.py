"""One's own page: the name, taking everything along, leaving."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from alongside.people import acts, export
from alongside.people.models import COORDINATOR, OneTimeLink, Session, User
from alongside.records.models import Entry, Verb
from conftest import PASSWORD, bytes_on_disk

pytestmark = pytest.mark.usefixtures("db", "_cache_table")


def test_a_learner_reads_what_is_kept_about_her(as_, ruth):
    page = as_(ruth).get(reverse("people:me")).content.decode()
    for words in (ruth.email, "180 days", "Take everything along", "Delete your account", "Sign out"):
        assert words in page
    assert "Change your e-mail address" not in page  # nothing can be confirmed without mail


def test_a_learner_changes_her_name(as_, ruth):
    client = as_(ruth)
    page = client.post(reverse("people:name"), {"name": "  Ruthie "}, follow=True).content.decode()
    assert "Hello, Ruthie" in page
    client.post(reverse("people:name"), {"name": "x" * 61})
    ruth.refresh_from_db()
    assert ruth.name == "Ruthie"


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
