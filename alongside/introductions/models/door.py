"""What the organisation decides about the door: whether it is open, what it says first, and the topics."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

THE_DOOR = 1  # the key of the one row
_A_MONTH, _TWO_YEARS = 30, 730


class Door(models.Model):
    """The one row of what holds for everybody who comes to talk; an unsaved one while nothing is decided.

    ``is_wanted``: the organisation wants it open; ``introductions.door`` says whether it can be. ``slowed_at``: the
    desk lets fewer new asks in for now. ``time_zone``: an IANA name, of the clock that she is offered first.
    ``keep_days``: how long conversations and introductions are kept after the last
    message; ``keep_reports_days``: how long reports are. Both from 30 to 730 days.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_DOOR, editable=False)
    is_wanted = models.BooleanField(_("open"), default=False)
    slowed_at = models.DateTimeField(null=True, editable=False)
    under_age = models.TextField(_("who helps people under the minimum age, today"), max_length=2000, blank=True)
    answers_take = models.CharField(_("how long answers take"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    keep_days = models.PositiveSmallIntegerField(
        _("days that a conversation is kept after its last message"),
        default=180,
        validators=[MinValueValidator(_A_MONTH), MaxValueValidator(_TWO_YEARS)],
    )
    keep_reports_days = models.PositiveSmallIntegerField(
        _("days that a report is kept"),
        default=365,
        validators=[MinValueValidator(_A_MONTH), MaxValueValidator(_TWO_YEARS)],
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=THE_DOOR), name="there_is_one_door")
        ]

    def __str__(self) -> str:
        return "the door"

    @classmethod
    def current(cls) -> "Door":
        """Give what is decided; an unsaved row with the defaults while nothing is."""
        return cls.objects.filter(pk=THE_DOOR).first() or cls()


class Topic(models.Model):
    """Something that she may want to talk about. ``is_offered`` is False for one that the organisation took away."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "slug"]

    def __str__(self) -> str:
        return self.name
