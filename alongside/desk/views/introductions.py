"""How introductions stand: what waits, who is quiet, who walks with how many. Never a message, never a survivor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import judged
from alongside.desk import at_the_door, watching
from alongside.introductions import acts
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER


@require_safe
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def introductions(request: HttpRequest) -> HttpResponse:
    """Show how introductions stand."""
    context = {
        "at_the_door": at_the_door.look(),
        "days": at_the_door.days(),
        "offers": watching.offers(),
        "looking": watching.looking(),
        "quiet": watching.quiet_talks(),
        "quiet_days": watching.QUIET_AFTER.days,
        "due": watching.due(),
        "walking": watching.walking(),
        "standings": watching.standings(),
        "months": watching.nobody_found(),
        "judged": judged.for_the_desk(),
    }
    return render(request, "desk/introductions.html", context)


@require_POST
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def slow(request: HttpRequest) -> HttpResponse:
    """Slow the door, or let as many in as usual again."""
    by = signed_in(request)
    try:
        if "no_more" in request.POST:
            acts.slow_door_no_more(by)
            done = gettext("As many as usual can come in again.")
        else:
            acts.slow_door(by)
            done = gettext("The door is slowed: fewer people come in each hour. Whoever waits keeps what they chose.")
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, done)
    return redirect("desk:introductions")
