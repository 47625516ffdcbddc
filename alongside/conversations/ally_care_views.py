"""An ally and the care team: she is worried, reports, writes, and reads what they answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.conversations import acts
from alongside.conversations.access import conversation_of, own_report_of
from alongside.conversations.care_page import filled_in, own, own_reports, telling, telling_of
from alongside.conversations.keeping import for_ally_with_code, typed_in
from alongside.conversations.models import Conversation, Report
from alongside.conversations.posting import nonce_in
from alongside.conversations.worrying import WORRIES, put_into_the_box, worry_named
from alongside.people.acts import Refused
from alongside.people.opening import opener_of

NO_WORRY = _("Say first what comes nearest: a child, a life at risk, or something else.")


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def worry(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let an ally say that she is worried; and first, where that is safe, take honest words for the survivor along."""
    found = conversation_of(request, conversation_id)
    honest = worry_named(request.POST.get("honest", ""))
    if honest:
        put_into_the_box(opener_of(request), found, honest)
        return _telling(request, found, is_worry=True, put=honest.name)
    if request.method != "POST" or "before" in request.POST:
        return _telling(request, found, is_worry=True)
    chosen = worry_named(request.POST.get("worry", ""))
    if chosen is None:
        return _telling(request, found, is_worry=True, trouble=NO_WORRY)
    return _tell(request, found, chosen.kind)


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def report(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let an ally tell the care team of a conversation, with the messages that she chooses."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST" or "before" in request.POST:
        return _telling(request, found, is_worry=False)
    return _tell(request, found, Report.Kind.REPORT)


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def care(request: HttpRequest) -> HttpResponse:
    """Show what an ally told the care team, and let her write to them about anything."""
    trouble: object = ""
    filled, opener = filled_in(request), opener_of(request)
    if request.method == "POST":
        try:
            return _is_told(request, acts.tell_care(opener, filled.to_tell(Report.Kind.LETTER)))
        except Refused as refusal:
            trouble = refusal.sentence
    context = telling(opener, filled, trouble=trouble) | {"own": own_reports(opener)}
    return render(request, "conversations/care.html", context, status=422 if trouble else 200)


@never_cache
@for_ally_with_code
def told(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show something that an ally told, and what was written about it since."""
    return _told(request, own_report_of(request, report_id))


@sensitive_post_parameters()
@require_POST
@never_cache
@for_ally_with_code
def add(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Take what she adds to something that she told."""
    found = own_report_of(request, report_id)
    try:
        acts.answer_report(opener_of(request), found, typed_in(request), nonce_in(request))
    except Refused as refusal:
        return _told(request, found, refusal.sentence)
    return redirect("conversations:told", found.pk)


@require_POST
@for_ally_with_code
def take_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Delete what she told, as long as nobody has opened it."""
    found = own_report_of(request, report_id)
    try:
        acts.take_back(opener_of(request), found)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
        return redirect("conversations:told", found.pk)
    messages.success(request, gettext("It is taken back. Nobody has read it, and nobody can."))
    return redirect("conversations:care")


def _tell(request: HttpRequest, found: Conversation, kind: Report.Kind) -> HttpResponse:
    try:
        told = acts.tell_care(opener_of(request), filled_in(request).to_tell(kind, found))
    except Refused as refusal:
        return _telling(request, found, is_worry=kind != Report.Kind.REPORT, trouble=refusal.sentence)
    return _is_told(request, told)


def _telling(
    request: HttpRequest, found: Conversation, *, is_worry: bool, trouble: object = "", put: str = ""
) -> HttpResponse:
    """Show the page on which an ally tells of a conversation. ``put``: of which worry the words are in her box now."""
    more = {
        "is_worry": is_worry,
        "worries": WORRIES if is_worry else (),
        "worry": request.POST.get("worry", ""),
        "put": put,
        "goes_on": found.ended_at is None,
    }
    context = telling_of(request, found, filled_in(request), trouble) | more
    return render(request, "conversations/tell.html", context, status=422 if trouble else 200)


def _told(request: HttpRequest, found: Report, trouble: object = "") -> HttpResponse:
    context = {
        "told": acts.look_at_own(opener_of(request), found),
        "each": own(found),
        "nonce": nonce_in(request),
        "text": typed_in(request),
        "trouble": trouble,
    }
    return render(request, "conversations/told.html", context, status=422 if trouble else 200)


def _is_told(request: HttpRequest, told: Report) -> HttpResponse:
    messages.success(request, gettext("The care team has it. What they answer stands on this page."))
    return redirect("conversations:told", told.pk)
