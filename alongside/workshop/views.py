"""Pages of the workshop: the whole way, a lesson, and what a learner wrote to herself."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from alongside.people.access import is_staff, signed_in
from alongside.practice.drills import due_now
from alongside.practice.drills import standings as drills_of
from alongside.review.approving import is_approved
from alongside.workshop import acts, assessment
from alongside.workshop.acts import ChangedElsewhereError, NotKeptError, ReflectionTooLongError, StillMissingError
from alongside.workshop.keeping import WORDS, for_learner
from alongside.workshop.lesson_page import Typed, pieces_of, prompts_in
from alongside.workshop.lessons import MINUTES_OF_A_PRACTICE, chosen, live_lessons, standings
from alongside.workshop.models import Enrolment, Lesson, Reflection
from alongside.workshop.parts import Part
from alongside.workshop.progress import Progress, progress_of

_PLACE = re.compile(r"[a-z0-9-]{1,80}")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show a learner the whole way and where she is on it; anybody else, what the workshop holds."""
    if not request.user.is_authenticated:
        return render(request, "workshop/outside.html", _lessons_there_are())
    learner = signed_in(request)
    acts.enrol(learner)
    acts.note_finish(learner)
    enrolment = Enrolment.objects.get(learner=learner)
    progress = progress_of(learner)
    context = {
        **_lessons_there_are(),
        "progress": progress,
        "resume": _resume(progress, enrolment),
        "drills_due": len(due_now(drills_of(learner, get_language()))),
        "reflections": Reflection.objects.of(learner).count(),
    }
    return render(request, "workshop/start.html", context)


@for_learner
def lesson(request: HttpRequest, source_id: str) -> HttpResponseBase:
    """Show a lesson. What is sent from it is what she wrote to herself in it, or that she has read it."""
    found = _find_lesson(source_id)
    learner = signed_in(request)
    if request.method == "POST":
        return _take(request, found)
    first = assessment.part_first(learner)
    if first is not None and not first.is_done and not is_staff(learner):
        return render(request, "workshop/first_of_all.html", {"first": first, "lesson": found})
    acts.keep_place(learner, found)
    return _page(request, found)


@require_POST
@for_learner
def place(request: HttpRequest, source_id: str) -> HttpResponse:
    """Remember the piece of a lesson that she is reading; sent by a script while she reads."""
    piece = request.POST.get("piece", "")
    acts.keep_place(signed_in(request), _find_lesson(source_id), piece if _PLACE.fullmatch(piece) else "")
    return HttpResponse(status=204)


@require_safe
@for_learner
def reflections(request: HttpRequest) -> HttpResponse:
    """Show a learner what she wrote to herself, with what she was asked."""
    lessons = {each.source_id: each for each in live_lessons(get_language())}
    hers = [
        {"reflection": each, "lesson": lessons.get(each.lesson), "asks": _asks(lessons.get(each.lesson), each.prompt)}
        for each in Reflection.objects.of(signed_in(request))
    ]
    return render(request, "workshop/reflections.html", {"hers": hers})


@for_learner
def delete_reflection(request: HttpRequest, reflection_id: UUID) -> HttpResponse:
    """Ask once, then delete what she wrote for good."""
    found = acts.find_reflection(signed_in(request), reflection_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        acts.delete_reflection(found)
        messages.success(request, gettext("What you wrote is deleted."))
        return redirect("workshop:reflections")
    return render(request, "workshop/delete_reflection.html", {"reflection": found})


def _lessons_there_are() -> dict[str, Any]:
    lessons = live_lessons(get_language())
    return {
        "lessons": lessons,
        "minutes": sum(each.minutes for each in lessons),
        "minutes_of_practice": MINUTES_OF_A_PRACTICE * sum(len(chosen(each, "practice")) for each in lessons),
        "reviewed": sum(is_approved(each) for each in lessons),
    }


def _find_lesson(source_id: str) -> Lesson:
    for each in live_lessons(get_language()):
        if each.source_id == source_id:
            return each
    raise Http404


def _take(request: HttpRequest, found: Lesson) -> HttpResponse:
    """Keep what she wrote, wherever on the page, and take it that she has read the lesson if she says so."""
    learner = signed_in(request)
    if typed := _keep_all(request, found):
        return _page(request, found, 422, typed=typed)
    if "done" not in request.POST:
        prompt = request.POST.get("keep", "")
        anchor = f"reflection-{prompt}" if prompt in prompts_in(found) else ""
        return redirect(f"{request.path}#{anchor}")
    try:
        acts.finish_lesson(learner, found)
    except StillMissingError:
        return _page(request, found, 422, trouble=gettext("Not quite yet. This is still missing:"))
    return redirect(f"{request.path}#end")


def _keep_all(request: HttpRequest, found: Lesson) -> dict[str, Typed]:
    """Keep every reflection that came with the page; give those that could not be kept, by key."""
    typed = {}
    for prompt in prompts_in(found):
        words = request.POST.get(f"{WORDS}-{prompt}")
        if words is None:
            continue
        seen = _edition(request.POST.get(f"edition-{prompt}", ""))
        try:
            acts.keep_reflection(signed_in(request), found.source_id, prompt, words, seen)
        except NotKeptError as error:
            typed[prompt] = Typed(words, _why(error))
    return typed


def _why(error: NotKeptError) -> str:
    if isinstance(error, ReflectionTooLongError):
        over = error.length - acts.LONGEST_REFLECTION
        sentence = ngettext(
            "This is %(length)d characters long, %(over)d more than fits. Shorten it, then keep it again.",
            "This is %(length)d characters long, %(over)d more than fit. Shorten it, then keep it again.",
            over,
        )
        return sentence % {"length": error.length, "over": over}
    if isinstance(error, ChangedElsewhereError):
        return gettext(
            "You changed this in another tab meanwhile, so these words are not kept yet. Keep them to put them in the "
            "place of the others."
        )
    raise error


def _page(
    request: HttpRequest, found: Lesson, status: int = 200, typed: Mapping[str, Typed] | None = None, trouble: str = ""
) -> HttpResponse:
    learner = signed_in(request)
    lessons = live_lessons(get_language())
    index = lessons.index(found)
    (standing,) = standings(learner, [found])
    context: dict[str, Any] = {
        "lesson": found,
        "pieces": pieces_of(found, learner, typed),
        "standing": standing,
        "trouble": trouble,
        "number_of_lessons": len(lessons),
        "previous": lessons[index - 1] if index else None,
        "following": lessons[index + 1] if index + 1 < len(lessons) else None,
        "next": _next_after(progress_of(learner), found),
    }
    return render(request, "workshop/lesson.html", context, status=status)


def _next_after(progress: Progress, found: Lesson) -> Part | None:
    """Give what comes next for her: the first open part after this lesson that is not done, or any before it."""
    index = next(number for number, part in enumerate(progress.parts) if part.key == found.source_id)
    return Progress(progress.parts[index + 1 :]).next or progress.next


def _resume(progress: Progress, enrolment: Enrolment) -> dict[str, Any] | None:
    """Give where she goes on: the lesson that she was reading, at her place in it, or else what comes next."""
    was_reading = progress.part(enrolment.last_lesson)
    if was_reading and was_reading.is_open and not was_reading.is_done:
        return {"part": was_reading, "url": f"{was_reading.url}#{enrolment.last_piece}".rstrip("#"), "is_begun": True}
    return {"part": progress.next, "url": progress.next.url, "is_begun": False} if progress.next else None


def _asks(lesson: Lesson | None, prompt: str) -> str:
    return prompts_in(lesson).get(prompt, "") if lesson else ""


def _edition(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
