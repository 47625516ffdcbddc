"""What survivor leaders decided about the reading of a sentence, and where another of them sees it differently."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.rating import Move
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone


class Spoken(models.Model):
    """What one survivor leader says a sentence does, and why, in words that learners read.

    ``moves`` are codes in the order of the manual. ``leader`` is ``None`` when she has left; ``named``: her name stands
    beside it, because she wishes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    named = models.BooleanField(default=False)
    moves = models.JSONField(default=list)
    why = models.TextField(_("why"))

    class Meta:
        abstract = True

    @property
    def by(self) -> str:
        """Who says it, as she wishes to be called."""
        if self.named and self.leader and self.leader.name:
            return self.leader.name
        return gettext("a survivor leader of this organisation")

    @property
    def decided_moves(self) -> tuple[Move, ...]:
        """The moves that she sees; a code that is no longer known is left out."""
        return tuple(move for move in Move if move.value in self.moves)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections, by whether they hold."""

    def standing(self) -> "CorrectionQuerySet":
        """Give those that readings follow, the oldest first."""
        return self.filter(withdrawn_at=None).order_by("decided_at", "id")


@leaves_tombstone
class Correction(Spoken):
    """A survivor leader decided what a sentence does, and readings of the same or nearly the same follow her.

    It holds the sentence and the message that it answers, and nothing of whoever wrote it. ``shown``: the moves that
    the model (its version in ``model``) read. ``vector``: where the sentence stands in the space that ``space`` names,
    as little-endian 32-bit floats; vectors of two spaces are never compared.
    """

    text = models.TextField()
    disclosure = models.TextField()
    shown = models.JSONField(default=list)
    model = models.CharField(max_length=80)
    space = models.CharField(max_length=64)
    vector = models.BinaryField()
    decided_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_at", "-id"]

    def __str__(self) -> str:
        return f"correction {self.id}"


@leaves_tombstone
class Disagreement(Spoken):
    """Another survivor leader sees a corrected sentence differently, in the open: learners see both views."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="disagreements")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["correction", "leader"], name="a_leader_disagrees_once")
        ]

    def __str__(self) -> str:
        return f"disagreement {self.id}"
