"""The door for people who come to talk: what is said there, how long things are kept, and whether it is open."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.desk import at_the_door
from alongside.desk.door_forms import DoorForm
from alongside.introductions import acts
from alongside.introductions.models import Door
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, User


@for_staff(COORDINATOR)
def door(request: HttpRequest) -> HttpResponse:
    """Show how the door stands, and keep what is changed."""
    form = DoorForm(request.POST if request.method == "POST" else None, instance=Door.current())
    if form.is_valid():
        acts.change_door(signed_in(request), form.cleaned_data)
        messages.success(request, gettext("Kept."))
        return redirect("desk:door")
    context = {"form": form, "at_the_door": at_the_door.look()}
    return render(request, "desk/door.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(COORDINATOR)
def open_door(request: HttpRequest) -> HttpResponse:
    """Open the door."""
    return _act(request, acts.open_door, gettext("The door is open. People can come and ask from now on."))


@require_POST
@for_staff(COORDINATOR)
def close_door(request: HttpRequest) -> HttpResponse:
    """Close the door."""
    return _act(request, acts.close_door, gettext("The door is closed. Who has a code still comes to what is theirs."))


def _act(request: HttpRequest, act: Callable[[User], None], done: str) -> HttpResponse:
    try:
        act(signed_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, done)
    return redirect("desk:door")
