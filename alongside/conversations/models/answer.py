"""What survivors answer to *did you feel judged?*, and the numbers that are made of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models.conversation import Conversation
from alongside.people.boxes import holds_boxes
from alongside.people.models import User
from alongside.records.tombstones import leaves_tombstone

FELT_JUDGED = "felt judged"
"""The purpose of the box that an answer is in."""


class Felt(models.TextChoices):
    """Whether she felt judged. One letter each, so that the size of a box does not tell; ``NOT_SAID``: not now."""

    NO = "n", _("No")
    A_LITTLE = "l", _("A little")
    YES = "y", _("Yes")
    NOT_SAID = "-", _("I would rather not say")


@leaves_tombstone
class Answer(models.Model):
    """One tap, boxed under the server's key by the conversation's id. It goes with the conversation.

    ``month``: the first day of the month; no finer time is kept. ``is_counted``: it is in a ``JudgedCrowd``, or says
    nothing. ``is_weighed``: the naming of allies has looked at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="answers")
    boxed = models.BinaryField()
    month = models.DateField()
    is_counted = models.BooleanField(default=False)
    is_weighed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "month"], name="one_answer_of_a_conversation_in_a_month")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


holds_boxes(Answer, "boxed", FELT_JUDGED, whose=lambda answer: answer.conversation_id)


class JudgedCrowd(models.Model):
    """Five different survivors and what they answered, as numbers: nothing of it leads back to one of them.

    It stays as it was when somebody of it deletes everything. ``month``: the first day of the newest answer's month.
    """

    month = models.DateField()
    no = models.PositiveSmallIntegerField()
    a_little = models.PositiveSmallIntegerField()
    yes = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-month", "pk"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.no}, {self.a_little}, {self.yes}"


class JudgedOften(models.Model):
    """An ally with whom five different survivors felt judged, a little or more: the desk may speak with her.

    Once she is named she stays so for a while, whoever takes an answer back: two looks must not tell who did.
    """

    ally = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.ally_id}"
