"""The two sittings of the assessment: what somebody told, what she answered, and what that did."""

import uuid
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from alongside.core.rating import Rating
from alongside.practice.reading import reading_from_data
from alongside.records import clock
from alongside.records.expiry import expiry
from alongside.workshop.disclosure_data import PAIRS
from alongside.workshop.models.disclosure import Disclosure, forms


class Occasion(models.TextChoices):
    """When she sits: before the first lesson, and after the last."""

    FIRST = "first", _("before the lessons")
    LAST = "last", _("after the lessons")


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings, by whether they are over."""

    def finished(self) -> "SittingQuerySet":
        """Give those in which everything was answered."""
        return self.filter(finished_at__isnull=False)

    def to_be_had(self) -> "SittingQuerySet":
        """Give those that are over, and those that can still be gone on with."""
        return self.filter(models.Q(finished_at__isnull=False) | models.Q(words_expire_at__gt=clock.now()))


class Sitting(models.Model):
    """A learner answers three people of one form, unaided. One that was not finished goes when its words expire.

    Of one that was finished, the moves stay as long as the account. ``words_expire_at``: when her replies, drafts and
    the sentences in the readings are blanked. ``counted_at``: since when its pair is in the change of the group.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sittings")
    occasion = models.CharField(max_length=5, choices=Occasion.choices)
    form = models.CharField(max_length=1, choices=forms)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    words_expire_at = models.DateTimeField(default=expiry, editable=False, db_index=True)
    counted_at = models.DateTimeField(null=True, editable=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "occasion"], name="one_sitting_of_an_occasion")
        ]

    def __str__(self) -> str:
        return f"sitting {self.id}"

    @cached_property
    def asked(self) -> list["SittingAnswer"]:
        """Its three disclosures with her answers, in the order in which they come."""
        return list(self.answers.select_related("revision"))

    @property
    def next_asked(self) -> "SittingAnswer | None":
        """The first that she has not answered."""
        return next((each for each in self.asked if each.answered_at is None), None)

    @property
    def has_words(self) -> bool:
        """Say whether what she wrote is still kept."""
        return self.words_expire_at > clock.now()

    @property
    def is_read(self) -> bool:
        """Say whether all of her replies have been read."""
        return all(each.reading is not None for each in self.asked)

    @property
    def models_read_by(self) -> set[str]:
        """The models that read her replies; those that were not read yet count for none."""
        return {each.model for each in self.asked if each.model}


class SittingAnswer(models.Model):
    """One of the three in a sitting: what was told, in the version that she sees, and what she answered.

    ``number``: its place, from 1; the order is drawn for each sitting. ``pair``: its match in the other form.
    ``rating``: what her reply did, ``None`` until it is read.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    pair = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    draft = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    rating = models.JSONField(null=True)
    model = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "number"], name="a_disclosure_has_its_place"),
            models.CheckConstraint(condition=models.Q(number__range=(1, PAIRS)), name="a_sitting_has_three"),
        ]

    def __str__(self) -> str:
        return f"answer {self.number} of {self.sitting_id}"

    @cached_property
    def disclosure(self) -> Disclosure:
        """What was told, as it was when the sitting began."""
        told: Disclosure = self.revision.as_object()
        return told

    @cached_property
    def reading(self) -> Rating | None:
        """What her reply did, sentence by sentence; ``None`` until it is read."""
        return reading_from_data(self.rating) if self.rating else None


class GroupBatch(models.Model):
    """Five people who took both sittings, as sums: nobody's row, and nothing of it leads back to one of them.

    Nothing is ever taken out: a batch stays as it was when somebody of it leaves. ``figures``: by figure,
    ``core.change.Sums`` without its number.
    """

    closed_at = models.DateTimeField(default=clock.now, editable=False)
    people = models.PositiveSmallIntegerField()
    figures = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["closed_at", "id"]

    def __str__(self) -> str:
        return f"batch of {self.people}"
