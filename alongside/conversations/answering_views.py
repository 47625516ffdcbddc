"""An ally's conversation: she reads, has her words checked, answers, and hands it back when she cannot go on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import acts
from alongside.conversations.access import conversation_of
from alongside.conversations.boundaries import Crossing, crossings
from alongside.conversations.checking import check as check_words
from alongside.conversations.keeping import for_ally_with_code, typed_in
from alongside.conversations.models import Conversation
from alongside.conversations.page import name_of_other, news_of, page_of
from alongside.conversations.posting import is_piece, news_for_a_page, nonce_in, piece_refused, piece_taken
from alongside.conversations.showing import may_be_passed_on
from alongside.core.rating import NOT_YET_REVIEWED
from alongside.people.access import for_ally
from alongside.people.acts import Refused
from alongside.people.opening import opener_of, with_code

_CONVERSATION = "conversations/conversation.html"
_HAND_BACK = "conversations/hand_back.html"
AS_IT_IS = "as_it_is"
"""The button that sends words although they cross a line."""
_PAUSED = 409
"""The status of an answer that asks first: the page that it shows has her words."""


@require_safe
@never_cache
@for_ally_with_code
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show a conversation to its ally, the newest at the end, and a box under it while it goes on."""
    return _show(request, conversation_of(request, conversation_id))


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def send(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take a message of an ally; one that crosses a line waits until she has looked at it again."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return redirect("conversations:conversation", found.pk)
    crossed = _crossed_in(request)
    if crossed and found.ended_at is None:
        if is_piece(request):
            return HttpResponse(status=_PAUSED)
        return _show(request, found, status=_PAUSED, crossed=crossed)
    try:
        acts.send(opener_of(request), found, typed_in(request), nonce_in(request))
    except Refused as refusal:
        return piece_refused(refusal) if is_piece(request) else _not_taken(request, found, refusal)
    if is_piece(request):
        return piece_taken(request, found, news_of(request, found))
    return _back(found)


@require_safe
@never_cache
@for_ally
@with_code(is_activity=False)
def new(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give the messages after a number, for a page that asks on its own; 204 while there are none."""
    found = conversation_of(request, conversation_id)
    return news_for_a_page(request, found, news_of(request, found))


@sensitive_post_parameters()
@require_POST
@for_ally_with_code
def draft(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Keep what an ally has typed and not sent."""
    found = conversation_of(request, conversation_id)
    acts.keep_draft(opener_of(request), found, typed_in(request), nonce_in(request))
    if is_piece(request):
        return HttpResponse(status=204)
    messages.success(request, gettext("Kept. It waits in the box for you."))
    return _back(found)


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def check(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show what her words would do, before she sends them; they stay in the box."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST" or found.ended_at is not None:
        return _back(found) if request.method != "POST" else _show(request, found)
    try:
        checked = check_words(opener_of(request), found, typed_in(request))
    except Refused as refusal:
        return _not_taken(request, found, refusal)
    return _show(request, found, checked=checked, not_yet_reviewed=NOT_YET_REVIEWED)


@sensitive_post_parameters()
@never_cache
@for_ally_with_code
def hand_back(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let an ally end a conversation because she cannot go on, with a few last words if she likes."""
    found = conversation_of(request, conversation_id)
    if found.ended_at is not None and not typed_in(request):
        return redirect("conversations:conversation", found.pk)
    if request.method != "POST":
        return _ask(request, found)
    crossed = _crossed_in(request)
    if crossed and found.ended_at is None:
        return _ask(request, found, status=_PAUSED, crossed=crossed)
    try:
        acts.hand_back(opener_of(request), found, typed_in(request), nonce_in(request))
    except Refused as refusal:
        found.refresh_from_db()
        if found.ended_at is not None:
            return _not_taken(request, found, refusal)
        return _ask(request, found, status=422, trouble=refusal.sentence)
    messages.success(request, gettext("You have handed it back. She reads whom else she can turn to."))
    return redirect("conversations:conversation", found.pk)


@never_cache
@for_ally_with_code
def block(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Ask once, then let nothing more come to an ally in this conversation: it ends without words."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        context = {"conversation": found, "name": name_of_other(opener_of(request), found)}
        return render(request, "conversations/block.html", context)
    try:
        acts.hand_back(opener_of(request), found, "", nonce_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("conversations:conversation", found.pk)


def _show(request: HttpRequest, found: Conversation, status: int = 200, **more: object) -> HttpResponse:
    """Show a conversation; what she typed stays in the box. ``more``: what stands beside it (``crossed``, …)."""
    trouble = more.pop("trouble", "")
    context = page_of(request, found, trouble=trouble, typed=typed_in(request)) | more
    context["is_closed_before"] = any(line.text is None for line in context["lines"])
    return render(request, _CONVERSATION, context, status=status)


def _not_taken(request: HttpRequest, found: Conversation, refusal: Refused) -> HttpResponse:
    return _show(request, found, status=422, trouble=refusal.sentence)


def _ask(request: HttpRequest, found: Conversation, status: int = 200, **more: object) -> HttpResponse:
    name = name_of_other(opener_of(request), found)
    context = {"conversation": found, "name": name, "nonce": nonce_in(request), "text": typed_in(request)} | more
    return render(request, _HAND_BACK, context, status=status)


def _crossed_in(request: HttpRequest) -> tuple[Crossing, ...]:
    """Give the lines that her words cross; none when she sends them as they are, or they are too long to be sent."""
    words = acts.as_kept(typed_in(request))
    if AS_IT_IS in request.POST or len(words) > acts.LONGEST_MESSAGE:
        return ()
    return crossings(words, may_be_passed_on())


def _back(found: Conversation) -> HttpResponse:
    return redirect(f"{reverse('conversations:conversation', args=[found.pk])}#box")
