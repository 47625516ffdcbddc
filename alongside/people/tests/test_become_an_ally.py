"""Two people of the desk, not herself, one of whom knows her, declare a learner ready; nothing else makes an ally."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import IntegrityError, transaction

from alongside.people import acts, readiness
from alongside.people.acts import Refused
from alongside.people.models import (
    COORDINATOR,
    SURVIVOR_LEADER,
    Ally,
    Declaration,
    IdentitySeen,
    Reference,
    Signature,
    Supervision,
    Talk,
)
from alongside.people.signals import ally_ready
from alongside.people.tests.conftest import at_once
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.records.models import Entry, Verb
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")

HELP = "Practise The keys once more, and leave more silence."


@pytest.fixture
def heard():
    """What was said of allies who became ready."""
    said = []

    def listen(ally, **kwargs):
        said.append(ally.pk)

    ally_ready.connect(listen)
    yield said
    ally_ready.disconnect(listen)


def test_two_people_of_the_desk_make_an_ally(prepared, cora, marisol, heard):
    assert acts.declare_ready(prepared, by=cora) is None
    assert not Ally.objects.exists()
    ally = acts.declare_ready(prepared, by=marisol)
    assert ally is not None
    assert (ally.user, ally.state) == (prepared, Ally.State.READY)
    assert heard == [prepared.pk]
    assert list(Ally.objects.open_to_new()) == [ally]
    said = list(Entry.objects.order_by("pk").values_list("verb", "actor", "subject"))[-3:]
    assert said == [
        (Verb.DECLARED_READY, cora.pk, prepared.pk),
        (Verb.DECLARED_READY, marisol.pk, prepared.pk),
        (Verb.ALLY_READY, marisol.pk, prepared.pk),
    ]
    assert not Declaration.objects.exists()


def test_in_the_first_three_months_she_has_one_conversation_and_three_supervisions(
    prepared, cora, marisol, monkeypatch
):
    acts.declare_ready(prepared, by=cora)
    ally = acts.declare_ready(prepared, by=marisol)
    assert ally is not None
    assert ally.conversations_at_once == 1
    weeks = {supervision.week: supervision.due_at - ally.ready_at for supervision in ally.supervisions.all()}
    assert weeks == {week: timedelta(weeks=week) for week in (1, 4, 8)}
    later = ally.ready_at + timedelta(weeks=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert ally.conversations_at_once is None


def test_one_person_alone_makes_no_ally_however_often(prepared, marisol):
    for _ in range(3):
        assert acts.declare_ready(prepared, by=marisol) is None
    assert not Ally.objects.exists()
    assert Declaration.objects.count() == 1


def test_nobody_declares_herself(prepare, marisol, cora, make_account):
    prepare(cora, marisol)
    with pytest.raises(Refused, match="about yourself"):
        acts.declare_ready(cora, by=cora)
    with pytest.raises(Refused, match="about yourself"):
        acts.note_talk(cora, by=cora)
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.create(learner=cora, by=cora, is_ready=True, expires_at=clock.now())
    acts.declare_ready(cora, by=marisol)
    assert not Ally.objects.exists()
    another = make_account("another", COORDINATOR)
    assert acts.declare_ready(cora, by=another)


@pytest.mark.parametrize("who", ["a learner", "staff without a second factor"])
def test_only_the_desk_declares_and_only_with_a_second_factor(prepared, noor, make_account, who):
    by = noor if who == "a learner" else make_account("new", COORDINATOR, second_factor=False)
    for act in (acts.declare_ready, acts.note_talk, acts.note_identity, acts.note_reference, acts.suspend):
        with pytest.raises(Refused, match="once their second factor is set"):
            act(prepared, by=by)
    with pytest.raises(Refused, match="once their second factor is set"):
        acts.declare_not_yet(prepared, by=by, what_would_help=HELP)
    assert not Declaration.objects.exists()


def test_one_of_the_two_has_talked_with_her_and_opened_her_practice(prepared, cora, marisol, make_account, monkeypatch):
    second = make_account("second", SURVIVOR_LEADER)
    assert acts.declare_ready(prepared, by=cora) is None
    with pytest.raises(Refused, match="Neither of you has done both"):
        acts.declare_ready(prepared, by=second)
    acts.note_talk(prepared, by=second)
    with pytest.raises(Refused, match="Neither of you has done both"):
        acts.declare_ready(prepared, by=second)
    opened = readiness.PracticeShown("shown practice", "A practice", is_met=True, read_by=frozenset({second.pk}))
    monkeypatch.setitem(readiness._asks, "shown practice", lambda user: opened)
    assert acts.declare_ready(prepared, by=second)


@pytest.mark.parametrize("name", readiness.ORDER)
def test_whatever_is_missing_refuses_both_declarations(prepared, cora, marisol, name, monkeypatch):
    acts.declare_ready(prepared, by=cora)
    unmet = readiness.Requirement(name, "Walking the dog", is_met=False)
    monkeypatch.setitem(readiness._asks, name, lambda user: unmet)
    for by in (cora, marisol):
        with pytest.raises(Refused, match="still missing: Walking the dog"):
            acts.declare_ready(prepared, by=by)
    assert not Ally.objects.exists()


def test_a_room_that_does_not_answer_makes_no_ally(prepared, cora, monkeypatch):
    monkeypatch.delitem(readiness._asks, "workshop")
    with pytest.raises(LookupError, match="workshop"):
        acts.declare_ready(prepared, by=cora)


def test_with_all_requirements_met_and_time_passing_nobody_becomes_an_ally(prepared, cora):
    assert readiness.missing(readiness.requirements_of(prepared)) == []
    acts.declare_ready(prepared, by=cora)
    call_command("tick", at=(clock.now() + timedelta(days=30)).isoformat(), verbosity=0)
    assert not Ally.objects.exists()


def test_not_yet_says_what_would_help_and_voids_every_ready(prepared, cora, marisol, make_account):
    acts.declare_ready(prepared, by=cora)
    with pytest.raises(Refused, match="Write what would help"):
        acts.declare_not_yet(prepared, by=marisol, what_would_help="  \r\n ")
    assert Declaration.objects.get().is_ready
    acts.declare_not_yet(prepared, by=marisol, what_would_help=f" {HELP}\r\n")
    only = Declaration.objects.get()
    assert (only.is_ready, only.what_would_help, only.by) == (False, HELP, marisol)
    assert Entry.objects.filter(verb=Verb.DECLARED_NOT_YET, actor=marisol.pk, subject=prepared.pk).count() == 1
    # Two others, or the same after a while, start from nothing.
    assert acts.declare_ready(prepared, by=marisol) is None
    assert acts.declare_ready(prepared, by=cora)
    assert not Declaration.objects.exists()


def test_a_not_yet_that_is_too_long_says_how_long_it_may_be(prepared, cora):
    with pytest.raises(Refused, match="2000 characters"):
        acts.declare_not_yet(prepared, by=cora, what_would_help="x" * 2001)


@pytest.mark.django_db(transaction=True)
def test_words_of_a_not_yet_are_gone_from_the_file_once_they_are_replaced(prepared, cora):
    acts.declare_not_yet(prepared, by=cora, what_would_help=HELP)
    assert HELP.encode() in bytes_on_disk()
    acts.declare_not_yet(prepared, by=cora, what_would_help="Something else.")
    assert HELP.encode() not in bytes_on_disk()


def test_a_declaration_lapses_after_ninety_days(prepared, cora, marisol, monkeypatch):
    acts.declare_ready(prepared, by=cora)
    later = clock.now() + timedelta(days=90, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert acts.declare_ready(prepared, by=marisol) is None
    erase_expired(later)
    assert [each.by for each in Declaration.objects.all()] == [marisol]


def test_a_not_yet_is_erased_after_180_days(prepared, cora):
    acts.declare_not_yet(prepared, by=cora, what_would_help=HELP)
    erase_expired(clock.now() + timedelta(days=179))
    assert Declaration.objects.exists()
    erase_expired(clock.now() + timedelta(days=181))
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("lost", ["role", "second factor", "account"])
def test_who_has_no_role_any_more_does_not_count(prepared, cora, marisol, lost):
    acts.declare_ready(prepared, by=cora)
    if lost == "role":
        cora.groups.clear()
    elif lost == "second factor":
        Authenticator.objects.filter(user=cora).delete()
    else:
        cora.delete()
    assert acts.declare_ready(prepared, by=marisol) is None


def test_an_ally_is_not_declared_again(prepared, cora, marisol):
    acts.declare_ready(prepared, by=cora)
    acts.declare_ready(prepared, by=marisol)
    for by in (cora, marisol):
        with pytest.raises(Refused, match="an ally already"):
            acts.declare_ready(prepared, by=by)
        with pytest.raises(Refused, match="an ally already"):
            acts.declare_not_yet(prepared, by=by, what_would_help=HELP)


def test_nothing_is_declared_of_somebody_who_left(prepared, cora):
    copy = type(prepared).objects.get(pk=prepared.pk)
    prepared.delete()
    with pytest.raises(Refused, match="not here any more"):
        acts.declare_ready(copy, by=cora)


def test_leaving_takes_all_of_it_along_and_leaves_what_staff_did_for_others(prepared, noor, prepare, cora, marisol):
    prepare(noor, marisol)
    acts.declare_ready(prepared, by=cora)
    acts.declare_ready(prepared, by=marisol)
    acts.leave(marisol)
    assert Talk.objects.filter(learner=noor, by=None).count() == 1
    acts.leave(prepared)
    for model in (Talk, IdentitySeen, Reference, Signature):
        assert model.objects.count() == (2 if model is Reference else 1)
    assert not Ally.objects.exists()
    assert not Supervision.objects.exists()


def test_she_takes_all_of_it_along_as_a_file(prepared, cora, marisol, as_):
    acts.declare_not_yet(prepared, by=cora, what_would_help=HELP)
    kept = json.loads(as_(prepared).get("/me/export/").content)["readiness"]
    assert kept["agreement_signed"][0]["agreement__version"] == 1
    assert kept["declarations"][0]["what_would_help"] == HELP
    assert [len(kept[name]) for name in ("talks", "identity_seen", "references_heard")] == [1, 1, 2]
    assert kept["ally"] is None
    acts.declare_ready(prepared, by=cora)
    acts.declare_ready(prepared, by=marisol)
    kept = json.loads(as_(prepared).get("/me/export/").content)["readiness"]["ally"]
    assert kept["state"] == "ready"
    assert [each["week"] for each in kept["supervisions"]] == [1, 4, 8]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_declare_at_once_one_makes_her_an_ally(prepared, cora, marisol, heard):
    came = at_once(lambda: acts.declare_ready(prepared, by=cora), lambda: acts.declare_ready(prepared, by=marisol))
    assert sorted(type(each).__name__ for each in came) == ["Ally", "NoneType"]
    assert heard == [prepared.pk]
    assert Supervision.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_who_clicks_twice_at_once_is_still_one(prepared, marisol):
    came = at_once(*[lambda: acts.declare_ready(prepared, by=marisol)] * 4)
    assert came == [None] * 4
    assert Declaration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ready_and_not_yet_at_once_make_no_ally_of_a_voided_ready(prepared, cora, marisol, make_account):
    third = make_account("third", COORDINATOR)
    acts.declare_ready(prepared, by=cora)
    not_yet, ready = at_once(
        lambda: acts.declare_not_yet(prepared, by=third, what_would_help=HELP),
        lambda: acts.declare_ready(prepared, by=marisol),
    )
    if isinstance(ready, Ally):  # it came first
        assert isinstance(not_yet, Refused)
    else:
        assert not Ally.objects.exists()
        assert isinstance(not_yet, Declaration)
