"""Staff draft the disclosures of the assessment; nobody makes one live by hand, and a learner finds no editor."""

from django.urls import reverse

from alongside.workshop.models import Disclosure
from alongside.workshop.tests.assessed import disclosures  # noqa: F401 - a fixture


def edit(client, row: Disclosure, says: str, **button: str) -> int:
    form = {name: getattr(row, name) for name in ("title", "source_id", "form", "pair", "person", "about")}
    address = reverse("wagtailsnippets_workshop_disclosure:edit", args=[row.pk])
    status: int = client.post(address, {**form, "says": says, **button}).status_code
    return status


def test_a_coordinators_words_are_a_draft(as_, cora, disclosures):  # noqa: F811
    row, *_others = disclosures
    told = row.says
    assert edit(as_(cora), row, "Another thing altogether.", **{"action-publish": "yes"}) in (200, 302, 403)
    edit(as_(cora), row, "Another thing altogether.")
    row.refresh_from_db()
    assert row.says == told
    assert row.get_latest_revision_as_object().says == "Another thing altogether."


def test_it_is_previewed_as_a_learner_sees_it(as_, cora, disclosures):  # noqa: F811
    row, *_others = disclosures
    client = as_(cora)
    address = reverse("wagtailsnippets_workshop_disclosure:preview_on_edit", args=[row.pk])
    form = {name: getattr(row, name) for name in ("title", "source_id", "form", "pair", "person", "about", "says")}
    assert client.post(address, form).json()["is_valid"]
    assert row.says.splitlines()[0] in client.get(address).content.decode().replace("&#x27;", "'")


def test_a_learner_finds_no_editor(as_, ruth, disclosures):  # noqa: F811
    assert edit(as_(ruth), disclosures[0], "Mine now.") == 404
