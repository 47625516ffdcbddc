"""The two assessments: three people before the first lesson, three others after the last.

``workshop.progress`` asks here for their parts of the whole way. This package therefore imports nothing at its top that
asks ``progress``; its acts, which do (``workshop.acts.note_finish``), are imported by name where they are used.
"""

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from alongside.people.models import User
from alongside.people.readiness import Requirement, requires
from alongside.workshop import lessons
from alongside.workshop.assessment.choosing import is_there
from alongside.workshop.assessment.group import GroupChange, group_change
from alongside.workshop.disclosure_data import PAIRS
from alongside.workshop.models import Occasion, Sitting
from alongside.workshop.parts import Missing, Part

__all__ = ["GroupChange", "group_change", "part_first", "part_last", "sitting_of"]

MINUTES_OF_A_REPLY = 4
"""What its authors reckon with, for reading what somebody tells and answering."""


def sitting_of(learner: User, occasion: Occasion) -> Sitting | None:
    """Give her sitting of this occasion; ``None`` where she has not begun it, or it expired before its end."""
    return Sitting.objects.to_be_had().filter(learner=learner, occasion=occasion).first()


def part_first(learner: User) -> Part | None:
    """Give the first assessment as a part of the whole way; ``None`` where there is none in this language."""
    sitting = sitting_of(learner, Occasion.FIRST)
    if sitting is None and not is_there(get_language()):
        return None
    return _part(
        Occasion.FIRST,
        sitting,
        gettext("Before you begin: three people"),
        gettext("You answer three people as you would today. It shows you later what has changed."),
    )


def part_last(learner: User) -> Part | None:
    """Give the last assessment as a part of the whole way; ``None`` where there is none in this language."""
    sitting = sitting_of(learner, Occasion.LAST)
    if sitting is None and not is_there(get_language()):
        return None
    return _part(
        Occasion.LAST,
        sitting,
        gettext("At the end: three other people"),
        gettext("You answer three others, and see both times side by side."),
        before=[] if sitting else _before_the_last(learner),
    )


def is_open(learner: User, occasion: Occasion) -> bool:
    """Say whether she can take it now, or goes on with it."""
    part = part_first(learner) if occasion is Occasion.FIRST else part_last(learner)
    return part is not None and part.is_open


def _before_the_last(learner: User) -> list[Missing]:
    before = []
    first = sitting_of(learner, Occasion.FIRST)
    if first is None or first.finished_at is None:
        before.append(Missing(gettext("The three people at the beginning come first"), _url(Occasion.FIRST)))
    if not lessons.are_done(learner):
        before.append(Missing(gettext("It opens when all lessons are done"), reverse("workshop:start")))
    return before


def _part(
    occasion: Occasion, sitting: Sitting | None, title: str, about: str, before: list[Missing] | None = None
) -> Part:
    answered = sum(each.answered_at is not None for each in sitting.asked) if sitting else 0
    is_done = bool(sitting and sitting.finished_at)
    left = PAIRS - answered
    to_do = ngettext("To answer %(number)d person", "To answer %(number)d people", left) % {"number": left}
    return Part(
        key=f"{occasion.value} assessment",
        title=title,
        minutes=PAIRS * MINUTES_OF_A_REPLY,
        is_done=is_done,
        url=_url(occasion),
        missing=() if is_done else (*(before or ()), *(() if before else (Missing(to_do, _url(occasion)),))),
        is_open=not before,
        about=about,
        minutes_done=answered * MINUTES_OF_A_REPLY,
    )


def _url(occasion: Occasion) -> str:
    return reverse(f"workshop:{occasion.value}_assessment")


@requires("assessment")
def _assessment(user: User) -> Requirement | None:
    finished = Sitting.objects.finished().filter(learner=user, occasion=Occasion.LAST).exists()
    if not finished and not is_there(get_language()):
        return None
    what_to_do = gettext("When all lessons are done, you answer three people you have not met yet.")
    return Requirement("assessment", gettext("The last assessment"), finished, what_to_do, _url(Occasion.LAST))
