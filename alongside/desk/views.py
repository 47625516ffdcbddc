"""Pages of the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.people.access import for_staff
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER


@for_staff(COORDINATOR, SURVIVOR_LEADER)
def start(request: HttpRequest) -> HttpResponse:
    """Show what the desk needs to know first."""
    return render(request, "desk/start.html")
