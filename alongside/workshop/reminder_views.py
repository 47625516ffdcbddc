"""To practise again, and the reminders of it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.people import letters
from alongside.people.access import signed_in
from alongside.practice.drills import due_now
from alongside.practice.drills import standings as drills_of
from alongside.practice.models import Attempt, Scenario
from alongside.workshop import acts, reminders
from alongside.workshop.keeping import for_learner


@require_safe
@for_learner
def again(request: HttpRequest) -> HttpResponse:
    """Offer a learner what is fresh to her: drills that have come back, and a conversation that she does not know."""
    learner = signed_in(request)
    practised = Attempt.objects.of(learner).filter(length__gt=0)
    scenarios = Scenario.objects.live_in(get_language())
    fresh = scenarios.exclude(pk__in=practised.values("scenario")).first()
    last = practised.last()
    context = {
        "fresh": fresh or (last.scenario if last and last.scenario.live else scenarios.first()),
        "is_new": fresh is not None,
        "drills_due": len(due_now(drills_of(learner, get_language()))),
        "mail_works": settings.MAIL_WORKS,
        "wants_none": reminders.wants_none(learner),
    }
    return render(request, "workshop/reminders/again.html", context)


@require_POST
@for_learner
def reminders_switch(request: HttpRequest) -> HttpResponse:
    """Stop her reminders, or let them come again."""
    learner = signed_in(request)
    if request.POST.get("reminders") == "on":
        acts.allow_reminders(learner)
        messages.success(request, gettext("The reminders that are still to come will reach you."))
    else:
        acts.stop_reminders(learner)
        messages.success(request, gettext("You will get no reminder any more."))
    return redirect("workshop:again")


stop = letters.stop_page(
    reminders.PRACTISE_AGAIN,
    "workshop/reminders/stop.html",
    stop=acts.stop_reminders,
    wants_none=reminders.wants_none,
)
