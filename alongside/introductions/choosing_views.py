"""Pages on which she says what she would like to talk about, with whom, and what she would like to say first.

Each step can be left out, and “Back” leads through them. Nothing of it stands in an address: it lies in ``beginning``.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from alongside.introductions import beginning
from alongside.introductions.acts import note_nobody_found, open_ask
from alongside.introductions.asking_now import ask_now
from alongside.introductions.beginning import Begun, with_code
from alongside.introductions.candidates import candidates, person_of
from alongside.introductions.coming import while_open, with_numbers, words_back
from alongside.introductions.fitting import (
    SHOWN,
    Suggestion,
    excluded_from,
    fits,
    in_language_of,
    shortlist_for,
    spoken,
)
from alongside.introductions.forms import TopicsForm, WithForm, WordsForm
from alongside.introductions.letting_in import let_see_others
from alongside.introductions.wishes import Wishes
from alongside.people.models import Organisation
from alongside.people.opening import opened


@while_open
def topics(request: HttpRequest) -> HttpResponse:
    """Ask what she would like to talk about."""
    form = TopicsForm(_typed(request), wishes=_begun(request).wishes)
    if form.is_valid():
        answer = redirect("ask:with")
        beginning.keep(request, answer, lambda begun: _wishing(begun, topics=form.chosen))
        return answer
    return _page(request, "topics", {"form": form})


@while_open
def with_whom(request: HttpRequest) -> HttpResponse:
    """Ask with whom she would rather talk, in which language, and when."""
    wishes = _wishes(_begun(request))
    form = WithForm(_typed(request), wishes=wishes, languages=spoken(candidates()))
    if form.is_valid():
        answer = redirect("ask:people")
        beginning.keep(request, answer, lambda begun: _wishing(begun, **form.chosen))
        return answer
    return _page(request, "with", {"form": form})


@while_open
def people(request: HttpRequest) -> HttpResponse:
    """Show up to three people with why each is there; take whom she picks, or show others."""
    begun = _begun(request)
    if request.method == "POST":
        return _take_choice(request, begun)
    if not _found(request, begun) and not begun.is_counted and beginning.load(request) is not None:
        note_nobody_found(begun.wishes.topics)
        answer = _show_people(request, begun)
        beginning.keep(request, answer, lambda before: replace(before, is_counted=True))
        return answer
    return _show_people(request, begun)


@while_open
def words(request: HttpRequest) -> HttpResponse:
    """Say what would have to be passed on; then take her first words, if she likes."""
    begun = _begun(request)
    person = person_of(begun.picked) if begun.picked else None
    if person is None:
        return _nobody_picked(request)
    initial = {"words": begun.words, "name": begun.name}
    form = WordsForm(_typed(request), initial=initial, asks_name=opened(request) is None)
    if form.is_valid():
        said = form.cleaned_data
        return _go_on(request, lambda before: replace(before, words=said["words"], name=said.get("name", "")))
    return _page(request, "words", {"form": form, "person": person, "duties": Organisation.current().duties})


def _show_people(request: HttpRequest, begun: Begun, *, trouble: str = "") -> HttpResponse:
    found = _found(request, begun)
    context = {
        "suggestions": found[:SHOWN],
        "has_others": len(found) > SHOWN,
        "is_later": bool(begun.seen),
        "trouble": trouble,
    }
    return _page(request, "people", context, status=409 if trouble else 200)


def _found(request: HttpRequest, begun: Begun) -> list[Suggestion]:
    """Give those who fit, and whom she has not wanted others than; one more than are shown, if there is one."""
    wishes, excluded = _wishes(begun), _excluded(request)
    return shortlist_for(wishes, excluded.union(begun.seen), SHOWN + 1) or shortlist_for(wishes, excluded, SHOWN + 1)


def _take_choice(request: HttpRequest, begun: Begun) -> HttpResponse:
    if "others" in request.POST:
        return _show_others(request, begun)
    wishes = _wishes(begun)
    if "wait" in request.POST:
        answer = _go_on(request, lambda before: replace(before, wishes=wishes, picked=None, is_counted=True))
        if not begun.is_counted:  # only once she is let in
            note_nobody_found(wishes.topics)
        return answer
    picked = _id(request.POST.get("pick", ""))
    if picked is None or not fits(wishes, picked, _excluded(request)):
        trouble = gettext("This person is not free any more. You can choose somebody else.")
        return _show_people(request, begun, trouble=trouble)
    answer = redirect("ask:words")
    beginning.keep(request, answer, lambda before: replace(before, wishes=wishes, picked=picked))
    return answer


def _show_others(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Show others than those whom the page has shown; from the first on again when there are none."""
    let_see_others(request)
    shown = (_id(text) for text in request.POST.getlist("shown")[:SHOWN])
    seen = (*begun.seen, *(ally for ally in shown if ally is not None))
    if not shortlist_for(_wishes(begun), _excluded(request).union(seen), 1):
        seen = ()
    answer = redirect("ask:people")
    beginning.keep(request, answer, lambda before: replace(before, seen=seen))
    return answer


def _nobody_picked(request: HttpRequest) -> HttpResponse:
    """Lead back to where somebody is picked; words that were typed when it was too late come back, to be copied."""
    typed = request.POST.get("words", "")
    if not typed:
        return redirect("ask:people")
    sentence = gettext("What you had chosen is not here any more, so this was not sent. You can choose again.")
    return words_back(request, sentence, status=409)


def _go_on(request: HttpRequest, change: beginning.Change) -> HttpResponse:
    """Keep what she chose last, and go on: to her code, or, where she has one, to ask."""
    opener = opened(request)
    if opener is None:
        answer: HttpResponse = redirect("ask:code")
        beginning.keep(request, answer, lambda begun: with_code(change(begun)))
        return answer
    answer = redirect("talk:home")
    return ask_now(request, answer, opener, beginning.keep(request, answer, change))


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _begun(request: HttpRequest) -> Begun:
    return beginning.load(request) or Begun()


def _wishing(begun: Begun, **chosen: Any) -> Begun:
    """Give what she has chosen with other wishes: who was too many among those before may not be now."""
    return replace(begun, wishes=replace(begun.wishes, **chosen), seen=(), picked=None)


def _wishes(begun: Begun) -> Wishes:
    """Give what she wishes for: in the language of the page where she named none, if anybody speaks it."""
    return in_language_of(begun.wishes, get_language() or "", spoken(candidates()))


def _excluded(request: HttpRequest) -> frozenset[UUID]:
    opener = opened(request)
    return excluded_from(opener.survivor, open_ask(opener)) if opener else frozenset()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(request: HttpRequest, step: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    has_errors = "form" in context and context["form"].errors
    template = f"introductions/ask/{step}.html"
    return render(request, template, with_numbers(context), status=422 if has_errors else status)
