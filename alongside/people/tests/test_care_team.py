"""Coordinators name who receives reports; whoever leaves, or loses the role, receives none any more."""

import pytest
from django.urls import reverse

from alongside.core.codes import new_ally_code
from alongside.people import acts
from alongside.people.acts import Refused
from alongside.people.models import CareMember, KeyPair, User
from alongside.people.signals import care_left
from alongside.people.tests.conftest import at_once
from alongside.records.models import Entry, Tombstone, Verb

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def left():
    """Of whom was said that they left the care team."""
    said: list[User] = []

    def listen(user, **kwargs):
        said.append(user)

    care_left.connect(listen)
    yield said
    care_left.disconnect(listen)


@pytest.fixture
def member(cora, marisol):
    """Marisol, who receives reports."""
    acts.name_care_member(marisol, by=cora)
    acts.make_own_code(marisol, new_ally_code())
    return marisol


def last_entry() -> tuple[str, object, object]:
    entry = Entry.objects.latest("pk")
    return entry.verb, entry.actor, entry.subject


def test_a_coordinator_names_a_care_member_and_it_takes_effect_with_her_code(cora, marisol):
    acts.name_care_member(marisol, by=cora)
    assert last_entry() == (Verb.CARE_MEMBER_NAMED, cora.pk, marisol.pk)
    assert not CareMember.in_effect().exists(), "nothing can be sealed to her yet"
    acts.make_own_code(marisol, new_ally_code())
    assert list(CareMember.in_effect()) == [marisol]


def test_only_coordinators_name_and_only_who_is_of_the_desk_is_named(cora, marisol, ruth, make_account):
    with pytest.raises(Refused, match="Only coordinators"):
        acts.name_care_member(cora, by=marisol)
    with pytest.raises(Refused, match="Only somebody of the desk"):
        acts.name_care_member(ruth, by=cora)
    without = make_account("dora", "survivor leader", second_factor=False)
    with pytest.raises(Refused, match="second factor"):
        acts.name_care_member(without, by=cora)
    acts.name_care_member(cora, by=cora)
    with pytest.raises(Refused, match="already"):
        acts.name_care_member(cora, by=cora)


def test_she_leaves_by_herself(member, left):
    acts.leave_care_team(member)
    assert left == [member]
    assert last_entry() == (Verb.CARE_MEMBER_LEFT, member.pk, member.pk)
    assert not CareMember.in_effect().exists()
    with pytest.raises(Refused):
        acts.leave_care_team(member)


def test_a_coordinator_takes_her_off(member, cora, left):
    with pytest.raises(Refused, match="Only coordinators"):
        acts.remove_care_member(member, by=member)
    acts.remove_care_member(member, by=cora)
    assert left == [member]
    assert last_entry() == (Verb.CARE_MEMBER_LEFT, cora.pk, member.pk)
    with pytest.raises(Refused):
        acts.remove_care_member(member, by=cora)


def test_with_her_role_she_loses_it_too(member, cora, left):
    acts.take_roles_away(member, by=cora)
    assert left == [member]
    assert not CareMember.objects.exists()


def test_taking_a_role_away_from_somebody_else_says_nothing_of_the_care_team(cora, marisol, left):
    acts.take_roles_away(marisol, by=cora)
    assert left == []
    assert not Entry.objects.filter(verb=Verb.CARE_MEMBER_LEFT).exists()


def test_with_her_account_all_of_it_goes(member):
    acts.leave(member)
    assert not CareMember.objects.exists()
    assert not KeyPair.objects.exists()


def test_no_restore_brings_her_back(member):
    acts.leave_care_team(member)
    assert Tombstone.objects.filter(table=CareMember._meta.db_table, row=str(member.pk)).exists()


@pytest.mark.django_db(transaction=True)
def test_leaving_and_being_taken_off_at_once_is_said_once(member, cora, left):
    at_once(lambda: acts.leave_care_team(member), lambda: acts.remove_care_member(member, by=cora))
    assert Entry.objects.filter(verb=Verb.CARE_MEMBER_LEFT).count() == 1
    assert left == [member]


# --- The pages ------------------------------------------------------------------------------------------------------


def test_the_team_page_shows_who_receives_reports_and_who_only_will(cora, marisol, as_proved):
    browser = as_proved(cora)
    said = browser.post(reverse("desk:name_care_member", args=[marisol.pk]), follow=True).text
    assert "is a care member now" in said
    assert "nothing can be sealed to them" in said
    acts.make_own_code(marisol, new_ally_code())
    assert "receives reports" in browser.get(reverse("desk:team")).text
    asked = browser.get(reverse("desk:remove_care_member", args=[marisol.pk]))
    assert "nobody can give that back" in asked.text
    assert CareMember.objects.exists()
    gone = browser.post(reverse("desk:remove_care_member", args=[marisol.pk]), follow=True).text
    assert "No report goes to them any more" in gone
    assert not CareMember.objects.exists()


def test_a_learner_cannot_be_named_by_her_id(cora, ruth, as_proved):
    assert as_proved(cora).post(reverse("desk:name_care_member", args=[ruth.pk])).status_code == 404


def test_she_is_asked_before_she_leaves(member, as_):
    browser = as_(member)
    assert "are closed to you at once" in browser.get(reverse("people:leave_care_team")).text
    assert CareMember.objects.exists()
    assert "You have left the care team" in browser.post(reverse("people:leave_care_team"), follow=True).text
    assert browser.get(reverse("people:leave_care_team")).status_code == 404
