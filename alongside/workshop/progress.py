"""How far a learner is: the whole way, how many minutes are left of it, what comes next and what is still missing.

``assessment`` gives two of the parts. It knows nothing of this module: whatever there may finish the workshop calls
``acts.note_finish``.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.people.models import User
from alongside.people.readiness import Requirement, requires
from alongside.workshop import assessment, lessons
from alongside.workshop.models import Enrolment
from alongside.workshop.parts import Part


@dataclass(frozen=True)
class Progress:
    """The whole way of one learner, in order."""

    parts: tuple[Part, ...]

    @property
    def minutes_total(self) -> int:
        """How many minutes all of it takes."""
        return sum(part.minutes for part in self.parts)

    @property
    def minutes_left(self) -> int:
        """How many of them lie before her."""
        return sum(part.minutes_left for part in self.parts)

    @property
    def minutes_done(self) -> int:
        """How many of them lie behind her."""
        return self.minutes_total - self.minutes_left

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are not done; each says what it misses."""
        return tuple(part for part in self.parts if not part.is_done)

    @property
    def next(self) -> Part | None:
        """The first part that she can take now and has not done; ``None`` when there is none."""
        return next((part for part in self.missing if part.is_open), None)

    @property
    def is_finished(self) -> bool:
        """Say whether there is something, and all of it is done."""
        return bool(self.parts) and not self.missing

    def part(self, key: str) -> Part | None:
        """Give the part of this key; ``None`` when there is none."""
        return next((part for part in self.parts if part.key == key), None)


def progress_of(learner: User) -> Progress:
    """Give how far ``learner`` is: the first assessment, the lessons, the last assessment."""
    ways = (assessment.part_first(learner), *lessons.parts_of(learner), assessment.part_last(learner))
    return Progress(tuple(part for part in ways if part is not None))


@requires("workshop")
def _workshop(user: User) -> Requirement:
    finished = Enrolment.objects.filter(learner=user, finished_at__isnull=False).exists()
    left = [] if finished else [part for part in lessons.parts_of(user) if not part.is_done]
    is_met = finished or (not left and lessons.are_done(user))
    what_to_do: str | Promise = _("The workshop is yours to take, whenever you like.")
    if left:
        what_to_do = ngettext("%(number)d lesson is left.", "%(number)d lessons are left.", len(left)) % {
            "number": len(left)
        }
    return Requirement("workshop", _("The workshop, to its end"), is_met, what_to_do, reverse("workshop:start"))
