"""Lessons as a learner has them: what each asks of her, what she has done of it, and what is still missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from alongside.people.models import User
from alongside.practice.models import Attempt, Drill, DrillAnswer, Scenario
from alongside.records import clock
from alongside.workshop.models import Lesson, LessonDone
from alongside.workshop.parts import Missing, Part

C = TypeVar("C", Drill, Scenario)

REPLIES_OF_A_PRACTICE = 3
"""So many replies are a practice, where the conversation has not ended before."""
MINUTES_OF_A_PRACTICE = 6
"""What its authors reckon with, for one conversation and its debrief."""


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a lesson: the drills and practices in it that she has not done, and when it was done.

    ``practices``: how many it has.
    """

    lesson: Lesson
    drills: tuple[Drill, ...]
    practices_left: tuple[Scenario, ...]
    practices: int
    done_at: datetime | None

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse("workshop:lesson", args=[self.lesson.source_id])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What she has still to do in it before she can say that she has read it; nothing where she has said so."""
        return () if self.done_at else tuple(self._to_do())

    def _to_do(self) -> Iterator[Missing]:
        for drill in self.drills:
            what = gettext("The drill “%(title)s”") % {"title": drill.title}
            yield Missing(what, f"{self.url}#drill-{drill.source_id}")
        for scenario in self.practices_left:
            number = REPLIES_OF_A_PRACTICE
            what = ngettext(
                "The practice with %(person)s: %(number)d reply, or to its end",
                "The practice with %(person)s: %(number)d replies, or to its end",
                number,
            )
            yield Missing(
                what % {"person": scenario.person, "number": number},
                reverse("practice:scenario", args=[scenario.source_id]),
            )

    def as_part(self) -> Part:
        """Give it as a part of the whole way."""
        left = len(self.practices_left)
        to_say = Missing(gettext("Say at its end that you have read it"), f"{self.url}#end")
        return Part(
            key=self.lesson.source_id,
            title=self.lesson.title,
            minutes=self.lesson.minutes + self.practices * MINUTES_OF_A_PRACTICE,
            is_done=self.done_at is not None,
            url=self.url,
            missing=() if self.done_at else (*self.missing, to_say),
            about=self.lesson.summary,
            number=self.lesson.number,
            minutes_done=(self.practices - left) * MINUTES_OF_A_PRACTICE,
        )


def live_lessons(language: str | None) -> list[Lesson]:
    """Give the lessons that are live in a language, in order; in English where there are none."""
    return list(Lesson.objects.live_in(language))


def standings(learner: User, lessons: Iterable[Lesson]) -> list[Standing]:
    """Give where she stands with each of ``lessons``. A drill or a scenario that is not live is not asked for."""
    lessons = list(lessons)
    drills = _live(Drill, lessons, "drill")
    scenarios = _live(Scenario, lessons, "practice")
    answered = set(
        DrillAnswer.objects.filter(learner=learner, drill__in=drills, expires_at__gt=clock.now())
        .values_list("drill_id", flat=True)
        .distinct()
    )
    practised = practised_of(learner, scenarios)
    done = dict(LessonDone.objects.filter(learner=learner).values_list("lesson", "at"))
    return [
        Standing(
            lesson=lesson,
            drills=tuple(drills[pk] for pk in chosen(lesson, "drill") if pk in drills and pk not in answered),
            practices_left=tuple(
                scenarios[pk] for pk in chosen(lesson, "practice") if pk in scenarios and pk not in practised
            ),
            practices=sum(pk in scenarios for pk in chosen(lesson, "practice")),
            done_at=done.get(lesson.source_id),
        )
        for lesson in lessons
    ]


def practised_of(learner: User, scenarios: Iterable[int]) -> set[int]:
    """Give those of ``scenarios`` (their keys) that she has practised: to an end, or with enough replies."""
    enough = Q(ended_at__isnull=False) | Q(length__gte=REPLIES_OF_A_PRACTICE)
    attempts = Attempt.objects.of(learner).filter(enough, scenario__in=scenarios)
    return set(attempts.values_list("scenario_id", flat=True))


def chosen(lesson: Lesson, name: str) -> list[int]:
    """Give the keys of what is chosen in the pieces of a lesson's body that are called ``name``, each once."""
    keys = (piece["value"] for piece in lesson.body.raw_data if piece["type"] == name and piece["value"])
    return list(dict.fromkeys(keys))


def parts_of(learner: User) -> list[Part]:
    """Give the lessons in the language of the page as parts of the whole way."""
    return [standing.as_part() for standing in standings(learner, live_lessons(get_language()))]


def are_done(learner: User) -> bool:
    """Say whether there are lessons, and she has done all of them."""
    names = {lesson.source_id for lesson in live_lessons(get_language())}
    done = LessonDone.objects.filter(learner=learner, lesson__in=names).count()
    return bool(names) and done == len(names)


def _live(model: type[C], lessons: Iterable[Lesson], name: str) -> dict[int, C]:
    keys = {key for lesson in lessons for key in chosen(lesson, name)}
    return {row.pk: row for row in model.objects.filter(pk__in=keys, live=True, live_revision__isnull=False)}
