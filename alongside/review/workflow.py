"""The one workflow there is: whatever staff change waits for a survivor leader, and nothing else publishes it."""

from typing import Any

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page, Task, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from alongside.review.kinds import kinds
from alongside.review.models import SurvivorReview
from alongside.review.permissions import let_staff_add_files

WAGTAILS_GROUPS = ("Editors", "Moderators")


def tables_stand(apps: Apps, *models: str) -> bool:
    """Say whether ``apps``, those whose tables stand, have ``models`` and what the workflow is made of."""
    try:
        for model in ("review.SurvivorReview", *models):
            apps.get_model(model)
    except LookupError:
        return False
    return True


def ensure_review(apps: Apps = installed_apps, **kwargs: Any) -> None:
    """Have every kind of content reviewed by survivors, and shut what Wagtail brings beside it.

    Called after each migration; safe to run twice, and after a flush.
    """
    if not tables_stand(apps):
        return
    with transaction.atomic():
        workflow = survivors_review()
        for kind in kinds():
            WorkflowContentType.objects.update_or_create(
                content_type=ContentType.objects.get_for_model(kind.model, for_concrete_model=False),
                defaults={"workflow": workflow},
            )
        Workflow.objects.exclude(pk=workflow.pk).delete()
        Task.objects.exclude(workflow_tasks__workflow=workflow).delete()
        Group.objects.filter(name__in=WAGTAILS_GROUPS).delete()
        let_staff_add_files()


def have_reviewed(page: Page) -> None:
    """Have a page reviewed by survivors; safe to run twice."""
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": survivors_review()})


def survivors_review() -> Workflow:
    """Give the workflow of one step, the survivor review; makes both where they are missing."""
    name = gettext("Survivors review")
    task = SurvivorReview.objects.first() or SurvivorReview.objects.create(name=name)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first() or Workflow.objects.create(name=name)
    for each in (task, workflow):
        if not each.active:
            each.active = True
            each.save(update_fields=["active"])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task=task).delete()
    return workflow
