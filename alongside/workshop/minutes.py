"""How many minutes of the workshop are left for many learners at once, as ``progress_of`` has it for one."""

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from alongside.practice.models import Attempt, Scenario
from alongside.records import clock
from alongside.workshop.assessment import MINUTES_OF_A_REPLY
from alongside.workshop.assessment.choosing import is_there
from alongside.workshop.disclosure_data import PAIRS
from alongside.workshop.lessons import MINUTES_OF_A_PRACTICE, REPLIES_OF_A_PRACTICE, chosen, live_lessons
from alongside.workshop.models import LessonDone, Occasion, Sitting


def minutes_left_of(learners: Collection[UUID]) -> dict[UUID, int]:
    """Give the minutes that each of ``learners`` (their ids) still needs, 0 or more.

    It asks the database a fixed number of questions, however many they are.
    """
    in_lessons = _in_lessons(learners)
    in_assessments = _in_assessments(learners)
    return {learner: in_lessons[learner] + in_assessments[learner] for learner in learners}


def _in_lessons(learners: Collection[UUID]) -> dict[UUID, int]:
    lessons = live_lessons(get_language())
    asked = {pk for lesson in lessons for pk in chosen(lesson, "practice")}
    rows = Scenario.objects.filter(pk__in=asked, live=True, live_revision__isnull=False)
    live = set(rows.values_list("pk", flat=True))
    practices = {lesson.source_id: [pk for pk in chosen(lesson, "practice") if pk in live] for lesson in lessons}
    practised = _practised(learners, live)
    done = defaultdict[UUID, set[str]](set)
    for learner, lesson in LessonDone.objects.filter(learner__in=learners).values_list("learner_id", "lesson"):
        done[learner].add(lesson)
    left = Counter[UUID]()
    for learner in learners:
        for lesson in lessons:
            if lesson.source_id not in done[learner]:
                still = sum(pk not in practised[learner] for pk in practices[lesson.source_id])
                left[learner] += lesson.minutes + still * MINUTES_OF_A_PRACTICE
    return left


def _practised(learners: Collection[UUID], scenarios: Collection[int]) -> dict[UUID, set[int]]:
    """Give the scenarios that each has practised: to an end, or with enough replies."""
    enough = Q(ended_at__isnull=False) | Q(length__gte=REPLIES_OF_A_PRACTICE)
    attempts = Attempt.objects.filter(enough, learner__in=learners, scenario__in=scenarios, expires_at__gt=clock.now())
    practised = defaultdict[UUID, set[int]](set)
    for learner, scenario in attempts.values_list("learner_id", "scenario_id").distinct():
        practised[learner].add(scenario)
    return practised


def _in_assessments(learners: Collection[UUID]) -> dict[UUID, int]:
    whole = PAIRS * MINUTES_OF_A_REPLY
    left = Counter(dict.fromkeys(learners, len(Occasion) * whole if is_there(get_language()) else 0))
    sittings = Sitting.objects.to_be_had().filter(learner__in=learners)
    answered = Count("answers", filter=Q(answers__answered_at__isnull=False))
    for learner, number in sittings.annotate(number=answered).values_list("learner_id", "number"):
        left[learner] -= number * MINUTES_OF_A_REPLY
    return left
