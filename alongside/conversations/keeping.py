"""Bad moments on the pages of both: whatever goes wrong on the way, what somebody typed comes back to her."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from alongside.conversations.posting import is_piece
from alongside.people.access import for_ally
from alongside.people.leaving import has_left
from alongside.people.opening import for_survivor, opened, with_code

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_HERS, _AN_ALLYS = "talk/words_kept.html", "conversations/words_kept.html"


def for_her(view: View[P]) -> View[P]:
    """Let in a survivor whose code is open here, as ``for_survivor``; what she typed and cannot be taken is shown."""
    return _gives_words_back(for_survivor(view), _HERS)


def for_ally_with_code(view: View[P]) -> View[P]:
    """Let in an ally whose own code is open here; what she typed and cannot be taken is shown, as for ``for_her``."""
    return _gives_words_back(for_ally(with_code(view)), _AN_ALLYS)


def typed_in(request: HttpRequest) -> str:
    """Give the words that came with a request; none for one that only looks."""
    return request.POST.get("text", "") if request.method == "POST" else ""


def _gives_words_back(let_in: View[P], template: str) -> View[P]:
    @wraps(let_in)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not typed_in(request) or has_left(request):
            return let_in(request, *args, **kwargs)
        if not _is_open(request, template):
            trouble = gettext("Your code is not open here any more, so this was not sent.")
            return _words_kept(request, template, 401, trouble)
        try:
            return let_in(request, *args, **kwargs)
        except Http404:
            trouble = gettext("What these words belong to is not here any more, so they were not sent.")
            return _words_kept(request, template, 404, trouble)
        except OperationalError:
            trouble = gettext("The server is too busy just now, so this was not sent. Try again in a moment.")
            return _words_kept(request, template, 503, trouble)

    return guarded  # type: ignore[return-value]


def _is_open(request: HttpRequest, template: str) -> bool:
    opener = opened(request)
    return opener is not None and (template == _HERS or opener.pair.user_id == request.user.pk)


def _words_kept(request: HttpRequest, template: str, status: int, trouble: str) -> HttpResponse:
    """Say what happened and show the words, to be copied. A page's script has them in its box still."""
    if is_piece(request):
        return HttpResponse(trouble, status=status, content_type="text/plain; charset=utf-8")
    answer = render(request, template, {"trouble": trouble, "typed": typed_in(request)}, status=status)
    add_never_cache_headers(answer)  # her words are on it, though nothing may be open any more
    return answer
