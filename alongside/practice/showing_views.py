"""To show a practice to the desk, from the page that looks back on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.people.access import signed_in
from alongside.people.acts import Refused
from alongside.practice import acts
from alongside.practice.keeping import for_learner


@require_POST
@for_learner
def show(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show it."""
    try:
        acts.show_to_desk(signed_in(request), attempt_id)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, gettext("The desk can read this conversation now."))
    return _back(attempt_id)


@require_POST
@for_learner
def show_no_more(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Take it back."""
    acts.show_no_more(signed_in(request), attempt_id)
    messages.success(request, gettext("Only you can read this conversation now."))
    return _back(attempt_id)


def _back(attempt_id: UUID) -> HttpResponse:
    return redirect(f"{reverse('practice:debrief', args=[attempt_id])}#showing")
