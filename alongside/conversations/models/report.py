"""What is told to the care team: reports, worries and letters, sealed to each care member who may read it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models.conversation import Conversation
from alongside.introductions.models import Introduction
from alongside.people.models import CareMember, KeyPair, Survivor, User
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone

_MET = (Introduction.State.ACCEPTED, Introduction.State.CLOSED)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who told them and who may open them, as far as their term has not run out."""

    def kept(self) -> "ReportQuerySet":
        """Give those whose term has not run out."""
        return self.filter(expires_at__gt=clock.now())

    def told_by(self, pair: KeyPair) -> "ReportQuerySet":
        """Give those that the person told whose key pair this is."""
        kept = self.kept()
        return kept.filter(survivor=pair.survivor_id) if pair.survivor_id else kept.filter(ally=pair.user_id)

    def for_care(self, user: User) -> "ReportQuerySet":
        """Give those that are sealed to this care member; never one that she told, or that is about her.

        Nor what a survivor told with whom she talks herself, or has, as an ally: also when that began later.
        """
        members = CareMember.in_effect().filter(pk=user.pk)
        sealed = ReportSeal.objects.filter(pair__user__in=members, pair__retired_at=None)
        met = Introduction.objects.filter(ally=user, state__in=_MET).values("ask__survivor")
        own = models.Q(ally=user) | models.Q(about=user) | models.Q(survivor__in=met)
        return self.kept().filter(pk__in=sealed.values("report")).exclude(own)


@leaves_tombstone
class Report(models.Model):
    """Something that the care team is told. It outlives the conversation, and goes at ``expires_at``.

    ``closed``: JSON in a message box under the report's own key, with ``words`` and the ``messages`` that she chose,
    copied by the server with their times and sides. ``survivor``/``ally``: who told it, and null when she has left or
    deleted everything; ``about`` is the ally whom it is about. ``tells_openings``: she wants to see when it is opened.
    ``opened_at``: when one of the care team first did. ``read_to``: how far who told it has read the replies. ``nonce``
    is the form's: the same form sent twice is one report.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("a report")
        WORRY_CHILD = "child", _("a worry: may be a child")
        WORRY_LIFE = "life", _("a worry: life at risk")
        WORRY = "worry", _("a worry")
        UNEASY = "uneasy", _("something felt uneasy")
        LETTER = "letter", _("a letter to the care team")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    survivor = models.ForeignKey(Survivor, null=True, on_delete=models.SET_NULL, related_name="reports")
    ally = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="reports")
    closed = models.BinaryField()
    tells_openings = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now, editable=False)
    nonce = models.UUIDField(default=uuid.uuid4)
    opened_at = models.DateTimeField(null=True)
    read_to = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["nonce"], name="a_form_of_a_report_is_sent_once")
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


@leaves_tombstone
class ReportSeal(models.Model):
    """A report's key, sealed to one care member; and to who told it, so that she can read it again."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="seals")
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "pair"], name="a_report_is_sealed_once_to_a_pair")
        ]

    def __str__(self) -> str:
        return f"seal {self.pk}"


class ReportOpening(models.Model):
    """A care member opened a report. It is told to who wrote it, if she wished so; not who opened it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return f"opening {self.pk}"


@leaves_tombstone
class ReportReply(models.Model):
    """What was written back and forth about a report afterwards, closed under the report's key.

    ``nonce``: the form's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveIntegerField()
    is_of_care = models.BooleanField()
    closed = models.BinaryField()
    nonce = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number"], name="replies_to_a_report_are_numbered"),
            models.UniqueConstraint(fields=["report", "is_of_care", "nonce"], name="a_form_of_a_reply_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"
