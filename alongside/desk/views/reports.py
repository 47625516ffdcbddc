"""Reports, for care members: listed by kind and age, opened with one's own code, answered, settled, passed on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import acts
from alongside.conversations.care_team import may_be_given
from alongside.conversations.models import Report
from alongside.conversations.posting import nonce_in
from alongside.desk.reports import as_shown, listed
from alongside.people.access import for_care_members, signed_in
from alongside.people.acts import Refused
from alongside.people.models import KeyPair
from alongside.people.opening import opener_of, with_code


@require_safe
@for_care_members
def reports(request: HttpRequest) -> HttpResponse:
    """Show which reports are sealed to her, by kind and age: no word of any."""
    member = signed_in(request)
    return render(request, "desk/reports.html", {"rows": listed(member), "has_code": KeyPair.of(member) is not None})


@for_care_members
@with_code
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say before a report is opened that it is noted; once it is opened, show it for a while."""
    found = _find(request, report_id)
    if request.method == "POST":
        try:
            acts.open_report(opener_of(request), found)
        except Refused:
            raise Http404 from None
        return redirect("desk:report", report_id)
    return _show(request, found)


@sensitive_post_parameters()
@require_POST
@for_care_members
@with_code
def answer(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Send an answer to who told it; what cannot be sent stays in its box."""
    found = _find(request, report_id)
    try:
        acts.answer_report(opener_of(request), found, request.POST.get("text", ""), nonce_in(request))
    except Refused as refusal:
        return _show(request, found, trouble=refusal.sentence)
    messages.success(request, gettext("Sent."))
    return redirect("desk:report", report_id)


@require_POST
@for_care_members
@with_code
def settle(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Note that a report was seen to."""
    try:
        acts.settle_report(opener_of(request), _find(request, report_id))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, gettext("Settled. It opens again by itself when something is added."))
    return redirect("desk:reports")


@require_POST
@for_care_members
@with_code
def pass_on(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Let another care member open it too."""
    found = _find(request, report_id)
    told = acts.opened_lately(opener_of(request), found)
    if told is None:
        return redirect("desk:report", report_id)
    chosen = request.POST.get("to", "")
    to = next((each for each in may_be_given(found, told.body.left_out) if str(each.pk) == chosen), None)
    if to is None:
        messages.warning(request, gettext("Choose to whom it should be passed on."))
        return redirect("desk:report", report_id)
    try:
        acts.pass_on(opener_of(request), found, to)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, gettext("%(name)s can open it now, too.") % {"name": to})
    return redirect("desk:report", report_id)


def _find(request: HttpRequest, report_id: UUID) -> Report:
    found = Report.objects.for_care(signed_in(request)).select_related("survivor", "ally", "about")
    report = found.filter(pk=report_id).first()
    if report is None:
        raise Http404
    return report


def _show(request: HttpRequest, found: Report, *, trouble: object = "") -> HttpResponse:
    told = acts.opened_lately(opener_of(request), found)
    context: dict[str, Any] = {"report": found, "trouble": trouble, "text": request.POST.get("text", "")}
    if told is not None:
        context |= {"shown": as_shown(told), "nonce": nonce_in(request)}
    return render(request, "desk/report.html", context, status=422 if trouble else 200)
