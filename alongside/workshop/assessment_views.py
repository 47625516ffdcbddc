"""Pages of the assessment: three people before the lessons, three after, and both side by side."""

import logging
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from alongside.core.change import Figure
from alongside.core.rating import NOT_YET_REVIEWED, ModelUnavailableError
from alongside.people.access import signed_in
from alongside.practice.acts import EmptyReplyError, ReplyTooLongError
from alongside.practice.keeping import trouble_of
from alongside.workshop import acts, assessment
from alongside.workshop.acts import AnsweredElsewhereError, DraftChangedError, NotOpenError
from alongside.workshop.assessment.sitting_page import answered, side_by_side
from alongside.workshop.disclosure_data import PAIRS
from alongside.workshop.keeping import WORDS, for_learner, typed_in, words_kept
from alongside.workshop.models import Occasion, Sitting, SittingAnswer

logger = logging.getLogger(__name__)

_NotTaken = EmptyReplyError | ReplyTooLongError | DraftChangedError


@require_safe
@for_learner
def both(request: HttpRequest) -> HttpResponse:
    """Show a learner both assessments: where she is, or both side by side when she has taken both."""
    learner = signed_in(request)
    parts = (assessment.part_first(learner), assessment.part_last(learner))
    first, last = (assessment.sitting_of(learner, occasion) for occasion in Occasion)
    context: dict[str, Any] = {"parts": [part for part in parts if part], "not_yet_reviewed": NOT_YET_REVIEWED}
    if first and last and first.finished_at and last.finished_at:
        context |= {"both": side_by_side(first, last), "figures": Figure.__members__}
    return render(request, "workshop/assessment/both.html", context)


@for_learner
def first(request: HttpRequest) -> HttpResponseBase:
    """Show the sitting before the first lesson, and take what she answers."""
    return _sitting(request, Occasion.FIRST)


@for_learner
def last(request: HttpRequest) -> HttpResponseBase:
    """Show the sitting after the last lesson, and take what she answers."""
    return _sitting(request, Occasion.LAST)


def _sitting(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    learner = signed_in(request)
    if request.method == "POST":
        return _take(request, occasion)
    sitting = assessment.sitting_of(learner, occasion)
    if sitting is None:
        part = assessment.part_first(learner) if occasion is Occasion.FIRST else assessment.part_last(learner)
        return render(request, "workshop/assessment/before.html", {"part": part, "occasion": occasion.value})
    return _page(request, sitting)


def _take(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    """Begin, have the replies read once more, or take what she wrote, whatever the button says."""
    learner = signed_in(request)
    if "begin" in request.POST:
        with suppress(NotOpenError):  # the page says what comes before
            acts.sit(learner, occasion, get_language())
        return redirect(f"{request.path}#person")
    if "read" in request.POST:
        if sitting := assessment.sitting_of(learner, occasion):
            _read(sitting)
        return redirect(request.path)
    number = request.POST.get("asked", "")
    asked = acts.find_asked(learner, occasion, int(number)) if _is_key(number) else None
    if asked is not None:
        return _take_words(request, asked)
    if not typed_in(request):
        return redirect(request.path)
    sentence = gettext("These three people are not here any more, so this was not kept. You can begin anew.")
    return words_kept(request, 404, sentence)


def _take_words(request: HttpRequest, asked: SittingAnswer) -> HttpResponse:
    try:
        return _answer(request, asked)
    except AnsweredElsewhereError:
        sentence = gettext("You answered this person in another tab already. That reply stays as it is.")
        return words_kept(request, 409, sentence)
    except (EmptyReplyError, ReplyTooLongError, DraftChangedError) as error:
        found = SittingAnswer.objects.select_related("sitting").get(pk=asked.pk)
        return _page(request, found.sitting, *_trouble(error), request.POST.get(WORDS, ""))


def _answer(request: HttpRequest, asked: SittingAnswer) -> HttpResponse:
    words = request.POST.get(WORDS, "")
    if "later" in request.POST:
        acts.keep_draft(asked, words, request.POST.get("seen", ""))
        messages.success(request, gettext("What you typed is kept. It waits for you where you left it."))
        return redirect("workshop:start")
    acts.reply_to(asked, words)
    sitting = Sitting.objects.get(pk=asked.sitting_id)
    if sitting.finished_at:
        _read(sitting)
    return redirect(request.path if sitting.finished_at else f"{request.path}#person")


def _read(sitting: Sitting) -> None:
    """Have the replies read; where that is not possible, the page says so and lets her try again."""
    try:
        acts.read_replies(sitting)
    except ModelUnavailableError:
        logger.exception("The replies of sitting %s cannot be read.", sitting.pk)


def _page(
    request: HttpRequest, sitting: Sitting, status: int = 200, trouble: str = "", typed: str | None = None
) -> HttpResponse:
    occasion = Occasion(sitting.occasion)
    asked = sitting.next_asked
    context: dict[str, Any] = {"sitting": sitting, "occasion": occasion.value, "not_yet_reviewed": NOT_YET_REVIEWED}
    if asked is None:
        return render(request, "workshop/assessment/read.html", {**context, "answered": answered(sitting)})
    context |= {"asked": asked, "of": PAIRS, "trouble": trouble, "typed": asked.draft if typed is None else typed}
    return render(request, "workshop/assessment/sitting.html", context, status=status)


def _trouble(error: _NotTaken) -> tuple[int, str]:
    if isinstance(error, DraftChangedError):
        return 409, gettext(
            "You kept other words for this person in another tab meanwhile. They stand below the box; put together "
            "what you want to say, then keep or send it."
        )
    return trouble_of(error)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
