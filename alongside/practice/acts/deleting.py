"""To delete a conversation at once, and to erase what has expired."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.people.models import User
from alongside.practice.acts.conversing import find_attempt
from alongside.practice.models import Attempt, DifferentView, DrillAnswer
from alongside.records import erasure


def delete_attempt(learner: User, attempt_id: UUID) -> None:
    """Delete an attempt with its words, and what was seen differently in it. Raises ``AttemptGoneError``.

    Lines that were taken again from it are attempts of their own, and stay.
    """
    with transaction.atomic():
        attempt = find_attempt(learner, attempt_id)
        DifferentView.objects.filter(turn__attempt=attempt).delete()
        attempt.delete()
        erasure.sweep_after_commit()


@erasure.erases_expired
def erase_expired(moment: datetime) -> int:
    """Delete what expired before ``moment``; gives how many attempts, views, drill answers. Safe to run twice."""
    attempts = Attempt.objects.filter(expires_at__lte=moment)
    views = DifferentView.objects.filter(expires_at__lte=moment)
    drills = DrillAnswer.objects.filter(expires_at__lte=moment)
    number = attempts.count() + views.count() + drills.count()
    drills.delete()
    views.delete()
    attempts.delete()
    return number
