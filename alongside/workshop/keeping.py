"""Bad days: whatever goes wrong, what was typed in the workshop comes back on a page that says what happened."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from alongside.practice.keeping import page_to_copy, trouble_of

WORDS = "words"
"""What the box is called into which somebody writes; followed by ``-`` and a key where there are several."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_learner(view: View[P]) -> View[P]:
    """Let in whoever is signed in. Words that come from somebody who is not any more are shown again, to be copied."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if typed_in(request):
                return words_kept(request, 401, gettext("You are no longer signed in, so this was not kept."))
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            return words_kept(request, *trouble_of(error))

    return guarded  # type: ignore[return-value]


def typed_in(request: HttpRequest) -> str:
    """Give all words that came with a request; none for one that only looks."""
    if request.method != "POST":
        return ""
    boxes = (words for name, words in request.POST.items() if name.partition("-")[0] == WORDS)
    return "\n\n".join(str(words).strip() for words in boxes if str(words).strip())


def words_kept(request: HttpRequest, status: int, trouble: str) -> HttpResponse:
    """Say what happened and show the words that were typed, to be copied."""
    return page_to_copy(request, "workshop/words_kept.html", status, trouble, typed_in(request))
