"""Pages of practice."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from alongside.core.rating import NOT_YET_REVIEWED, ModelUnavailableError, Move, feedback_on
from alongside.people.access import signed_in
from alongside.practice import acts
from alongside.practice.acts import AlreadyAnsweredError, AlreadyEndedError, NotAnsweredError
from alongside.practice.debrief import debrief
from alongside.practice.feedback import change_in_words, marked_in, stance_in_words
from alongside.practice.forms import DifferentViewForm
from alongside.practice.keeping import for_learner, trouble_of, typed_in
from alongside.practice.models import Attempt, Scenario, Turn
from alongside.practice.showing import showing_of
from alongside.practice.start_page import start_of
from alongside.practice.trust import written


@for_learner
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits, the conversations that can be practised, and the learner's own."""
    return render(request, "practice/start.html", {"start": start_of(signed_in(request), get_language())})


@for_learner
def scenario(request: HttpRequest, source_id: str) -> HttpResponse:
    """Say what comes up, before it begins."""
    chosen = _find_scenario(source_id)
    open_ones = Attempt.objects.of(signed_in(request)).filter(scenario=chosen, ended_at=None, length__gt=0)
    return render(request, "practice/scenario.html", {"scenario": chosen, "open_attempt": open_ones.first()})


@require_POST
@for_learner
def begin(request: HttpRequest, source_id: str) -> HttpResponse:
    """Begin a conversation."""
    attempt = acts.begin(signed_in(request), _find_scenario(source_id))
    return redirect("practice:attempt", attempt.id)


@for_learner
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show a conversation, with a box for the next reply while it goes on."""
    return _conversation(request, acts.find_attempt(signed_in(request), attempt_id))


@for_learner
def answer(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Take a reply; the page that follows can be reloaded."""
    if request.method != "POST":
        return redirect("practice:attempt", attempt_id)
    number = _number(request.POST.get("number", ""))
    try:
        turn = acts.answer(signed_in(request), attempt_id, number, typed_in(request))
    except (NotAnsweredError, ModelUnavailableError, OperationalError) as error:
        found = acts.find_attempt(signed_in(request), attempt_id)
        return _not_taken(request, found, number, error)
    return redirect(f"{reverse('practice:attempt', args=[attempt_id])}#turn-{turn.number}")


@require_POST
@for_learner
def stop(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Stop here; what was typed and not sent is kept."""
    acts.stop(signed_in(request), attempt_id, typed_in(request))
    return redirect("practice:debrief", attempt_id)


@require_POST
@for_learner
def take_again(request: HttpRequest, attempt_id: UUID, number: int) -> HttpResponse:
    """Go back to a turn, on a new line."""
    fork = acts.take_again(signed_in(request), attempt_id, number, typed_in(request) or None)
    return redirect(f"{reverse('practice:attempt', args=[fork.id])}#reply")


@for_learner
def look_back(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Show the debrief of a conversation, as far as it went."""
    found = acts.find_attempt(signed_in(request), attempt_id)
    context = {
        "attempt": found,
        "person": found.story.person,
        "debrief": debrief(found.answered),
        "turns": [_turn(turn, found.story.person) for turn in found.answered],
        "not_yet_reviewed": NOT_YET_REVIEWED,
        "showing": showing_of(found),
    }
    return render(request, "practice/debrief.html", context)


@for_learner
def delete(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Ask once, then delete a conversation for good."""
    found = acts.find_attempt(signed_in(request), attempt_id)
    if request.method == "POST":
        acts.delete_attempt(signed_in(request), attempt_id)
        messages.success(request, gettext("The conversation is deleted."))
        return redirect("practice:start")
    return render(request, "practice/delete.html", {"attempt": found, "forks": found.forks.count()})


@for_learner
def see_differently(request: HttpRequest, attempt_id: UUID, number: int, sentence: int) -> HttpResponse:
    """Let a learner say how she sees a sentence; the page says first who will read it."""
    learner = signed_in(request)
    own = acts.find_sentence(learner, attempt_id, number, sentence)
    back = f"{reverse('practice:attempt', args=[attempt_id])}#turn-{number}"
    if "take_back" in request.POST:
        acts.take_view_back(learner, own)
        messages.success(request, gettext("What you said about the sentence is deleted."))
        return redirect(back)
    said = own.view
    form = DifferentViewForm(request.POST or None, initial={"view": said.view, "moves": said.moves} if said else None)
    if request.method == "POST" and form.is_valid():
        acts.see_differently(learner, own, form.cleaned_data["view"], map(Move, form.cleaned_data["moves"]))
        messages.success(request, gettext("Thank you. Survivor leaders will read how you see it."))
        return redirect(back)
    context = {
        "turn": own.turn,
        "sentence": marked_in([own.turn])[own.turn.pk][sentence],
        "form": form,
        "said": said,
    }
    return render(request, "practice/differently.html", context, status=422 if form.errors else 200)


def _find_scenario(source_id: str) -> Scenario:
    return get_object_or_404(Scenario.objects.live_in(get_language()), source_id=source_id)


def _not_taken(request: HttpRequest, found: Attempt, number: int, error: Exception) -> HttpResponse:
    """Show the conversation with the typed words in it, and why they were not taken."""
    status, trouble = trouble_of(error)
    again = None
    if isinstance(error, AlreadyAnsweredError):
        again = number
    elif isinstance(error, AlreadyEndedError):
        again = found.length
    return _conversation(request, found, status, trouble=trouble, typed=typed_in(request), again=again)


def _conversation(request: HttpRequest, found: Attempt, status: int = 200, **trouble: Any) -> HttpResponse:
    person = found.story.person
    sentences = marked_in(found.answered)
    context = {
        "attempt": found,
        "person": person,
        "turns": [_turn(turn, person) | {"sentences": sentences[turn.pk]} for turn in found.answered],
        "next_number": found.length + 1,
        "typed": found.draft,
        "not_yet_reviewed": NOT_YET_REVIEWED,
        **trouble,
    }
    return render(request, "practice/attempt.html", context, status=status)


def _turn(turn: Turn, person: str) -> dict[str, Any]:
    return {
        "turn": turn,
        "feedback": feedback_on(turn.reading),
        "stance": stance_in_words(turn.reading),
        "change": change_in_words(turn.change, person),
        "trust": written(turn.trust),
        "moves": [move for move in Move if move in turn.reading.moves],
    }


def _number(text: str) -> int:
    """Give the turn's number in a form, or 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
