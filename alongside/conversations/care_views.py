"""A survivor and the care team: she reports, writes, reads what they answer; and is asked how it is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.conversations import acts
from alongside.conversations.access import conversation_of, own_report_of
from alongside.conversations.care_page import Filled, filled_in, own, page_of_reports, telling, telling_of, written_in
from alongside.conversations.keeping import for_her, typed_in
from alongside.conversations.models import Conversation, Felt, Report
from alongside.conversations.posting import nonce_in, number_in
from alongside.introductions.door import under_the_box
from alongside.people.acts import Refused
from alongside.people.opening import opener_of, say

Kind = Report.Kind


@sensitive_post_parameters()
@for_her
def report(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let her tell the care team of a conversation, with the messages that she chooses."""
    return _tell_of(request, conversation_of(request, conversation_id), Kind.REPORT)


@sensitive_post_parameters()
@for_her
def uneasy(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let her say that something made her uneasy, to the care team; or that nothing did, to nobody."""
    found = conversation_of(request, conversation_id)
    if "nothing" in request.POST:
        acts.nothing_uneasy(opener_of(request), found)
        return redirect("talk:conversation", found.pk)
    return _tell_of(request, found, Kind.UNEASY)


@require_POST
@for_her
def judged(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take her tap: did she feel judged? A button that is none says nothing."""
    found = conversation_of(request, conversation_id)
    tapped = request.POST.get("felt", "")
    if tapped in Felt.values and acts.say_judged(opener_of(request), found, Felt(tapped)):
        say(request, gettext("Thank you. You are not asked again for a good while."))
    return redirect("talk:conversation", found.pk)


@sensitive_post_parameters()
@for_her
def care(request: HttpRequest) -> HttpResponse:
    """Show what she told the care team, and let her write to them, without whoever she talks with."""
    opener, filled = opener_of(request), filled_in(request)
    if request.method != "POST":
        return _care(request, filled)
    try:
        told = acts.tell_care(opener, filled.to_tell(Kind.LETTER))
    except Refused as refusal:
        return _care(request, filled, refusal.sentence)
    return _is_told(request, told)


@for_her
def told(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show something that she told, and what was written about it since."""
    return _told(request, own_report_of(request, report_id))


@sensitive_post_parameters()
@require_POST
@for_her
def add(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Take what she adds to something that she told."""
    found = own_report_of(request, report_id)
    try:
        acts.answer_report(opener_of(request), found, typed_in(request), nonce_in(request))
    except Refused as refusal:
        return _told(request, found, refusal.sentence)
    return redirect("talk:told", found.pk)


@require_POST
@for_her
def take_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Delete what she told, as long as nobody has opened it."""
    found = own_report_of(request, report_id)
    try:
        acts.take_back(opener_of(request), found)
    except Refused as refusal:
        say(request, refusal.sentence)
        return redirect("talk:told", found.pk)
    say(request, gettext("It is taken back. Nobody has read it, and nobody can."))
    return redirect("talk:care")


def _tell_of(request: HttpRequest, found: Conversation, kind: Report.Kind) -> HttpResponse:
    filled = filled_in(request)
    if request.method != "POST" or "before" in request.POST:
        return _telling(request, found, kind, filled)
    try:
        told = acts.tell_care(opener_of(request), filled.to_tell(kind, found))
    except Refused as refusal:
        return _telling(request, found, kind, filled, refusal.sentence)
    return _is_told(request, told)


def _telling(
    request: HttpRequest, found: Conversation, kind: Report.Kind, filled: Filled, trouble: object = ""
) -> HttpResponse:
    context = telling_of(request, found, filled, trouble) | {"is_uneasy": kind == Kind.UNEASY}
    return render(request, "talk/tell.html", context, status=422 if trouble else 200)


def _care(request: HttpRequest, filled: Filled, trouble: object = "") -> HttpResponse:
    opener = opener_of(request)
    page = page_of_reports(opener, request.GET.get("page", ""))
    context = telling(opener, filled, trouble=trouble) | {"page": page, "own": [own(each) for each in page]}
    return render(request, "talk/care.html", context, status=422 if trouble else 200)


def _told(request: HttpRequest, found: Report, trouble: object = "") -> HttpResponse:
    told = acts.look_at_own(opener_of(request), found)
    written, earlier = written_in(told, number_in(request.GET, "before")) if told else ([], 0)
    context = {
        "opens": told is not None,
        "written": written,
        "earlier": earlier,
        "each": own(found),
        "nonce": nonce_in(request),
        "text": typed_in(request),
        "trouble": trouble,
        "under_the_box": under_the_box(),
    }
    return render(request, "talk/told.html", context, status=422 if trouble else 200)


def _is_told(request: HttpRequest, told: Report) -> HttpResponse:
    say(request, gettext("The care team has it. What they answer stands on this page."))
    return redirect("talk:told", told.pk)
