"""What waits for an ally, and with whom she talks."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import acts
from alongside.conversations.listing import conversations_of
from alongside.conversations.models import Conversation
from alongside.conversations.showing import name_of_survivor
from alongside.introductions import acts as introductions
from alongside.introductions.models import Introduction
from alongside.introductions.notices import looked
from alongside.people.access import for_ally, signed_in
from alongside.people.acts import Refused
from alongside.people.models import Ally, KeyPair
from alongside.people.opening import opened, opener_of, with_code


@require_safe
@never_cache
@for_ally
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits for an ally, and with whom she talks. No code is needed for it: there are no words on it."""
    user = signed_in(request)
    looked(user)
    pair = KeyPair.of(user)
    context = {
        "offers": introductions.offers_of(user),
        "conversations": conversations_of(pair, _name) if pair else None,
        "has_code": pair is not None,
        "ally": Ally.objects.get(pk=user.pk),
    }
    return render(request, "conversations/start.html", context)


@require_safe
@never_cache
@for_ally
def waiting(request: HttpRequest, introduction_id: UUID) -> HttpResponse:
    """Show an offer: what it is about, and until when it waits. Her words are there once it is accepted."""
    user = signed_in(request)
    offered = next((each for each in introductions.offers_of(user) if each.introduction.pk == introduction_id), None)
    if offered is None:
        raise Http404
    opener = opened(request)
    is_open = opener is not None and opener.pair.user_id == user.pk
    return render(request, "conversations/waiting.html", {"offered": offered, "is_open": is_open})


@require_POST
@for_ally
@with_code
def accept(request: HttpRequest, introduction_id: UUID) -> HttpResponse:
    """Accept an offer, and begin to talk."""
    try:
        conversation = acts.begin(opener_of(request), introduction_id)
    except Refused as refusal:
        return _say_why_not(request, introduction_id, refusal)
    return redirect("conversations:conversation", conversation.pk)


@require_POST
@for_ally
def decline(request: HttpRequest, introduction_id: UUID) -> HttpResponse:
    """Decline an offer; the survivor is told that she is not free, and no more."""
    try:
        introductions.decline(signed_in(request), introduction_id)
    except Refused as refusal:
        return _say_why_not(request, introduction_id, refusal)
    messages.success(request, gettext("Declined. She is told only that you are not free, and can choose again."))
    return redirect("conversations:start")


def _say_why_not(request: HttpRequest, introduction_id: UUID, refusal: Refused) -> HttpResponse:
    """Say why, of what was offered to her; what was offered to another is not there."""
    if not Introduction.objects.filter(pk=introduction_id, ally=signed_in(request)).exists():
        raise Http404
    messages.warning(request, str(refusal.sentence))
    return redirect("conversations:start")


def _name(conversation: Conversation) -> str:
    return name_of_survivor(conversation.survivor)
