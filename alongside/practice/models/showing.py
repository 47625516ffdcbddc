"""Who of the desk opened a practice that its learner shows."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from alongside.practice.models.attempt import Attempt
from alongside.records import clock


class PracticeRead(models.Model):
    """Somebody of the desk has opened a practice that was shown, and when for the first time. The learner sees it.

    It goes with the attempt. ``by``: ``None`` when that person has left.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="reads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["attempt", "by"], name="a_practice_is_opened_first_once")
        ]

    def __str__(self) -> str:
        return f"attempt {self.attempt_id}, opened"
