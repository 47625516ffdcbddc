"""How allies present themselves: the desk reads it before anybody else does, and approves exactly these words."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from alongside.desk.keeping import words_kept
from alongside.introductions import acts
from alongside.introductions.models import LONGEST_HELP, Presentation
from alongside.introductions.presented import with_names
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER

for_the_desk = for_staff(COORDINATOR, SURVIVOR_LEADER)


@require_safe
@for_the_desk
def presentations(request: HttpRequest) -> HttpResponse:
    """Show whose words wait."""
    waiting = Presentation.objects.waiting().select_related("profile__ally__user")
    context = {"waiting": [(each, each.profile.ally.user) for each in waiting]}
    return render(request, "desk/presentations.html", context)


@for_the_desk
def presentation(request: HttpRequest, presentation_id: UUID) -> HttpResponse:
    """Show words beside those that are shown now, and decide: approve them, or send them back."""
    if request.method != "POST":
        return _page(request, presentation_id)
    words = request.POST.get("what_would_help", "")
    try:
        found = _find(presentation_id)
        if "approve" in request.POST:
            acts.approve(found, signed_in(request))
            done = gettext("Approved. These words are shown from now on.")
        else:
            acts.send_back(found, signed_in(request), words)
            done = gettext("Sent back. They read what would help.")
    except Http404:
        if not words.strip():
            raise
        return words_kept(request, 404, gettext("They have written something else meanwhile, so nothing was decided."))
    except Refused as refusal:
        return _page(request, presentation_id, 422, trouble=refusal.sentence, typed=words)
    messages.success(request, done)
    return redirect("desk:presentations")


def _find(presentation_id: UUID) -> Presentation:
    """Give words that wait, or were decided on since they were looked at. Raises ``Http404``."""
    return get_object_or_404(Presentation.objects.select_related("profile__ally__user"), pk=presentation_id)


def _page(request: HttpRequest, presentation_id: UUID, status: int = 200, **deciding: object) -> HttpResponse:
    found = _find(presentation_id)
    ally = found.profile.ally.user
    shown = Presentation.objects.shown().filter(profile=found.profile_id).exclude(pk=found.pk).first()
    context = {
        "presentation": found,
        "ally": ally,
        "said": with_names(found),
        "shown": shown,
        "shown_said": with_names(shown) if shown else [],
        "is_oneself": ally.pk == signed_in(request).pk,
        "longest_help": LONGEST_HELP,
        **deciding,
    }
    return render(request, "desk/presentation.html", context, status=status)
