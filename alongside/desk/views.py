"""Pages of the desk."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alongside.desk import acts, overview
from alongside.desk.forms import HelpForm
from alongside.people.access import for_staff, groups_of, signed_in
from alongside.people.acts import Refused, make_password_link, make_survivor_leader_link
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER


@require_safe
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def start(request: HttpRequest) -> HttpResponse:
    """Show what the desk needs to know first."""
    roles = groups_of(request.user)
    return render(
        request,
        "desk/start.html",
        {
            "overview": overview.look(),
            "is_coordinator": COORDINATOR in roles,
            "is_survivor_leader": SURVIVOR_LEADER in roles,
            "entries": overview.last_entries() if COORDINATOR in roles else [],
        },
    )


@for_staff(COORDINATOR)
def help_sign_in(request: HttpRequest) -> HttpResponse:
    """Make a link to a new password for a learner, and show it this once."""
    form = HelpForm(request.POST or None)
    link = ""
    if form.is_valid():
        try:
            token = make_password_link(form.cleaned_data["email"], by=signed_in(request))
            link = request.build_absolute_uri(reverse("people:new_password", args=[token]))
        except Refused as refusal:
            form.add_error("email", str(refusal.sentence))
    return render(request, "desk/help_sign_in.html", {"form": form, "link": link})


@for_staff(COORDINATOR)
def invite_survivor_leader(request: HttpRequest) -> HttpResponse:
    """Make a link that makes a survivor leader, and show it this once."""
    link = ""
    if request.method == "POST":
        token = make_survivor_leader_link(by=signed_in(request))
        link = request.build_absolute_uri(reverse("people:welcome", args=[token]))
    return render(request, "desk/invite_survivor_leader.html", {"link": link})


@require_safe
@for_staff(SURVIVOR_LEADER)
def seen_differently(request: HttpRequest) -> HttpResponse:
    """Show where learners see a rating differently; nobody's name."""
    page = Paginator(overview.views(), overview.VIEWS_ON_A_PAGE).get_page(request.GET.get("page"))
    views = [
        {"view": view, "shown": overview.names_of(view.shown), "moves": overview.names_of(view.moves)} for view in page
    ]
    return render(request, "desk/seen_differently.html", {"page": page, "views": views})


@require_POST
@for_staff(SURVIVOR_LEADER)
def mark_read(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Note that a view was read."""
    if not acts.mark_read(view_id, by=signed_in(request)):
        raise Http404
    return redirect("desk:seen_differently")
