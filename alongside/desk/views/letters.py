"""A survivor leader's switch for the letters that say that something waits for her."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.desk import acts, notices
from alongside.people import letters
from alongside.people.access import for_staff, signed_in
from alongside.people.models import SURVIVOR_LEADER


@require_POST
@for_staff(SURVIVOR_LEADER)
def letters_switch(request: HttpRequest) -> HttpResponse:
    """Stop her letters, or let them come again."""
    if request.POST.get("letters") == "on":
        acts.allow_letters(signed_in(request))
        messages.success(request, gettext("A note will reach you when something new waits."))
    else:
        acts.stop_letters(signed_in(request))
        messages.success(request, gettext("You will get no note any more when something waits."))
    return redirect("desk:review")


stop_letters = letters.stop_page(
    notices.SOMETHING_WAITS, "desk/stop_letters.html", stop=acts.stop_letters, wants_none=notices.wants_none
)
