"""What the editor does with content and pages that are reviewed, and what it never does."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import WorkflowMenuItem as PageDecision
from wagtail.models import Page
from wagtail.snippets.action_menu import WorkflowMenuItem as ContentDecision

from alongside.review.models import Content, Reviewed
from alongside.review.models.survivor_review import APPROVE

BY_HAND = frozenset({"action-publish", "action-unpublish"})


def say_that_nothing_goes_live_by_hand(request: HttpRequest, what: Any) -> None:
    """Say so to whoever asks for it all the same; what was typed is kept as a draft."""
    if request.method == "POST" and "action-publish" in request.POST:
        messages.warning(
            request,
            gettext(
                "This is kept as a draft, with its date if it has one. Nothing goes live by hand: hand it in, and when "
                "a survivor leader has approved it, it goes live, or does on its date."
            ),
        )


def decide_or_edit(request: HttpRequest, row: Any) -> HttpResponse | None:
    """Take a survivor leader's decision without saving the form around it: saved, it would be her own work."""
    if not isinstance(row, Reviewed):
        return None
    if request.method == "POST" and "action-workflow-action" in request.POST:
        return _decide(request, row)
    say_that_nothing_goes_live_by_hand(request, row)
    return None


def offer_decisions(menu: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer survivor leaders their decisions first, though the form is locked; and offer nobody what nobody does."""
    row = context.get("instance") or context.get("page")
    if not isinstance(row, Reviewed) and not issubclass(context.get("model", object), Reviewed):
        return
    menu[:] = [item for item in menu if item.name not in BY_HAND]
    task = row.current_workflow_task if row is not None and context["view"] == "edit" else None
    if task is None:
        return
    item = PageDecision if isinstance(row, Page) else ContentDecision
    icons = {APPROVE: "success"}
    menu[:0] = [
        item(name, words, asks, icon_name=icons.get(name, "edit"))
        for name, words, asks in task.get_actions(row, request.user)
    ]


def refuse_by_hand(request: HttpRequest, row: Any) -> HttpResponse | None:
    """Publish nothing that is reviewed, and take none of it offline, whoever asks."""
    if not isinstance(row, Reviewed):
        return None
    messages.error(request, gettext("What is live changes only when a survivor leader has approved a version."))
    return redirect(_edit_address(row))


def keep_content(request: HttpRequest, rows: Iterable[Any]) -> HttpResponse | None:
    """Delete no content: what learners did hangs on it."""
    kept = [row for row in rows if isinstance(row, Content)]
    if not kept:
        return None
    messages.error(
        request, gettext("Content is kept: what learners did with it hangs on it. Leave what is not needed as a draft.")
    )
    return redirect(kept[0].snippet_viewset.get_url_name("list"))


def _decide(request: HttpRequest, row: Any) -> HttpResponse:
    state = row.current_workflow_task_state
    name = request.POST.get("workflow-action-name", "")
    if state is None or request.POST.get("loaded_revision_id") != str(state.revision_id):
        messages.error(request, gettext("This changed while you read it. Please read what waits now, then decide."))
        return redirect(_edit_address(row))
    task = state.task.specific
    form = task.get_form_for_action(name)(_said(request))
    if not form.is_valid():
        messages.error(request, gettext("Please say what would help, so that somebody can go on with it."))
        return redirect(_edit_address(row))
    try:
        task.on_action(state, request.user, name, **form.cleaned_data)
    except PermissionDenied:
        messages.error(request, gettext("A survivor leader decides about this who did not work on it."))
    else:
        messages.success(request, _outcome(row, name))
    return redirect(_edit_address(row))


def _said(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _outcome(row: Any, name: str) -> str:
    if name != APPROVE:
        return gettext("Sent back with what would help.")
    if type(row).objects.get(pk=row.pk).approved_schedule:
        return gettext("Approved. It goes live on its date.")
    return gettext("Approved. It is live.")


def _edit_address(row: Any) -> str:
    names = "wagtailadmin_pages:edit" if isinstance(row, Page) else row.snippet_viewset.get_url_name("edit")
    return reverse(names, args=[quote(row.pk)])


for _name, _does in (
    ("before_create_snippet", say_that_nothing_goes_live_by_hand),
    ("before_edit_snippet", decide_or_edit),
    ("before_edit_page", decide_or_edit),
    ("construct_snippet_action_menu", offer_decisions),
    ("construct_page_action_menu", offer_decisions),
    ("before_publish", refuse_by_hand),
    ("before_unpublish", refuse_by_hand),
    ("before_publish_page", refuse_by_hand),
    ("before_unpublish_page", refuse_by_hand),
    ("before_delete_snippet", keep_content),
):
    hooks.register(_name, _does)
