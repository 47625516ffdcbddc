"""How far a learner is on the way: that she began, the lessons that she has done, and where she stopped reading."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from alongside.records import clock


class Enrolment(models.Model):
    """A learner takes the workshop. It goes with her account.

    ``finished_at``: when nothing was missing any more; a lesson that is added later does not take that away.
    ``last_lesson`` (its ``source_id``) and ``last_piece`` (the id of a piece on its page): where she was reading.
    """

    learner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolment")
    started_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    last_lesson = models.CharField(max_length=60, blank=True)
    last_piece = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"enrolment of {self.learner_id}"


class LessonDone(models.Model):
    """A learner has done a lesson, in whatever version and language: it is known by its ``source_id``."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons_done")
    lesson = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="a_lesson_is_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson}, done by {self.learner_id}"
