"""Every way round survivor review: each is tried through the editor, by a coordinator, leaders and a superuser."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.practice.models import Drill
from alongside.review.approving import is_approved
from alongside.review.kinds import kinds
from alongside.review.models import Approval, NotReviewedError, SurvivorReview
from alongside.review.tests.conftest import Editor
from alongside.review.wagtail import ContentPolicy, ContentViewSet
from alongside.review.workflow import ensure_review
from alongside.workshop.front_page import ensure_front_page
from alongside.workshop.models import FrontPage

EVERYBODY = pytest.mark.parametrize("who", ["cora", "marisol", "sue"])


@pytest.fixture
def whoever(request, who):
    return request.getfixturevalue(who)


def stands_as_it_shipped(editor) -> bool:
    row = editor.now()
    return (row.live, row.title, Approval.objects.count()) == (True, editor.row.title, 0)


# --- To make something live at once ---------------------------------------------------------------------------------


@EVERYBODY
def test_nobody_publishes_by_the_button_and_what_was_typed_is_a_draft(editor, whoever):
    form = editor.form("Live at once") | {"action-publish": "yes"}
    answer = editor.as_(whoever).post(editor.address("edit"), form, follow=True)
    assert stands_as_it_shipped(editor)
    assert editor.now().get_latest_revision_as_object().title == "Live at once"
    assert "Nothing goes live by hand" in answer.text


@EVERYBODY
def test_nobody_is_offered_what_nobody_does(editor, whoever):
    form = editor.as_(whoever).get(editor.address("edit")).text
    assert 'name="action-submit"' in form
    assert "action-publish" not in form
    assert editor.address("unpublish") not in form


@EVERYBODY
def test_nobody_schedules_what_was_not_reviewed(drill_editor, whoever):
    soon = timezone.now() + timedelta(minutes=5)
    drill_editor.save(whoever, "Live soon", "action-publish", go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert drill_editor.now().get_latest_revision_as_object().go_live_at, "the date stays in the draft"


def test_a_date_without_an_approval_comes_to_nothing(editor, cora):
    editor.save(cora, "Live by a date")
    Revision.objects.filter(pk=editor.now().latest_revision_id).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    assert stands_as_it_shipped(editor)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


@EVERYBODY
def test_new_content_is_a_draft_whatever_button_made_it(drill_editor, whoever):
    form = drill_editor.form("A new one", source_id="a-new-one") | {"action-publish": "yes"}
    drill_editor.as_(whoever).post(reverse("wagtailsnippets_practice_drill:add"), form)
    assert not Drill.objects.get(source_id="a-new-one").live


@EVERYBODY
def test_a_copy_is_a_draft_and_leaves_the_original_alone(drill_editor, whoever):
    browser = drill_editor.as_(whoever)
    assert browser.get(drill_editor.address("copy")).status_code == 200
    assert browser.post(drill_editor.address("copy"), drill_editor.form("A copy")).status_code == 405
    assert stands_as_it_shipped(drill_editor)


@EVERYBODY
def test_an_older_version_comes_back_as_a_draft(editor, whoever, cora, marisol):
    older = editor.row.live_revision_id
    editor.decide(marisol, editor.hand_in(cora, "Another title"))
    editor.as_(whoever).post(
        editor.address("revisions_revert", older), editor.form(editor.row.title) | {"action-publish": "yes"}
    )
    assert editor.now().title == "Another title"


@EVERYBODY
def test_nobody_publishes_many_at_once(front, as_, whoever):
    editor = Editor(as_, front)
    editor.save(whoever, "Live with others")
    as_(whoever).post(f"/edit/bulk/wagtailcore/page/publish/?id={front.pk}&next=/edit/", {"include_descendants": "on"})
    assert stands_as_it_shipped(editor)


def test_a_translation_is_a_draft(drill_editor, drill, sue, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Spanish")]
    spanish = Locale.objects.create(language_code="es")
    address = reverse("simple_translation:submit_snippet_translation", args=["practice", "drill", drill.pk])
    drill_editor.as_(sue).post(address, {"locales": [spanish.pk]})
    copy = Drill.objects.get(locale=spanish)
    assert (copy.live, copy.live_revision, copy.imported_hash, copy.translation_key) == (
        False,
        None,
        "",
        drill.translation_key,
    )
    assert drill_editor.as_(sue).get(reverse("wagtailsnippets_practice_drill:edit", args=[copy.pk])).status_code == 200


def test_a_page_for_another_language_is_a_draft(front, as_, sue, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Spanish")]
    spanish = Locale.objects.create(language_code="es")
    address = reverse("simple_translation:submit_page_translation", args=[front.pk])
    as_(sue).post(address, {"locales": [spanish.pk]})
    assert not FrontPage.objects.get(locale=spanish).live


def test_no_code_publishes_what_a_person_wrote(editor, cora):
    editor.save(cora, "Live by code")
    for by in (None, cora):
        with pytest.raises(NotReviewedError):
            editor.now().latest_revision.publish(user=by, skip_permission_checks=True)
    assert stands_as_it_shipped(editor)


@pytest.mark.parametrize("name", ["unpublish", "edit"])
def test_a_permission_that_was_granted_all_the_same_opens_nothing(drill_editor, sue, monkeypatch, name):
    monkeypatch.setattr(ContentPolicy, "user_has_permission", lambda *_: True)
    drill_editor.as_(sue).post(drill_editor.address(name), drill_editor.form("Granted") | {"action-publish": "yes"})
    assert stands_as_it_shipped(drill_editor)


# --- To take away what is live --------------------------------------------------------------------------------------


@EVERYBODY
def test_nobody_takes_offline_or_deletes(editor, whoever):
    browser = editor.as_(whoever)
    for name in ("unpublish", "delete"):
        browser.post(editor.address(name), {"include_descendants": "on"})
    kind = "wagtailcore/page" if isinstance(editor.row, FrontPage) else "practice/drill"
    for action in ("delete", "unpublish"):
        browser.post(f"/edit/bulk/{kind}/{action}/?id={editor.row.pk}&next=/edit/", {"confirm": "yes"})
    assert stands_as_it_shipped(editor)


@EVERYBODY
def test_nobody_moves_or_copies_the_front_page(front, as_, whoever):
    root = front.get_parent()
    browser, path = as_(whoever), front.path
    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[front.pk, root.pk]))
    browser.post(f"/edit/bulk/wagtailcore/page/move/?id={front.pk}&next=/edit/", {"chooser": root.pk})
    for alias in ("on", ""):
        copy = {"new_title": "Two", "new_slug": "two", "new_parent_page": root.pk, "publish_copies": "on"}
        browser.post(reverse("wagtailadmin_pages:copy", args=[front.pk]), copy | {"alias": alias})
    assert FrontPage.objects.get().path == path


# --- To approve what one should not ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["cora", "sue", "noor"])
@pytest.mark.parametrize("by", ["decide", "decide_in_form"])
def test_only_survivor_leaders_decide(editor, request, cora, who, by):
    state = editor.hand_in(cora, "Another title")
    whoever = request.getfixturevalue(who)
    if by == "decide":
        editor.decide(whoever, state)
    elif who != "noor":
        assert "did not work on it" in editor.decide_in_form(whoever, "")
    assert editor.waiting() == state
    assert stands_as_it_shipped(editor)


@pytest.mark.parametrize("by", ["decide", "decide_in_form"])
def test_a_leader_does_not_decide_about_her_own_work(editor, marisol, imani, by):
    state = editor.hand_in(marisol, "My title")
    form = editor.as_(marisol).get(editor.address("edit")).text
    assert "data-workflow-action-name" not in form
    for action in ("approve", "reject"):
        if by == "decide":
            editor.decide(marisol, state, action, "Fine.")
        else:
            editor.decide_in_form(marisol, "", action, extra='{"comment": "Fine."}')
    assert editor.waiting() == state
    assert stands_as_it_shipped(editor)
    editor.decide(imani, state)
    assert editor.now().title == "My title"


def test_what_she_wrote_is_hers_though_another_handed_it_in(editor, cora, marisol, imani):
    editor.save(marisol, "My title")
    state = editor.hand_in(cora, "My title, nearly")
    editor.decide(marisol, state)
    assert stands_as_it_shipped(editor)
    editor.decide(imani, state)
    assert editor.now().title == "My title, nearly"
    editor.decide(marisol, editor.hand_in(cora, "A third title"))
    assert editor.now().title == "A third title", "what was approved since is behind her"


def test_her_words_are_hers_though_another_brings_them_back(editor, cora, marisol, imani):
    editor.save(marisol, "My title")
    hers = editor.now().latest_revision_id
    editor.decide(imani, editor.hand_in(cora, "Another title"))
    editor.as_(cora).post(editor.address("revisions_revert", hers), editor.form("My title"))
    state = editor.hand_in(cora, "My title")
    editor.decide(marisol, state)
    assert editor.now().title == "Another title"
    assert editor.waiting() == state


def test_a_leader_does_not_decide_through_the_address_of_something_else(drill, front, as_, cora, marisol, imani):
    """Wagtail asks whether she may decide about the page in the address, not about what she decides."""
    page, other = Editor(as_, front), Editor(as_, drill)
    mine = other.hand_in(marisol, "My title")
    page.hand_in(cora, "Another title")
    page.decide(marisol, mine)
    assert stands_as_it_shipped(other)
    mine.refresh_from_db()
    assert mine.status == TaskState.STATUS_IN_PROGRESS


def test_what_changed_while_she_read_is_not_what_she_approves(editor, cora, marisol):
    read = editor.hand_in(cora, "Another title").revision_id
    editor.save(cora, "", "action-cancel-workflow")
    editor.hand_in(cora, "A worse title")
    told = editor.decide_in_form(marisol, "", loaded_revision_id=read)
    assert "changed while you read it" in told
    assert stands_as_it_shipped(editor)


def test_an_approval_of_an_older_version_publishes_no_later_one(editor, cora, marisol, settings):
    state = editor.hand_in(cora, "Another title")
    row = editor.now().get_latest_revision_as_object()
    row.title = "Saved later"
    row.save_revision(user=cora)
    editor.decide(marisol, state)
    assert stands_as_it_shipped(editor)
    settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
    TaskState.objects.get(pk=state.pk).approve(user=marisol)
    assert (editor.now().title, editor.now().has_unpublished_changes) == ("Another title", True)


def test_the_editors_autosave_does_not_change_what_waits(editor, cora):
    state = editor.hand_in(cora, "Another title")
    row = editor.now().get_latest_revision_as_object()
    row.title = "Slipped in"
    assert row.save_revision(user=cora, overwrite_revision=state.revision) != state.revision
    state.revision.refresh_from_db()
    assert state.revision.content["title"] == "Another title"


def test_a_second_approval_of_the_same_is_refused(editor, cora, marisol, imani):
    state = editor.hand_in(cora, "Another title")
    editor.decide(marisol, state)
    editor.decide(imani, state)
    assert Approval.objects.get().leader == marisol
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, imani, "approve")


def test_nothing_but_her_words_travels_with_a_decision(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    extra = json.dumps({"comment": "Fine.", "update": False, "user": "nobody"})
    editor.decide_in_form(marisol, "", extra=extra)
    state.refresh_from_db()
    assert (state.comment, state.finished_by) == ("Fine.", marisol)
    assert is_approved(editor.now())


@pytest.mark.parametrize("extra", ["[]", "{", '"approve"'])
def test_nonsense_beside_a_decision_is_no_comment(editor, cora, marisol, extra):
    state = editor.hand_in(cora, "Another title")
    editor.decide_in_form(marisol, "", extra=extra)
    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_APPROVED, "")


def test_another_kind_of_workflow_publishes_nothing(editor, cora, marisol):
    group = Group.objects.get(name=COORDINATOR)
    task = GroupApprovalTask.objects.create(name="Anybody")
    task.groups.set([group])
    workflow = Workflow.objects.create(name="Anybody")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.update(workflow=workflow)
    WorkflowPage.objects.update(workflow=workflow)
    state = editor.hand_in(cora, "Another title")
    editor.decide(cora, state)
    editor.decide_in_form(cora, "")
    assert stands_as_it_shipped(editor)
    ensure_review()
    ensure_front_page()
    editor.decide(marisol, editor.hand_in(cora, "Another title"))
    assert is_approved(editor.now())


def test_a_leader_who_is_one_no_more_decides_nothing(editor, cora, marisol):
    state = editor.hand_in(cora, "Another title")
    marisol.groups.set([Group.objects.get(name=COORDINATOR)])
    editor.decide(marisol, state)
    assert stands_as_it_shipped(editor)


# --- What every database has ----------------------------------------------------------------------------------------


def shut() -> None:
    (task,) = Task.objects.all()
    (workflow,) = Workflow.objects.all()
    assert isinstance(task.specific, SurvivorReview)
    assert list(workflow.tasks) == [task]
    assert WorkflowPage.objects.get().page.specific == FrontPage.objects.get()
    reviewed = {each.content_type.model_class() for each in WorkflowContentType.objects.filter(workflow=workflow)}
    assert reviewed == {kind.model for kind in kinds()}
    assert set(Group.objects.values_list("name", flat=True)) == {COORDINATOR, SURVIVOR_LEADER}
    granted = Permission.objects.filter(group__isnull=False) | Permission.objects.filter(user__isnull=False)
    assert {code.split("_")[0] for code in granted.values_list("codename", flat=True)} == {"access", "add", "change"}
    assert set(GroupPagePermission.objects.values_list("permission__codename", flat=True)) == {"change_page"}


def test_nobody_holds_a_permission_to_publish_and_there_is_one_workflow(db):
    shut()


def test_a_grant_is_taken_back_by_the_next_migration(db, cora):
    pages = Permission.objects.get(codename="publish_page")
    cora.user_permissions.set([pages, Permission.objects.get(codename="publish_drill")])
    leaders = Group.objects.get(name=SURVIVOR_LEADER)
    leaders.permissions.add(Permission.objects.get(codename="delete_scenario"))
    GroupPagePermission.objects.create(group=leaders, page=FrontPage.objects.get(), permission=pages)
    Group.objects.create(name="Moderators")
    SurvivorReview.objects.update(active=False)
    for _ in range(2):
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    shut()
    assert SurvivorReview.objects.get().active


@pytest.mark.django_db(transaction=True)
def test_the_review_comes_back_when_the_database_was_emptied():
    call_command("flush", interactive=False, verbosity=0)
    shut()


def test_every_kind_of_content_is_edited_the_reviewed_way():
    shown = [kind.model for kind in kinds() if hasattr(kind.model, "snippet_viewset")]
    assert shown
    assert all(isinstance(model.snippet_viewset, ContentViewSet) for model in shown)
