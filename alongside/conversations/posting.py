"""What the pages of both people post and ask for, and what a page that asks by its script gets."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from alongside.conversations.models import Conversation
from alongside.conversations.showing import Line
from alongside.people.acts import Refused

_DIGITS = 9
_PIECE = "conversations/_messages.html"


def is_piece(request: HttpRequest) -> bool:
    """Say whether a page's script asks, and wants a piece of a page."""
    return request.headers.get("X-Piece") == "1"


def nonce_in(request: HttpRequest) -> UUID:
    """Give the form's own number, by which the same form sent twice is found; a new one for what is none."""
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid4()


def number_in(posted: QueryDict, name: str) -> int:
    """Give a number of a form or an address, 0 for what is none."""
    text = posted.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def news_for_a_page(request: HttpRequest, found: Conversation, lines: Sequence[Line]) -> HttpResponse:
    """Answer a page's script with what is new, and with the end when there is one; 204 while there is neither."""
    if not lines and not found.ended_at:
        return HttpResponse(status=204)
    return render(request, _PIECE, {"lines": lines, "conversation": found, "is_piece": True})


def piece_taken(request: HttpRequest, found: Conversation, lines: Sequence[Line]) -> HttpResponse:
    """Answer a page's script that has sent something: what is new, and the number of its next form in ``X-Form``."""
    answer = render(request, _PIECE, {"lines": lines, "conversation": found, "is_piece": True})
    answer["X-Form"] = str(uuid4())
    return answer


def piece_refused(refusal: Refused) -> HttpResponse:
    """Answer a page's script with the sentence that says why not; what was typed is still in its box."""
    return HttpResponse(str(refusal.sentence), status=422, content_type="text/plain; charset=utf-8")
