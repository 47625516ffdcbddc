"""What a learner writes to herself in a lesson."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from alongside.people.boxes import ClosedBoxError, box, holds_boxes, unbox
from alongside.records import clock
from alongside.records.expiry import expiry
from alongside.records.tombstones import leaves_tombstone

if TYPE_CHECKING:
    from alongside.people.models import User

_PURPOSE = "reflection"


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    """Reflections, by whose they are."""

    def of(self, learner: "User") -> "ReflectionQuerySet":
        """Give the reflections of this learner that have not expired, the newest first."""
        return self.filter(learner=learner, expires_at__gt=clock.now()).order_by("-updated_at", "-id")


@leaves_tombstone
class Reflection(models.Model):
    """A learner's words to herself, boxed: whoever holds the database alone cannot read them. No page shows another.

    ``lesson`` is a ``source_id``, ``prompt`` the key of what was asked there. ``edition`` is another one each time that
    the words are: who changes them says which she saw. Each change renews ``expires_at``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflections")
    lesson = models.CharField(max_length=60)
    prompt = models.CharField(max_length=60)
    boxed = models.BinaryField()
    edition = models.UUIDField(default=uuid.uuid4)
    updated_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=expiry, db_index=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "lesson", "prompt"], name="one_reflection_to_a_prompt")
        ]

    def __str__(self) -> str:
        return f"reflection {self.id}"

    @property
    def words(self) -> str | None:
        """What she wrote; ``None`` when the server's key is another one than it was."""
        try:
            return unbox(_PURPOSE, self.boxed, whose=self.learner_id)
        except ClosedBoxError:
            return None


holds_boxes(Reflection, "boxed", _PURPOSE, whose=lambda reflection: reflection.learner_id)


def boxed(words: str, learner: "User") -> bytes:
    """Give ``words`` as a reflection of ``learner`` keeps them."""
    return box(_PURPOSE, words, whose=learner.pk)
