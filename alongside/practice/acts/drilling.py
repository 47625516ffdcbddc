"""To choose in a drill. What was missed comes back."""

from django.db import IntegrityError, transaction

from alongside.core.spacing import Due, after_answer
from alongside.people.models import User
from alongside.practice.drill_page import Side
from alongside.practice.drills import leans_in_first
from alongside.practice.models import Drill, DrillAnswer
from alongside.records import clock


def choose(learner: User, drill: Drill, number: int, side: Side) -> DrillAnswer:
    """Take what the learner chose on meeting the drill for the ``number``-th time (from 1).

    A second choice at the same meeting, from a double click or another tab, changes nothing: the first is given. So is
    the latest for a meeting that cannot be.
    """
    before = DrillAnswer.objects.filter(learner=learner, drill=drill).order_by("-number").first()
    if before is not None and number != before.number + 1:
        return before
    first = leans_in_first(learner, drill, number)
    was_found = first == (side is Side.FIRST)
    due = after_answer(Due(before.gap, before.due_at) if before else None, was_found=was_found, now=clock.now())
    try:
        with transaction.atomic():
            return DrillAnswer.objects.create(
                learner=learner,
                drill=drill,
                number=before.number + 1 if before else 1,
                leans_in_first=first,
                was_found=was_found,
                gap=due.gap,
                due_at=due.at,
            )
    except IntegrityError:
        return DrillAnswer.objects.get(learner=learner, drill=drill, number=number)
