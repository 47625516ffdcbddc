"""Wagtail's editor, without the mails that it would send by itself."""

from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

MAILS = {
    task_submitted: "group_approval_task_submitted_email_notification",
    workflow_submitted: "workflow_state_submitted_email_notification",
    workflow_rejected: "workflow_state_rejected_email_notification",
    workflow_approved: "workflow_state_approved_email_notification",
}


class EditorApp(WagtailAdminAppConfig):  # type: ignore[misc]
    """Its mails would name what is written about, and go out from inside a page; ours are ``people.letters``."""

    def ready(self) -> None:
        """Do what Wagtail does, and then let nobody listen for whom to write to."""
        from wagtail.models import TaskState, WorkflowState

        super().ready()
        for signal, name in MAILS.items():
            sender = TaskState if signal is task_submitted else WorkflowState
            if not signal.disconnect(sender=sender, dispatch_uid=name):
                raise RuntimeError(f"Wagtail has no “{name}” any more: see how it sends mail now.")
