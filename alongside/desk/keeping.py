"""Bad days at the desk: what a survivor leader typed comes back on a page that says what happened."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.people.access import for_staff
from alongside.people.models import SURVIVOR_LEADER
from alongside.practice.keeping import page_to_copy, trouble_of

BOXES = ("disclosure", "text", "why", "minutes", "note", "what_would_help")
"""What the boxes are called into which somebody of the desk writes."""

CANNOT_BE_READ = _(
    "Sentences cannot be read now, so nothing was decided. What you typed is kept below. Try again in a while, and "
    "tell the people who run this site if it goes on."
)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_survivor_leaders(view: View[P]) -> View[P]:
    """Let in survivor leaders with a second factor. Words of somebody who is signed out by now are shown again."""
    guarded = for_staff(SURVIVOR_LEADER)(view)

    @wraps(view)
    def kept(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not typed_in(request):
            return guarded(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return words_kept(request, 401, gettext("You are no longer signed in, so this was not kept."))
        try:
            return guarded(request, *args, **kwargs)
        except OperationalError as error:
            return words_kept(request, *trouble_of(error))

    return kept  # type: ignore[return-value]


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, for a form: ``None`` for a request that only looks."""
    return request.POST if request.method == "POST" else None


def typed_in(request: HttpRequest) -> str:
    """Give all words that came with a request; none for one that only looks."""
    if request.method != "POST":
        return ""
    return "\n\n".join(words for name in BOXES if (words := request.POST.get(name, "").strip()))


def words_kept(request: HttpRequest, status: int, trouble: str) -> HttpResponse:
    """Say what happened and show the words that were typed, to be copied."""
    return page_to_copy(request, "desk/words_kept.html", status, trouble, typed_in(request))
