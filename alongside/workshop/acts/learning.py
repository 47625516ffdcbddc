"""To be done with a lesson."""

from collections.abc import Sequence

from django.db import transaction

from alongside.people.models import User
from alongside.workshop.acts.enrolling import note_finish
from alongside.workshop.lessons import standings
from alongside.workshop.models import Lesson, LessonDone
from alongside.workshop.parts import Missing


class StillMissingError(Exception):
    """Something in the lesson is not done yet: ``missing``."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(", ".join(str(each.what) for each in missing))
        self.missing = tuple(missing)


def finish_lesson(learner: User, lesson: Lesson) -> LessonDone:
    """Take it that she has read ``lesson``; said twice, it is done once. Raises ``StillMissingError``."""
    (standing,) = standings(learner, [lesson])
    if standing.missing:
        raise StillMissingError(standing.missing)
    with transaction.atomic():
        done, _created = LessonDone.objects.get_or_create(learner=learner, lesson=lesson.source_id)
        note_finish(learner)
    return done
