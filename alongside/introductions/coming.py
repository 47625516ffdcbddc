"""What every page has in common on which somebody chooses with whom to talk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.introductions import beginning
from alongside.introductions.door import is_open, under_the_box
from alongside.introductions.letting_in import TooMany
from alongside.people.opening import note_use, row_of

P = ParamSpec("P")
_CLOSED = _("This place has closed for now, so this was not sent.")
_BUSY = _("The server is too busy just now, so this was not kept. Please try again in a moment.")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def while_open(view: View[P]) -> View[P]:
    """Let everybody in while the door is open, and lead to it otherwise. Whoever is one too many is told so.

    What she has written comes back with that, to be copied, and also when the server is too busy. Where her code is
    open, it counts as used, and she begins where she sees how it stands (``ask:again``).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = request.POST.get("words")
        try:
            return _let_in(view, request, typed, *args, **kwargs)
        except TooMany as refused:
            return words_back(request, refused.sentence, status=429)
        except OperationalError:
            if not typed:
                raise
            return words_back(request, _BUSY, status=503)

    return guarded  # type: ignore[return-value]


def words_back(request: HttpRequest, sentence: str | Promise, *, status: int, typed: str = "") -> HttpResponse:
    """Say what happened, and give back the words that she has written, to be copied: ``typed``, or those just sent."""
    context = {"sentence": sentence, "typed": typed or request.POST.get("words", "")}
    return render(request, "introductions/ask/words_back.html", with_numbers(context), status=status)


def with_numbers(context: dict[str, Any]) -> dict[str, Any]:
    """Give a context in which ``talk/_under_the_box.html`` finds what it says."""
    return context | {"under_the_box": under_the_box()}


def _let_in(view: View[P], request: HttpRequest, typed: str | None, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    row = row_of(request)
    if row is not None:
        note_use(row)
    if not is_open():
        return words_back(request, _CLOSED, status=409) if typed else redirect("ask:door")
    if row is not None and beginning.load(request) is None and not typed:
        return redirect("ask:again")
    return view(request, *args, **kwargs)
