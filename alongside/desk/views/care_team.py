"""Who receives reports; and who has lost a code, with whom two of the desk speak before there is a new one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.people import acts
from alongside.people.access import for_staff, proved_lately, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, LostCode, User
from alongside.records import clock


@require_POST
@for_staff(COORDINATOR)
@proved_lately
def name_care_member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Let somebody of the desk receive reports."""
    person = _of_the_team(user_id)
    try:
        acts.name_care_member(person, by=signed_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        said = gettext("%(name)s is a care member now. Reports come to them once they have made their code.")
        messages.success(request, said % {"name": person})
    return redirect("desk:team")


@for_staff(COORDINATOR)
@proved_lately
def remove_care_member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask once, then let somebody receive reports no more."""
    person = get_object_or_404(User, pk=user_id, care_member__isnull=False)
    if request.method != "POST":
        return render(request, "desk/remove_care_member.html", {"person": person})
    try:
        acts.remove_care_member(person, by=signed_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, gettext("No report goes to them any more, and those that did are closed to them."))
    return redirect("desk:team")


@require_safe
@for_staff(COORDINATOR, SURVIVOR_LEADER)
def lost_codes(request: HttpRequest) -> HttpResponse:
    """Show who has lost a code, and who has spoken with them."""
    waiting = LostCode.objects.filter(expires_at__gt=clock.now(), user__is_active=True).order_by("asked_at")
    mine = set(waiting.filter(talks__by=signed_in(request)).values_list("pk", flat=True))
    context = {"waiting": waiting.select_related("user").prefetch_related("talks__by"), "mine": mine}
    return render(request, "desk/lost_codes.html", context)


@require_POST
@for_staff(COORDINATOR, SURVIVOR_LEADER)
@proved_lately
def note_talk_about_code(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Note that one has spoken with somebody who has lost a code."""
    person = get_object_or_404(User, pk=user_id, is_active=True, lost_code__expires_at__gt=clock.now())
    try:
        is_enough = acts.confirm_new_code(person, by=signed_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        said = (
            gettext("Noted. You are the second: %(name)s can make a new code now.")
            if is_enough
            else gettext("Noted. A second person of the desk speaks with %(name)s, too.")
        )
        messages.success(request, said % {"name": person})
    return redirect("desk:lost_codes")


def _of_the_team(user_id: UUID) -> User:
    return get_object_or_404(User.objects.distinct(), pk=user_id, is_active=True, groups__isnull=False)
