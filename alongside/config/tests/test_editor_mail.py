"""Wagtail's editor sends no mail by itself: what it would say is not for a mailbox."""

from django.conf import settings
from django.core import mail
from wagtail import signals
from wagtail.models import TaskState, WorkflowState


def test_nobody_listens_for_whom_to_write_to():
    told = (signals.workflow_submitted, signals.workflow_rejected, signals.workflow_approved)
    listeners = [listener for signal in told for listener in signal._live_receivers(WorkflowState)[0]]
    listeners += signals.task_submitted._live_receivers(TaskState)[0]
    assert not [each for each in listeners if type(each).__module__ == "wagtail.admin.mail"]


def test_comments_which_would_be_told_of_by_mail_are_off():
    assert settings.WAGTAILADMIN_COMMENTS_ENABLED is False


def test_submitting_for_review_sends_nothing(db, marisol, cora, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

    task = GroupApprovalTask.objects.create(name="anybody")
    task.groups.set(marisol.groups.all())
    workflow = Workflow.objects.create(name="reading")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = Page.get_first_root_node().add_child(instance=Page(title="A page", slug="a-page"))
    page.save_revision(user=cora)
    state = workflow.start(page, user=cora)
    state.current_task_state.specific.reject(user=marisol)
    assert mail.outbox == []
