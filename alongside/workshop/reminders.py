"""When a learner is asked to practise again: skills fade. One, three and six months after she has finished.

Each reminder has two weeks in which it can be sent, for mail that does not work today; after that it has passed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.people.models import User
from alongside.practice.models import DrillAnswer, Turn
from alongside.workshop.models import Enrolment, Reminding

PRACTISE_AGAIN = "practise again"
"""What these letters are called."""
AFTER = {1: timedelta(days=30), 3: timedelta(days=91), 6: timedelta(days=182)}
LASTS = timedelta(days=14)
PRACTISED_LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """A reminder that is due to somebody: the one after ``months``."""

    learner: User
    months: int


def due(moment: datetime) -> list[Due]:
    """Give the reminders that are due at ``moment`` and were not seen to: of each learner one at most."""
    found = []
    for months, after in AFTER.items():
        latest = moment - after
        finished = Enrolment.objects.filter(finished_at__lte=latest, finished_at__gt=latest - LASTS)
        learners = User.objects.filter(is_active=True, enrolment__in=finished)
        learners = learners.exclude(reminding__months__gte=months).exclude(reminding__stopped_at__isnull=False)
        found += [Due(learner, months) for learner in learners.order_by("pk")]
    return found


def practised_lately(learner: User, moment: datetime) -> bool:
    """Say whether she has practised, a conversation or a drill, within the two weeks before ``moment``."""
    since = {"answered_at__gt": moment - PRACTISED_LATELY, "answered_at__lte": moment}
    turns: QuerySet[Turn] = Turn.objects.filter(attempt__learner=learner, **since)
    return turns.exists() or DrillAnswer.objects.filter(learner=learner, **since).exists()


def wants_none(learner: User) -> bool:
    """Say whether she has stopped the reminders."""
    return Reminding.objects.filter(learner=learner, stopped_at__isnull=False).exists()
