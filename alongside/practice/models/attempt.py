"""What a learner practised: attempts, their turns, and where she sees a reading differently."""

import uuid
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from alongside.core.rating import Rating
from alongside.core.story import TRUST_HIGHEST, TRUST_LOWEST, Ending, State, begin
from alongside.core.story import Scenario as Story
from alongside.practice.models.scenario import Scenario
from alongside.practice.reading import reading_from_data
from alongside.records import clock
from alongside.records.expiry import expiry
from alongside.records.tombstones import leaves_tombstone
from alongside.review.models import Correction

if TYPE_CHECKING:
    from alongside.people.models import User


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts, by whose they are."""

    def of(self, learner: "User") -> "AttemptQuerySet":
        """Give the attempts of this learner that have not expired, the newest first."""
        return (
            self.filter(learner=learner, expires_at__gt=clock.now())
            .select_related("scenario", "scenario__locale", "revision", "forked_from")
            .order_by("-started_at", "-id")
        )

    def shown(self) -> "AttemptQuerySet":
        """Give those that their learners show to the desk, and that have not expired."""
        return self.filter(shown_at__isnull=False, expires_at__gt=clock.now())


@leaves_tombstone
class Attempt(models.Model):
    """One conversation that a learner practises, with one version of a scenario.

    ``length`` counts the turns that were answered. To answer the next one is to raise it by a conditional update, so of
    two replies to the same turn one wins. ``draft``: words that were typed and not sent yet. ``shown_at``: since when
    the learner shows it to the desk; of one learner at most one is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="attempts")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=expiry, editable=False, db_index=True)
    length = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    forked_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="forks")
    forked_at = models.PositiveSmallIntegerField(null=True)
    draft = models.TextField(blank=True)
    shown_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["learner"], condition=models.Q(shown_at__isnull=False), name="one_practice_is_shown"
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.id}"

    @cached_property
    def story(self) -> Story:
        """The scenario as it was when the conversation began."""
        return _told_in(self.revision_id, self.revision.created_at)

    @cached_property
    def answered(self) -> list["Turn"]:
        """Its turns in order, those answered so far."""
        return list(self.turns.all())

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self.answered[-1].state if self.answered else begin(self.story)

    @property
    def her_last_words(self) -> str:
        """What the learner answers next; a line is a message."""
        if self.answered:
            return self.answered[-1].said_next
        opening = self.story.beat(self.story.opening)
        return opening.says if opening else ""

    @property
    def ending(self) -> Ending | None:
        """How the conversation ended; ``None`` while it goes on."""
        key = self.state.ended
        return self.story.ending(key) if key else None


@lru_cache(maxsize=64)
def _told_in(revision_id: int, created_at: datetime) -> Story:
    """Give the scenario in a version. To make one takes longer than all else of a page, and a version never changes."""
    pinned: Scenario = Revision.objects.get(pk=revision_id, created_at=created_at).as_object()
    return pinned.story


class Turn(models.Model):
    """One step of an attempt: what was said to the learner, her reply, what it did, and what came of it.

    ``number`` counts from 1. ``beat`` is where the conversation stood when she replied; ``leads_to``, ``trust``,
    ``stayed`` and ``ending`` are the state afterwards (``core.story.State``).
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(default=clock.now, editable=False)
    beat = models.CharField(max_length=60)
    disclosure = models.TextField()
    reply = models.TextField()
    rating = models.JSONField()
    stance = models.CharField(max_length=20)
    model = models.CharField(max_length=80)
    change = models.CharField(max_length=20)
    thought = models.TextField()
    said_next = models.TextField(blank=True)
    trust = models.SmallIntegerField()
    leads_to = models.CharField(max_length=60)
    stayed = models.PositiveSmallIntegerField()
    ending = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["attempt", "number"], name="a_turn_is_answered_once"),
            models.CheckConstraint(
                condition=models.Q(trust__gte=TRUST_LOWEST, trust__lte=TRUST_HIGHEST),
                name="trust_is_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.number} of {self.attempt_id}"

    @property
    def state(self) -> State:
        """Where the conversation stood after this turn."""
        return State(self.leads_to, self.trust, self.stayed, self.ending or None)

    @cached_property
    def reading(self) -> Rating:
        """What the reply did, sentence by sentence."""
        return reading_from_data(self.rating)


class DifferentViewQuerySet(models.QuerySet["DifferentView"]):
    """Views, by whether survivor leaders have settled them."""

    def waiting(self) -> "DifferentViewQuerySet":
        """Give those that nobody has decided or declined yet, the oldest first."""
        waiting = self.filter(decision=DifferentView.Decision.WAITING, expires_at__gt=clock.now())
        return waiting.order_by("created_at", "id")


@leaves_tombstone
class DifferentView(models.Model):
    """A learner sees the reading of one sentence differently. Survivor leaders of the organisation will read it.

    The sentence, what was said to her and the moves that were shown are copied, so that the view can be understood
    when the conversation has expired; it goes with the conversation when the learner deletes that.

    ``decision``: what became of it. ``correction``: what was decided, unless that was deleted since; ``decision_why``:
    the leader's words to the learner when the reading was left as it is.
    """

    class Decision(models.TextChoices):
        """What survivor leaders did about a view."""

        WAITING = "waiting", _("waiting")
        DECIDED = "decided", _("decided")
        DECLINED = "declined", _("left as it is")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="different_views")
    turn = models.ForeignKey(Turn, null=True, on_delete=models.SET_NULL, related_name="different_views")
    sentence = models.PositiveSmallIntegerField()
    text = models.TextField()
    disclosure = models.TextField()
    shown = models.JSONField(default=list)
    model = models.CharField(max_length=80)
    view = models.TextField(_("how you see it"))
    moves = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=expiry, editable=False, db_index=True)
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.WAITING, editable=False, db_index=True
    )
    decision_why = models.TextField(blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    correction = models.ForeignKey(
        Correction, null=True, editable=False, on_delete=models.SET_NULL, related_name="different_views"
    )

    objects = DifferentViewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["turn", "sentence"], name="one_view_of_a_sentence")
        ]

    def __str__(self) -> str:
        return f"a different view of sentence {self.sentence + 1} of turn {self.turn_id}"
