"""What is asked before anybody is declared ready: the agreement signed, and what the desk notes of a learner."""

import pytest

from alongside.people import acts, readiness
from alongside.people.acts import Refused
from alongside.people.agreement import starting_text
from alongside.people.models import COORDINATOR, AgreementText, IdentitySeen, Organisation, Reference, Signature, Talk
from alongside.people.tests.conftest import at_once
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")


def test_a_room_asks_for_nothing_that_has_no_place():
    with pytest.raises(ValueError, match="a high score"):
        readiness.requires("a high score")


def test_what_people_asks_is_met_step_by_step(ruth, marisol, cora):
    def met() -> set[str]:
        return {each.name for each in readiness.requirements_of(ruth) if each.is_met} - {
            "workshop",
            "assessment",
            "shown practice",
        }

    assert met() == set()
    acts.publish_agreement(cora, "I listen.", replaces=0)
    acts.sign_agreement(ruth, 1)
    assert met() == {"agreement"}
    acts.note_identity(ruth, by=cora)
    acts.note_reference(ruth, by=cora)
    assert met() == {"agreement", "identity"}
    acts.note_reference(ruth, by=marisol)
    acts.note_talk(ruth, by=marisol)
    assert met() == {"agreement", "identity", "references", "talk"}


def test_an_organisation_may_do_without_references(prepared, cora, marisol):
    IdentitySeen.objects.all().delete()
    Reference.objects.all().delete()
    with pytest.raises(Refused, match="Your identity, seen and Two references"):
        acts.declare_ready(prepared, by=cora)
    Organisation.objects.create(asks_for_references=False)
    acts.declare_ready(prepared, by=cora)
    assert acts.declare_ready(prepared, by=marisol)


def test_a_new_version_of_the_agreement_is_signed_before_anybody_declares(prepared, cora, marisol):
    acts.declare_ready(prepared, by=cora)
    acts.publish_agreement(cora, "I listen, I keep it, and I rest.", replaces=1)
    with pytest.raises(Refused, match="The agreement, signed"):
        acts.declare_ready(prepared, by=marisol)
    with pytest.raises(Refused, match="has changed while you were reading"):
        acts.sign_agreement(prepared, 1)
    acts.sign_agreement(prepared, 2)
    assert acts.declare_ready(prepared, by=marisol)


def test_only_a_coordinator_publishes_and_nobody_over_somebody_else(cora, marisol, ruth):
    for by in (marisol, ruth):
        with pytest.raises(Refused, match="Only coordinators"):
            acts.publish_agreement(by, "I listen.", replaces=0)
    acts.publish_agreement(cora, "  I listen.  \r\n\r\nI keep it. \n", replaces=0)
    assert AgreementText.objects.get().text == "I listen.\n\nI keep it."
    for text, replaces, sentence in (
        ("I listen more.", 0, "Somebody published"),
        ("I listen.\n\nI keep it.", 1, "what stands already"),
        (" \n", 1, "nothing in the agreement"),
    ):
        with pytest.raises(Refused, match=sentence):
            acts.publish_agreement(cora, text, replaces=replaces)
    assert Entry.objects.filter(verb=Verb.AGREEMENT_PUBLISHED, actor=cora.pk).count() == 1


def test_a_coordinator_begins_with_a_text_and_publishes_it(cora, as_, ruth):
    text = starting_text()
    assert acts.publish_agreement(cora, text, replaces=0).text == text
    page = as_(ruth).get("/me/ready/agreement/").content.decode()
    assert page.count("<p>I ") >= 5


def test_to_sign_twice_is_to_sign_once(ruth, cora):
    acts.publish_agreement(cora, "I listen.", replaces=0)
    assert acts.sign_agreement(ruth, 1) == acts.sign_agreement(ruth, 1)
    assert Signature.objects.count() == 1


def test_what_was_noted_is_noted_once_and_can_be_taken_back(prepared, cora, marisol):
    for act, sentence in ((acts.note_identity, "noted already"), (acts.note_reference, "noted already")):
        with pytest.raises(Refused, match=sentence):
            act(prepared, by=cora)
    with pytest.raises(Refused, match="nothing of this kind"):
        acts.take_back_talk(prepared, by=cora)  # it was Marisol who talked with her
    acts.take_back_talk(prepared, by=marisol)
    acts.take_back_identity(prepared, by=cora)
    acts.take_back_reference(prepared, by=cora)
    assert (Talk.objects.count(), IdentitySeen.objects.count(), Reference.objects.count()) == (0, 0, 1)
    assert Entry.objects.filter(verb=Verb.NOTE_TAKEN_BACK, subject=prepared.pk).count() == 3
    with pytest.raises(Refused, match="still missing: Your identity, seen, Two references and A talk"):
        acts.declare_ready(prepared, by=marisol)


@pytest.mark.django_db(transaction=True)
def test_two_references_noted_by_three_at_once_are_two(ruth, cora, marisol, make_account):
    third = make_account("third", COORDINATOR)
    came = at_once(*[lambda by=by: acts.note_reference(ruth, by=by) for by in (cora, marisol, third)])
    assert sum(isinstance(each, Refused) for each in came) == 1
    assert Reference.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_versions_published_at_once_one_stands(cora, make_account):
    other = make_account("other", COORDINATOR)
    came = at_once(
        lambda: acts.publish_agreement(cora, "I listen.", replaces=0),
        lambda: acts.publish_agreement(other, "I lean in.", replaces=0),
    )
    assert sorted(type(each).__name__ for each in came) == ["AgreementText", "Refused"]
    assert Entry.objects.filter(verb=Verb.AGREEMENT_PUBLISHED).count() == 1
