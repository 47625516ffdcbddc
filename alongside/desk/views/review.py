"""Review: what waits for a survivor leader, what nobody has read yet, and what stands approved."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from alongside.desk import notices, reviews
from alongside.desk.whole_text import whole_text
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import SURVIVOR_LEADER, User
from alongside.review.approving import approval_of, approve_live, withdraw_approval
from alongside.review.hashing import content_hash, says_what_ships
from alongside.review.reviewing import has_worked_on
from alongside.review.shape import DataError

ON_A_PAGE = 50


@require_safe
@for_staff(SURVIVOR_LEADER)
def review(request: HttpRequest) -> HttpResponse:
    """Show what was handed in, what is live without a review, and what stands approved."""
    leader = signed_in(request)
    context = {
        "handed_in": reviews.handed_in(leader),
        "groups": reviews.not_reviewed_yet(),
        "page": Paginator(reviews.reviewed(), ON_A_PAGE).get_page(request.GET.get("page")),
        **notices.switch_for(leader),
    }
    return render(request, "desk/review.html", context)


@for_staff(SURVIVOR_LEADER)
def reading(request: HttpRequest, language: str, kind: str, source_id: str) -> HttpResponse:
    """Show the whole text of what is live; approve exactly that."""
    row, leader, trouble = _find(language, kind, source_id), signed_in(request), ""
    if request.method == "POST":
        try:
            approve_live(row, leader, read=request.POST.get("read", ""))
        except Refused as refusal:
            trouble = str(refusal.sentence)
        else:
            messages.success(request, gettext("“%(title)s” is approved.") % {"title": row})
            return redirect(reviews.next_after(row) or "desk:review")
    return render(request, "desk/reading.html", _about(row, leader, trouble), status=422 if trouble else 200)


@for_staff(SURVIVOR_LEADER)
def withdraw(request: HttpRequest, language: str, kind: str, source_id: str) -> HttpResponse:
    """Say what it does, then withdraw the approval of what is live."""
    row = _find(language, kind, source_id)
    if request.method == "POST":
        try:
            withdraw_approval(row, signed_in(request))
        except Refused as refusal:
            messages.warning(request, str(refusal.sentence))
        else:
            messages.success(request, gettext("The approval is withdrawn. Pages say “not yet reviewed” from now on."))
        return redirect("desk:review")
    approval = approval_of(row)
    if approval is None:
        raise Http404
    return render(
        request, "desk/withdraw_approval.html", {"row": row, "approval": approval, "url": reviews.address_of(row)}
    )


def _find(language: str, kind: str, source_id: str) -> Any:
    row = reviews.find_live(language, kind, source_id)
    if row is None:
        raise Http404
    return row


def _about(row: Any, leader: User, trouble: str) -> dict[str, Any]:
    """Give what the page says. A text that has lost its shape is read and mended in the editor."""
    try:
        parts, hash_now, is_shipped = whole_text(row), content_hash(row), says_what_ships(row)
    except DataError:
        parts, hash_now, is_shipped = [], "", False
    return {
        "row": row,
        "kind": row._meta.verbose_name,
        "parts": parts,
        "content_hash": hash_now,
        "is_shipped": is_shipped,
        "is_own_work": has_worked_on(leader, row.live_revision),
        "approval": approval_of(row),
        "preview_url": reviews.as_a_learner_sees(row),
        "edit_url": reviews.edit_address(row),
        "withdraw_url": reviews.address_of(row, "withdraw_approval"),
        "trouble": trouble,
    }
