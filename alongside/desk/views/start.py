"""The desk's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.desk import overview, today
from alongside.desk.for_leaders import what_is_hers
from alongside.people.access import for_staff, groups_of, signed_in
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER


@require_safe
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def start(request: HttpRequest) -> HttpResponse:
    """Show what the desk needs to know first."""
    roles = groups_of(request.user)
    at = today.stages()
    return render(
        request,
        "desk/start.html",
        {
            "overview": overview.look(),
            "is_coordinator": COORDINATOR in roles,
            "is_survivor_leader": SURVIVOR_LEADER in roles,
            "hers": what_is_hers(signed_in(request)) if SURVIVOR_LEADER in roles else None,
            "at": at,
            "waiting": [
                *today.for_care_members(signed_in(request)),
                *today.for_everybody(at),
                *(today.for_coordinators() if COORDINATOR in roles else []),
            ],
        },
    )
