"""Where learners see a reading differently, and what survivor leaders do about it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.core.rating import NOT_YET_REVIEWED, ModelUnavailableError, Move
from alongside.desk import notices
from alongside.desk.keeping import CANNOT_BE_READ, for_survivor_leaders, posted, words_kept
from alongside.desk.leader_forms import LeadersViewForm
from alongside.people.access import signed_in
from alongside.people.acts import Refused
from alongside.practice import acts as practice
from alongside.practice.models import DifferentView
from alongside.records import clock
from alongside.review.showing import shown

ON_A_PAGE = 20
GONE = _("This is not here any more: the learner took it back, or its time has run out.")
Decision = DifferentView.Decision


@require_safe
@for_survivor_leaders
def seen_differently(request: HttpRequest) -> HttpResponse:
    """Show where learners see a rating differently, by what became of it; nobody's name."""
    show = request.GET.get("show", Decision.WAITING)
    if show not in Decision.values:
        raise Http404
    page = Paginator(_views(show), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [_shown(view) for view in page],
        "show": show,
        "choices": [(choice, choice.label, _views(choice).count()) for choice in Decision],
        "asked": f"show={show}",
        "not_yet_reviewed": NOT_YET_REVIEWED,
        **notices.switch_for(signed_in(request)),
    }
    return render(request, "desk/seen_differently.html", context)


@for_survivor_leaders
def decide(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Show one view with what became of it; while it waits, decide about the sentence or leave its reading as it is."""
    view = _unexpired().filter(pk=view_id).select_related("correction").first()
    if view is None:
        if request.method != "POST":
            raise Http404
        return words_kept(request, 404, str(GONE))
    form = LeadersViewForm(posted(request), only_why="decline" in request.POST)
    status, trouble = 200, ""
    if request.method == "POST":
        trouble = _settle(request, view, form)
        if not trouble and not form.errors:
            return redirect("desk:seen_differently")
        status = 409 if trouble else 422
        view.refresh_from_db()
    context = {"item": _shown(view), "form": form, "trouble": trouble, "not_yet_reviewed": NOT_YET_REVIEWED}
    return render(request, "desk/decide.html", context, status=status)


def _settle(request: HttpRequest, view: DifferentView, form: LeadersViewForm) -> str:
    """Do what was asked for. Gives why it could not be done; what is amiss with what was typed stands in the form."""
    if not form.is_valid():
        return ""
    try:
        if form.only_why:
            practice.decline(view.pk, signed_in(request), form.cleaned_data["why"])
            messages.success(request, gettext("The reading stays as it is. The learner sees why."))
        else:
            practice.decide(view.pk, signed_in(request), form.view)
            messages.success(request, gettext("Decided. Readings follow it from now on, and the learner sees why."))
    except Refused as refusal:
        return str(refusal.sentence)
    except ModelUnavailableError:
        return str(CANNOT_BE_READ)
    return ""


def _unexpired() -> QuerySet[DifferentView]:
    return DifferentView.objects.filter(expires_at__gt=clock.now())


def _views(show: str) -> QuerySet[DifferentView]:
    if show == Decision.WAITING:
        return DifferentView.objects.waiting()
    settled = _unexpired().filter(decision=show).select_related("correction__leader")
    return settled.prefetch_related("correction__disagreements__leader").order_by("-decided_at", "-pk")


def _shown(view: DifferentView) -> dict[str, object]:
    """Give a view as the pages show it: the view, the moves that were shown and those that the learner sees."""
    return {
        "view": view,
        "shown": _moves(view.shown),
        "moves": _moves(view.moves),
        "outcome": {
            "state": view.decision,
            "why": view.decision_why,
            "decision": shown(view.correction) if view.correction else None,
        },
    }


def _moves(codes: list[str]) -> list[Move]:
    """Give the moves that codes stand for, in the manual's order; a code that is no longer known is left out."""
    return [move for move in Move if move.value in codes]
