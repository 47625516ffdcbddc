"""A wish to talk: before she has a code, and after."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models

from alongside.people.boxes import holds_boxes
from alongside.people.models import Survivor
from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups
from alongside.records.tombstones import leaves_tombstone

BEGINNINGS_LAST = timedelta(hours=2)
WISHES = "her wishes"
"""The purpose of the box that they are in."""


@stays_out_of_backups
class Beginning(models.Model):
    """What somebody has chosen so far who has no code yet, boxed under a key that only her cookie makes.

    ``lookup``: 32 bytes, made from the cookie too. Erased when she has her code, when she leaves, or
    ``BEGINNINGS_LAST`` after she last chose something.
    """

    lookup = models.BinaryField(max_length=32, unique=True)
    boxed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"beginning {self.pk}"


@leaves_tombstone
class Ask(models.Model):
    """A survivor wishes to talk with somebody.

    ``wishes``: topics and preferences, boxed under the server's key by her id (``introductions.wishes``). ``words``:
    what she wrote first, sealed to her own key, null when she wrote nothing. ``waits_since``: since when nobody has
    fitted; ``found_at``: when somebody did, and she has not come back since.
    """

    class State(models.TextChoices):
        CHOOSING = "choosing"
        WAITING = "waiting"
        OFFERED = "offered"
        MET = "met"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survivor = models.ForeignKey(Survivor, on_delete=models.CASCADE, related_name="asks")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHOOSING)
    wishes = models.BinaryField()
    words = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    waits_since = models.DateTimeField(null=True)
    found_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["survivor"],
                condition=models.Q(state__in=["choosing", "waiting", "offered"]),
                name="one_open_ask_of_a_survivor",
            )
        ]

    def __str__(self) -> str:
        return f"ask {self.pk}"


holds_boxes(Ask, "wishes", WISHES, whose=lambda ask: ask.survivor_id)

OPEN_STATES = (Ask.State.CHOOSING, Ask.State.WAITING, Ask.State.OFFERED)


class NobodyFound(models.Model):
    """How many people found nobody to talk with in one month: a number, of nobody in particular, that stays.

    ``month``: its first day. ``topic``: the slug of one that they chose; ``""`` counts each of them once.
    """

    month = models.DateField()
    topic = models.SlugField(max_length=40, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-month", "topic"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["month", "topic"], name="one_count_of_nobody_found_for_each_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.topic}: {self.count}"
