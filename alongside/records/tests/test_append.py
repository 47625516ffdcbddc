"""The audit trail: verbs from a closed list, only ever added."""

import pytest
from django.db import IntegrityError

from alongside.records.models import Entry, Verb, append


def test_an_entry_carries_a_verb_and_ids_and_no_text(cora, ruth):
    append(Verb.SIGN_IN_LINK_MADE, actor=cora.pk, subject=ruth.pk)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.subject) == (Verb.SIGN_IN_LINK_MADE, cora.pk, ruth.pk)
    kinds = {field.get_internal_type() for field in Entry._meta.get_fields() if field.name != "verb"}
    assert kinds == {"BigAutoField", "DateTimeField", "ForeignKey", "UUIDField"}


def test_a_verb_that_is_not_on_the_list_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError):
        Entry.objects.create(verb="read_a_letter")


def test_an_entry_is_never_changed(db):
    append(Verb.STAFF_LEFT)
    entry = Entry.objects.get()
    entry.verb = Verb.COORDINATOR_LINK_MADE
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    assert Entry.objects.get().verb == Verb.STAFF_LEFT
