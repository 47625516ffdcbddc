"""A survivor leader's switch for the letters that say that something waits for her."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

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


@never_cache
@csrf_exempt  # a mail programme asks for this by itself (RFC 8058); the token is what lets it
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then send her no such letter any more; she need not be signed in."""
    user = letters.user_of(token, notices.SOMETHING_WAITS)
    if user is None:
        raise Http404
    if request.method == "POST":
        acts.stop_letters(user)
    return render(request, "desk/stop_letters.html", {"is_stopped": notices.wants_none(user)})
