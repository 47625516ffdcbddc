"""An ask offered to one ally."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.introductions.models.ask import Ask
from alongside.people.models import KeyPair, User
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone

LEASE = timedelta(hours=48)
"""How long an ally has for an answer."""


@leaves_tombstone
class Introduction(models.Model):
    """One ask, offered to one ally: leased until ``lease_until``, then accepted, declined, expired or taken back.

    ``state`` changes by conditional updates only. ``words`` are the survivor's first words, sealed to ``pair``, the key
    pair that the ally had when it was offered; emptied when the offer ends without being accepted, and when the
    conversation has them. ``ally`` is null when she has left.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("taken back")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="introductions")
    ally = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="introductions")
    pair = models.ForeignKey(KeyPair, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField(default=clock.now, editable=False)
    lease_until = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["ask"],
                condition=models.Q(state__in=["offered", "accepted"]),
                name="an_ask_is_with_one_ally_at_a_time",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ally", "state"], name="introductions_of_an_ally")
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk}"
