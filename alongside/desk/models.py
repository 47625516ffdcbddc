"""What the desk keeps of its own: the hours that survivor leaders log for pay, and who wants no letters."""

import uuid
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.desk.durations import MOST_MINUTES, in_words
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone

KEPT = timedelta(days=3 * 365)
LONGEST_NOTE = 200


def expiry() -> datetime:
    """Give when hours that are logged now are erased."""
    return clock.now() + KEPT


class HoursQuerySet(models.QuerySet["Hours"]):
    """Hours, by when they were worked and whether they are paid."""

    def in_month(self, year: int, month: int) -> "HoursQuerySet":
        """Give those of one month (1 to 12)."""
        return self.filter(day__year=year, day__month=month)

    def unpaid(self) -> "HoursQuerySet":
        """Give those that nobody has marked as paid."""
        return self.filter(paid_at=None)


@leaves_tombstone
class Hours(models.Model):
    """Some time that a survivor leader worked on one day. She changes it while it is not paid; it goes with her."""

    class What(models.TextChoices):
        """What it was spent on."""

        REVIEW = "review", _("reading and reviewing")
        CORRECTIONS = "corrections", _("deciding about readings")
        TALKS = "talks", _("talks with learners and allies")
        TRAINING = "training", _("training and meetings")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hours")
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("how long"))
    what = models.CharField(_("what for"), max_length=12, choices=What.choices)
    note = models.CharField(_("a few words, if you like"), max_length=LONGEST_NOTE, blank=True)
    logged_at = models.DateTimeField(default=clock.now, editable=False)
    paid_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(default=expiry, editable=False, db_index=True)

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "hours"
        ordering: ClassVar[list[str]] = ["-day", "-logged_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="hours_are_of_one_day"
            )
        ]

    def __str__(self) -> str:
        return f"hours {self.id}"

    @property
    def duration(self) -> str:
        """How long it was: “1:30”."""
        return in_words(self.minutes)

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)


class NoLetters(models.Model):
    """Somebody who wants no letter when something waits for her at the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"no letters for {self.user_id}"
