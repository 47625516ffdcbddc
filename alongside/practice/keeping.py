"""Bad days: whatever goes wrong on the way, words that were typed come back on a page that says what happened."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, ngettext

from alongside.core import gettext_noop as _
from alongside.core.rating import ModelUnavailableError
from alongside.practice.acts import (
    LONGEST_REPLY,
    AlreadyAnsweredError,
    AlreadyEndedError,
    AttemptGoneError,
    EmptyReplyError,
    ReplyTooLongError,
    TooManyRepliesError,
)

_TROUBLES: dict[type[Exception], tuple[int, str]] = {
    EmptyReplyError: (422, _("There is nothing in the box yet. Write something, however short, then send it.")),
    TooManyRepliesError: (
        429,
        _(
            "You have sent very many replies within an hour, so this one was not read. Your words are kept below. Take "
            "a break, then send them again."
        ),
    ),
    AlreadyAnsweredError: (409, _("This turn was already answered in another tab. That answer stays as it is.")),
    AlreadyEndedError: (409, _("This conversation has ended in another tab, so your reply was not sent.")),
    AttemptGoneError: (404, _("This conversation is not here any more: it was deleted, or its time has run out.")),
    ModelUnavailableError: (
        503,
        _(
            "Replies cannot be read at the moment, so yours was not sent. Your words are kept below. Try again in a "
            "while, and tell the people who run this site if it goes on."
        ),
    ),
    OperationalError: (
        503,
        _(
            "The server is too busy to keep anything just now, so this was not sent. Your words are kept below. Wait a "
            "moment, then send them again."
        ),
    ),
}
_DISK_FULL = _(
    "The server has no room left to keep anything, so this was not sent. Please tell the people who run this site. "
    "Your words are kept below; copy them if you have to leave."
)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_learner(view: View[P]) -> View[P]:
    """Let in whoever is signed in. What is not hers answers 404; typed words that cannot be taken are shown again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if typed_in(request):
                return words_kept(request, 401, gettext("You are no longer signed in, so this was not sent."))
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except AttemptGoneError as error:
            if not typed_in(request):
                raise Http404 from error
            return words_kept(request, *trouble_of(error))
        except (ReplyTooLongError, TooManyRepliesError, OperationalError) as error:
            return words_kept(request, *trouble_of(error))

    return guarded  # type: ignore[return-value]


def typed_in(request: HttpRequest) -> str:
    """Give the words that came with a request; none for one that only looks."""
    if request.method != "POST":
        return ""
    return request.POST.get("reply") or request.POST.get("view") or ""


def words_kept(request: HttpRequest, status: int, trouble: str) -> HttpResponse:
    """Say what happened and show the words that were typed, to be copied."""
    return page_to_copy(request, "practice/words_kept.html", status, trouble, typed_in(request))


def page_to_copy(request: HttpRequest, template: str, status: int, trouble: str, typed: str) -> HttpResponse:
    """Give a room's page that says what happened and shows ``typed``, to be copied."""
    answer = render(request, template, {"trouble": trouble, "typed": typed}, status=status)
    add_never_cache_headers(answer)  # her words are on it, though she may not be signed in any more
    return answer


def trouble_of(error: Exception) -> tuple[int, str]:
    """Give the status of the answer, and a sentence that says what happened and what to do."""
    if isinstance(error, ReplyTooLongError):
        return 422, _too_long(error.length)
    if isinstance(error, OperationalError) and "full" in str(error).lower():
        return 507, gettext(_DISK_FULL)
    for kind, (status, sentence) in _TROUBLES.items():
        if isinstance(error, kind):
            return status, gettext(sentence)
    raise error


def _too_long(length: int) -> str:
    over = length - LONGEST_REPLY
    sentence = ngettext(
        "Your reply is %(length)d characters long, %(over)d more than fits. Shorten it, then send it again. A few "
        "sentences are enough.",
        "Your reply is %(length)d characters long, %(over)d more than fit. Shorten it, then send it again. A few "
        "sentences are enough.",
        over,
    )
    return sentence % {"length": length, "over": over}
