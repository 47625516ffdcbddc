"""How an ally presents herself, and when she is there. Nothing in it says whether she is a survivor."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.boxes import holds_boxes
from alongside.people.models import Ally, User
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone

BEEN_THERE = "been there"
"""The purpose of ``Profile.been_there``."""
MOST_AT_ONCE = 10
LONGEST_NAME = 40
LONGEST_SENTENCE = 300
MOST_STRENGTHS = 6
LONGEST_HELP = 1000


@leaves_tombstone
class Profile(models.Model):
    """When an ally is there, in which languages, for how many at once. Hers to change at any time.

    ``languages``: codes of the languages she talks in, such as ``["en", "es"]``. ``hours``: hours of a week of her own
    clock, 0 (Monday, midnight to one) to 167; ``time_zone`` is an IANA name. ``capacity`` is how many conversations she
    wants at most. ``been_there``: whether she lets it count in matching, boxed under the server's key and never null by
    the acts, so that a box tells nothing by being there (``introductions.counting``). No page of the desk, export or
    reason shows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ally = models.OneToOneField(Ally, on_delete=models.CASCADE, related_name="profile")
    languages = models.JSONField(default=list)
    is_woman = models.BooleanField(_("a woman"), default=False)
    hours = models.JSONField(default=list)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    capacity = models.PositiveSmallIntegerField(
        _("conversations at once, at most"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)],
    )
    been_there = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"profile {self.pk}"

    @property
    def people_at_once(self) -> int:
        """With how many people she talks at most now: as many as she wants, in the first three months one."""
        at_once = self.ally.conversations_at_once
        return self.capacity if at_once is None else min(self.capacity, at_once)


holds_boxes(Profile, "been_there", BEEN_THERE, whose=lambda profile: profile.ally_id)


class PresentationQuerySet(models.QuerySet["Presentation"]):
    """Presentations, by how they stand."""

    def shown(self) -> "PresentationQuerySet":
        """Give those that the desk has approved: one of an ally at most."""
        return self.filter(approved_at__isnull=False)

    def waiting(self) -> "PresentationQuerySet":
        """Give those of allies in effect that wait for the desk, the oldest first."""
        allies = Ally.objects.in_effect()
        undecided = self.filter(approved_at=None, sent_back_at=None, profile__ally__in=allies)
        return undecided.order_by("handed_in_at", "pk")


@leaves_tombstone
class Presentation(models.Model):
    """The words in which an ally presents herself, in one version: shown once the desk has approved exactly these.

    ``name`` is one that she chose. ``strengths``: what she does well, as ``[{"topic": slug, "sentence": words}, …]``.
    The approved one is shown. Beside it there is one more at most: a newer one, which waits or was sent back, with
    ``what_would_help``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="presentations")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    strengths = models.JSONField(default=list)
    handed_in_at = models.DateTimeField(default=clock.now, editable=False)
    approved_at = models.DateTimeField(null=True)
    sent_back_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    what_would_help = models.TextField(max_length=LONGEST_HELP, blank=True)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-handed_in_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["profile"],
                condition=models.Q(approved_at__isnull=False),
                name="one_presentation_of_an_ally_is_shown",
            ),
            models.UniqueConstraint(
                fields=["profile"], condition=models.Q(approved_at=None), name="one_presentation_of_an_ally_is_newer"
            ),
        ]

    def __str__(self) -> str:
        return f"presentation {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether the desk has not said anything about it yet."""
        return self.approved_at is None and self.sent_back_at is None
