"""The first page for somebody who comes to talk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.introductions.coming import with_numbers
from alongside.introductions.door import is_open
from alongside.introductions.models import Door
from alongside.people.opening import opened


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Say what this is, and who helps people under the minimum age; or that it is closed, and whom to call."""
    if opened(request) is not None:
        return redirect("talk:home")
    context = {"door": Door.current(), "is_open_now": is_open()}
    return render(request, "introductions/ask/door.html", with_numbers(context))
