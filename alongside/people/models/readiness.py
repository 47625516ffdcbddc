"""What makes a learner an ally: the agreement, what the desk has seen and heard, what it says; and the role itself.

All of it goes with her account, and what was taken back does not come back by a restore. No names, papers or words of
a talk are kept: only that it took place, when, and who of the desk was there.
"""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models.account import User
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone

DECLARATION_LASTS = timedelta(days=90)
NOT_YET_KEPT = timedelta(days=180)
FIRST_MONTHS = timedelta(weeks=13)
SUPERVISION_WEEKS = (1, 4, 8)
REFERENCES = (1, 2)
LONGEST_HELP = 2000
"""The most characters of what would help somebody who is not ready yet."""


class AgreementText(models.Model):
    """One version of what every ally signs. It is never changed: a newer version takes its place.

    ``version`` counts from 1; the newest is the one to sign.
    """

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField(_("agreement"), max_length=20_000)
    published_at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]

    def __str__(self) -> str:
        return f"agreement, version {self.version}"

    @classmethod
    def newest(cls) -> "AgreementText | None":
        """Give the version to sign; ``None`` while none is published."""
        return cls.objects.first()


class Signature(models.Model):
    """Somebody has signed one version of the agreement."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signatures")
    agreement = models.ForeignKey(AgreementText, on_delete=models.PROTECT, related_name="signatures")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "agreement"], name="a_version_is_signed_once")
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


@leaves_tombstone
class Talk(models.Model):
    """Somebody of the desk has talked with a learner. What was said is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="talks")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return f"talk {self.pk}"


@leaves_tombstone
class IdentitySeen(models.Model):
    """Somebody of the desk has seen a paper that says who she is. Nothing of it is kept."""

    learner = models.OneToOneField(User, on_delete=models.CASCADE, related_name="identity_seen")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"identity of {self.learner_id}, seen"


@leaves_tombstone
class Reference(models.Model):
    """Somebody of the desk has heard one of the two people who know her. No name of theirs is kept, and no words."""

    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "number"], name="a_reference_is_taken_once"),
            models.CheckConstraint(condition=models.Q(number__in=REFERENCES), name="there_are_two_references"),
        ]

    def __str__(self) -> str:
        return f"reference {self.number} of {self.learner_id}"


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations, by whether they still stand."""

    def standing(self) -> "DeclarationQuerySet":
        """Give those that have not lapsed."""
        return self.filter(expires_at__gt=clock.now())


@leaves_tombstone
class Declaration(models.Model):
    """Somebody of the desk says of a learner: she is ready; or not yet, and what would help, in words she will read.

    Each of the desk has one declaration about her at most, the last. A “ready” counts for ``DECLARATION_LASTS``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="declarations")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    is_ready = models.BooleanField()
    what_would_help = models.TextField(_("what would help"), max_length=LONGEST_HELP, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(editable=False, db_index=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "by"], name="one_declaration_of_each_of_the_desk"),
            models.CheckConstraint(condition=~models.Q(learner=models.F("by")), name="nobody_declares_herself"),
            models.CheckConstraint(
                condition=models.Q(is_ready=True, what_would_help="")
                | (models.Q(is_ready=False) & ~models.Q(what_would_help="")),
                name="not_yet_says_what_would_help",
            ),
        ]

    def __str__(self) -> str:
        return f"declaration {self.pk}"


class AllyQuerySet(models.QuerySet["Ally"]):
    """Allies, by what their role allows now."""

    def in_effect(self) -> "AllyQuerySet":
        """Give those whose role is in effect: not suspended, not ended, and with a second factor. A pause is none."""
        with_second_factor = User.objects.filter(is_active=True, authenticator__isnull=False)
        return self.filter(suspended_at=None, ended_at=None, user__in=with_second_factor)

    def open_to_new(self) -> "AllyQuerySet":
        """Give those in effect who have not paused."""
        return self.in_effect().filter(paused_at=None)


class Ally(models.Model):
    """Somebody was declared ready by two people of the desk. Rows change by the acts only; read them fresh.

    ``paused_at``: she takes nobody new for now. ``suspended_at``: the desk has stopped her. ``ended_at``: she has laid
    the role down; two people can declare her ready again.
    """

    class State(models.TextChoices):
        READY = "ready", _("ready")
        PAUSED = "paused", _("paused")
        RESTING = "resting", _("rests until a second factor is set")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("laid down")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="ally", primary_key=True)
    ready_at = models.DateTimeField(default=clock.now, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    suspended_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AllyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"ally {self.pk}"

    @property
    def state(self) -> "Ally.State":
        """How things stand with her role; asks the database whether her second factor is set."""
        if self.suspended_at:
            return self.State.SUSPENDED
        if self.ended_at:
            return self.State.ENDED
        if not User.objects.filter(pk=self.pk, is_active=True, authenticator__isnull=False).exists():
            return self.State.RESTING
        return self.State.PAUSED if self.paused_at else self.State.READY

    @property
    def first_months_until(self) -> datetime:
        """When the first three months are over."""
        return self.ready_at + FIRST_MONTHS

    def due_in(self, week: int) -> datetime:
        """Give when the supervision of this week is due, in weeks after she became ready."""
        return self.ready_at + timedelta(weeks=week)

    @property
    def conversations_at_once(self) -> int | None:
        """How many conversations she may have at once: one in the first three months, then as many as she says."""
        return 1 if clock.now() < self.first_months_until else None


class Supervision(models.Model):
    """A talk about how it goes, due in one of the weeks after she became ready."""

    ally = models.ForeignKey(Ally, on_delete=models.CASCADE, related_name="supervisions")
    week = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["week"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ally", "week"], name="one_supervision_in_a_week"),
            models.CheckConstraint(
                condition=models.Q(week__in=SUPERVISION_WEEKS), name="supervision_is_in_weeks_1_4_and_8"
            ),
        ]

    def __str__(self) -> str:
        return f"supervision of {self.ally_id} in week {self.week}"
