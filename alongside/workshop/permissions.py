"""Who of the staff may do what with the front page in the editor: all may draft, survivor leaders publish."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER

MAY: dict[str, tuple[str, ...]] = {
    COORDINATOR: ("change",),
    SURVIVOR_LEADER: ("change", "publish"),
}


def give_staff_permissions(page: Page) -> None:
    """Let the two staff groups draft ``page``, and survivor leaders publish it; safe to run twice."""
    pages = ContentType.objects.get_for_model(Page)
    for name, verbs in MAY.items():
        group, _created = Group.objects.get_or_create(name=name)
        for verb in verbs:
            # Wagtail makes these itself, but only after this has run for the first time.
            permission, _created = Permission.objects.get_or_create(
                content_type=pages, codename=f"{verb}_page", defaults={"name": f"Can {verb} page"}
            )
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    if not WorkflowPage.objects.filter(page=page).exists():
        WorkflowPage.objects.create(page=page, workflow=_survivor_leaders_approve())


def _survivor_leaders_approve() -> Workflow:
    """Give a workflow that a survivor leader finishes: Wagtail's own asks a group that nobody is in."""
    workflow = Workflow.objects.create(name=gettext("A survivor leader reads it"))
    task = GroupApprovalTask.objects.create(name=gettext("A survivor leader reads it"))
    task.groups.set([Group.objects.get(name=SURVIVOR_LEADER)])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
