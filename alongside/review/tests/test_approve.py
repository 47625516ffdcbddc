"""A survivor leader approves one exact version, and pages say so while just that is live."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.utils import timezone

from alongside.people.acts import ONLY_LEADERS, Refused
from alongside.people.models import SURVIVOR_LEADER
from alongside.records.models import Entry, Verb
from alongside.review.approving import (
    CHANGED_MEANWHILE,
    NOT_APPROVED,
    NOT_AS_IT_SHIPS,
    NOT_LIVE,
    OWN_WORK,
    approval_of,
    approve_live,
    is_approved,
    withdraw_approval,
)
from alongside.review.hashing import content_hash, says_what_ships
from alongside.review.models import Approval
from alongside.review.waiting import unapproved_live, waiting


def badge(row) -> str:
    return Template("{% load review %}{% reviewed row %}").render(Context({"row": row}))


def test_what_ships_is_live_and_not_reviewed(editor):
    assert editor.row.live
    assert says_what_ships(editor.row)
    assert not is_approved(editor.row)
    assert "Not yet reviewed by survivors" in badge(editor.row)


def test_what_a_coordinator_hands_in_goes_live_by_a_leaders_approval(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    assert editor.now().title != "Another title"
    assert editor.decide(marisol, state).status_code == 302
    row = editor.now()
    assert (row.title, row.live, row.has_unpublished_changes) == ("Another title", True, False)
    approval = approval_of(row)
    assert approval
    assert (approval.leader, approval.revision, approval.content) == (marisol, state.revision, row)
    assert "Reviewed by survivors of this organisation" in badge(row)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.subject) == (Verb.CONTENT_APPROVED, marisol.pk, approval.pk)


def test_a_leader_decides_where_she_reads(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    form = editor.as_(marisol).get(editor.address("edit")).text
    assert 'data-workflow-action-name="approve"' in form
    assert 'data-workflow-action-name="reject"' in form
    assert 'name="action-publish"' not in form
    assert "It is live" in editor.decide_in_form(marisol, "What she typed is not what she approves")
    assert editor.now().title == "Another title"
    assert editor.now().revisions.filter(user=marisol).count() == 0, "to decide is not to write"
    assert Approval.objects.get().revision == state.revision


def test_what_is_sent_back_says_what_would_help_and_comes_again(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    assert "what would help" in editor.decide_in_form(marisol, "", "reject")
    assert editor.waiting() == state, "a word is needed"
    assert "Sent back" in editor.decide_in_form(marisol, "", "reject", extra='{"comment": "Say it plainer."}')
    state.refresh_from_db()
    assert (state.status, state.comment, editor.now().title) == ("rejected", "Say it plainer.", editor.row.title)
    again = editor.hand_in(cora, "A plain title")
    editor.decide(marisol, again)
    assert editor.now().title == "A plain title"
    assert is_approved(editor.now())


def test_leaders_find_what_waits_where_the_editor_opens(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    assert "Awaiting your review" in editor.as_(marisol).get("/edit/").text
    assert "Awaiting your review" not in editor.as_(cora).get("/edit/").text
    (found,) = waiting()
    assert (found.state, found.row, found.title, found.author_id) == (state, editor.row, "Another title", cora.pk)
    assert found.may_be_decided_by(marisol)
    assert not found.may_be_decided_by(cora)
    for address in (found.review_url, found.preview_url, found.compare_url):
        assert editor.as_(marisol).get(address).status_code == 200


def test_nobody_changes_what_waits_for_review(editor, cora, marisol, imani):
    editor.hand_in(cora, "Another title")
    for who in (cora, marisol, imani):
        editor.save(who, "A third title")
        assert editor.now().get_latest_revision_as_object().title == "Another title"


def test_whoever_handed_it_in_takes_it_back_and_goes_on(editor, cora):
    editor.hand_in(cora, "Another title")
    editor.save(cora, "Another title", "action-cancel-workflow")
    assert waiting() == []
    editor.save(cora, "A third title")
    assert editor.now().get_latest_revision_as_object().title == "A third title"


def test_an_approval_is_of_these_words_only(editor, cora, marisol):
    editor.decide(marisol, editor.hand_in(cora, "Another title"))
    row = editor.now()
    row.title = "Changed behind everybody's back"
    row.save()
    assert not is_approved(editor.now())


def test_an_import_goes_live_unapproved(drill_editor, drill, marisol, settings):
    approve_live(drill, marisol)
    file = settings.CONTENT / "en/drills" / f"{drill.source_id}.yaml"
    file.write_text(file.read_text().replace("Hana's tax return", "Three years of tax"))
    call_command("import", verbosity=0)
    row = drill_editor.now()
    assert (row.title, row.live) == ("Three years of tax", True)
    assert "Not yet reviewed by survivors" in badge(row)
    assert approve_live(row, marisol)


def test_a_leader_approves_what_shipped_as_it_is(editor, marisol):
    approval = approve_live(editor.now(), marisol, read=content_hash(editor.row))
    assert approval.revision == editor.row.live_revision
    assert approve_live(editor.now(), marisol) == approval, "twice is once"
    assert is_approved(editor.now())
    assert Entry.objects.filter(verb=Verb.CONTENT_APPROVED).count() == 1
    assert editor.row.pk not in {each.row.pk for each in unapproved_live() if type(each.row) is type(editor.row)}


def test_what_is_live_without_approval_is_listed(editor):
    (found,) = [each for each in unapproved_live() if each.row == editor.row]
    assert (found.title, found.is_shipped, found.content_hash) == (str(editor.row), True, content_hash(editor.row))


@pytest.mark.parametrize("who", ["cora", "ruth", "sue"])
def test_only_survivor_leaders_approve_what_shipped(editor, request, who):
    with pytest.raises(Refused) as refused:
        approve_live(editor.now(), request.getfixturevalue(who))
    assert refused.value.sentence == ONLY_LEADERS


def test_a_leader_without_a_second_factor_approves_nothing(editor, cora, make_account):
    leader = make_account("lena", SURVIVOR_LEADER, second_factor=False)
    with pytest.raises(Refused):
        approve_live(editor.now(), leader)
    state = editor.hand_in(cora, "Another title")
    editor.decide(leader, state)
    assert editor.now().title == editor.row.title


def test_what_she_read_is_what_she_approves(editor, marisol):
    with pytest.raises(Refused) as refused:
        approve_live(editor.now(), marisol, read="0" * 64)
    assert refused.value.sentence == CHANGED_MEANWHILE


def test_a_leader_who_edited_what_shipped_leaves_it_to_another(editor, marisol, imani):
    editor.save(marisol, "My title")
    with pytest.raises(Refused) as refused:
        approve_live(editor.now(), marisol)
    assert refused.value.sentence == OWN_WORK
    assert approve_live(editor.now(), imani)


def test_what_staff_changed_is_not_approved_as_shipped(editor, cora, marisol, imani):
    editor.decide(marisol, editor.hand_in(cora, "Another title"))
    withdraw_approval(editor.now(), imani)
    with pytest.raises(Refused) as refused:
        approve_live(editor.now(), marisol)
    assert refused.value.sentence == NOT_AS_IT_SHIPS


def test_what_is_offline_is_not_approved(drill_editor, drill, marisol):
    approve_live(drill, marisol)
    drill.unpublish()
    assert not is_approved(drill_editor.now())
    with pytest.raises(Refused) as refused:
        approve_live(drill_editor.now(), marisol)
    assert refused.value.sentence == NOT_LIVE


def test_a_leader_withdraws_an_approval(editor, cora, marisol, imani):
    approval = approve_live(editor.now(), marisol)
    with pytest.raises(Refused) as refused:
        withdraw_approval(editor.now(), cora)
    assert refused.value.sentence == ONLY_LEADERS
    withdraw_approval(editor.now(), imani)
    approval.refresh_from_db()
    assert approval.withdrawn_by == imani
    assert (editor.now().live, is_approved(editor.now())) == (True, False)
    assert Entry.objects.filter(verb=Verb.APPROVAL_WITHDRAWN, actor=imani.pk, subject=approval.pk).exists()
    with pytest.raises(Refused) as refused:
        withdraw_approval(editor.now(), imani)
    assert refused.value.sentence == NOT_APPROVED
    assert approve_live(editor.now(), marisol) != approval, "and another can be given"


def test_an_approval_outlives_the_account_of_its_leader(editor, marisol):
    approve_live(editor.now(), marisol)
    marisol.delete()
    assert Approval.objects.get().leader is None
    assert is_approved(editor.now())


def test_an_approved_version_goes_live_on_its_date(drill_editor, cora, marisol):
    soon = timezone.now() + timedelta(days=3)
    state = drill_editor.hand_in(cora, "Another title", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    assert "on its date" in drill_editor.decide_in_form(marisol, "")
    assert drill_editor.now().title == drill_editor.row.title
    assert Approval.objects.get().revision == state.revision
    arrive(state)
    row = drill_editor.now()
    assert (row.title, is_approved(row)) == ("Another title", True)


def test_a_version_whose_approval_was_withdrawn_does_not_go_live_on_its_date(drill_editor, cora, marisol):
    soon = timezone.now() + timedelta(days=3)
    state = drill_editor.hand_in(cora, "Another title", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    drill_editor.decide(marisol, state)
    Approval.objects.update(withdrawn_at=timezone.now())
    arrive(state)
    assert drill_editor.now().title == drill_editor.row.title
    state.revision.refresh_from_db()
    assert state.revision.approved_go_live_at is None


def arrive(state) -> None:
    """Let the date come, and the tick publish what is due."""
    past = timezone.now() - timedelta(minutes=1)
    revision = state.revision
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", verbosity=0)


def test_whoever_may_edit_takes_a_date_away(drill_editor, cora, marisol):
    soon = timezone.now() + timedelta(days=3)
    state = drill_editor.hand_in(cora, "Another title", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    drill_editor.decide(marisol, state)
    drill_editor.save(cora, "A third title")
    assert drill_editor.now().get_latest_revision_as_object().title == "Another title", "it waits for its date"
    unschedule = drill_editor.address("revisions_unschedule", state.revision_id)
    assert unschedule in drill_editor.as_(cora).get(drill_editor.address("edit")).text
    assert unschedule in drill_editor.as_(cora).get(drill_editor.address("history")).text
    drill_editor.as_(cora).post(unschedule)
    drill_editor.save(cora, "A third title")
    assert drill_editor.now().get_latest_revision_as_object().title == "A third title"
