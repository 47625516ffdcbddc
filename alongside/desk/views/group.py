"""How the group's replies changed."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.core.change import FEWEST_PEOPLE, Figure
from alongside.desk.forms import SinceForm
from alongside.people.access import for_staff
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.workshop.assessment import group_change


@require_safe
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def group(request: HttpRequest) -> HttpResponse:
    """Show how replies changed from before the lessons to after them, with how uncertain that is."""
    form = SinceForm(request.GET or None)
    day = form.cleaned_data["since"] if form.is_valid() else None
    change = group_change(datetime.combine(day, time.min, UTC) if day else None)
    context = {
        "form": form,
        "change": change,
        "leans_in": change.changes[Figure.LEANS_IN] if change else None,
        "moves": change.changes[Figure.MOVES] if change else None,
        "pulls_back": change.changes[Figure.PULLS_BACK] if change else None,
        "fewest": FEWEST_PEOPLE,
    }
    return render(request, "desk/group.html", context)
