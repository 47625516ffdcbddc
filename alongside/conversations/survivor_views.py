"""A survivor's own page, and her conversations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.conversations import acts
from alongside.conversations.access import conversation_of
from alongside.conversations.copying import NAME_OF_A_COPY, copy_of
from alongside.conversations.home import home_of
from alongside.conversations.keeping import for_her, typed_in
from alongside.conversations.models import Conversation
from alongside.conversations.page import news_of, page_of
from alongside.conversations.posting import is_piece, news_for_a_page, nonce_in, piece_refused, piece_taken
from alongside.conversations.showing import name_of_ally
from alongside.people.acts import Refused
from alongside.people.opening import for_survivor, opener_of, say


@require_safe
@for_her
def home(request: HttpRequest) -> HttpResponse:
    """Show what is there for her."""
    return render(request, "talk/home.html", {"home": home_of(opener_of(request))})


@require_safe
@for_her
def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show a conversation, the newest at the end, and a box under it while it goes on."""
    return render(request, "talk/conversation.html", page_of(request, conversation_of(request, conversation_id)))


@for_her
def send(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take a message. A page that asks by script gets what is new; any other is led back to the conversation."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return redirect("talk:conversation", found.pk)
    try:
        acts.send(opener_of(request), found, typed_in(request), nonce_in(request))
    except Refused as refusal:
        if is_piece(request):
            return piece_refused(refusal)
        context = page_of(request, found, trouble=refusal.sentence, typed=typed_in(request))
        return render(request, "talk/conversation.html", context, status=422)
    if is_piece(request):
        return piece_taken(request, found, news_of(request, found))
    return _back(found)


@require_safe
@for_survivor(is_activity=False)
def new(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give the messages after a number, for a page that asks on its own; 204 while there are none."""
    found = conversation_of(request, conversation_id)
    return news_for_a_page(request, found, news_of(request, found))


@require_POST
@for_her
def draft(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Keep what she has typed and not sent."""
    found = conversation_of(request, conversation_id)
    acts.keep_draft(opener_of(request), found, typed_in(request), nonce_in(request))
    if is_piece(request):
        return HttpResponse(status=204)
    say(request, gettext("Kept. It waits in the box for you."))
    return _back(found)


@require_POST
@for_her
def earlier(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take her answer: may the ally's new code open what was written before?"""
    found = conversation_of(request, conversation_id)
    if "yes" in request.POST:
        acts.let_read_earlier(opener_of(request), found)
    else:
        acts.leave_earlier_closed(opener_of(request), found)
    return _back(found)


@for_her
def end(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Ask once, then end a conversation."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return _ask(request, "talk/end.html", found)
    try:
        acts.end(opener_of(request), found)
    except Refused as refusal:
        say(request, refusal.sentence)
    return redirect("talk:conversation", found.pk)


@for_her
def block(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Ask once, then let nothing more come from this ally."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return _ask(request, "talk/block.html", found)
    acts.block(opener_of(request), found)
    return redirect("talk:conversation", found.pk)


@for_her
def delete(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Ask once, then delete a conversation for good, for both."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return _ask(request, "talk/delete_conversation.html", found)
    acts.delete_conversation(opener_of(request), found)
    say(request, gettext("The conversation is deleted, for both of you."))
    return redirect("talk:home")


@for_her
def copy(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say where a copy lands, then give it: a plain text under a name that says nothing."""
    found = conversation_of(request, conversation_id)
    if request.method != "POST":
        return _ask(request, "talk/copy.html", found)
    answer = HttpResponse(copy_of(opener_of(request), found), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{NAME_OF_A_COPY}"'
    return answer


def _ask(request: HttpRequest, template: str, found: Conversation) -> HttpResponse:
    return render(request, template, {"conversation": found, "name": name_of_ally(found)})


def _back(found: Conversation) -> HttpResponse:
    return redirect(f"{reverse('talk:conversation', args=[found.pk])}#box")
