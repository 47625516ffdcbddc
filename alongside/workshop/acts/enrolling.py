"""To begin the workshop, to come back to where one stopped, and to finish."""

from alongside.people.models import User
from alongside.records import clock
from alongside.workshop.models import Enrolment, Lesson
from alongside.workshop.progress import progress_of


def enrol(learner: User) -> Enrolment:
    """Give her enrolment; it is born when she first looks at the workshop."""
    enrolment, _created = Enrolment.objects.get_or_create(learner=learner)
    return enrolment


def keep_place(learner: User, lesson: Lesson, piece: str = "") -> None:
    """Remember that she reads ``lesson``, and at which piece of it (its id on the page; empty: at its beginning).

    A place in the lesson that she was already reading is not given up for its beginning.
    """
    place = {"last_lesson": lesson.source_id, "last_piece": piece}
    enrolment = enrol(learner)
    if piece or enrolment.last_lesson != lesson.source_id:
        Enrolment.objects.filter(pk=enrolment.pk).update(**place)


def note_finish(learner: User) -> bool:
    """Note that she has finished the workshop, if nothing is missing any more; say whether that was only now."""
    waiting = Enrolment.objects.filter(learner=learner, finished_at=None)
    if not waiting.exists() or not progress_of(learner).is_finished:
        return False
    return bool(waiting.update(finished_at=clock.now()))
