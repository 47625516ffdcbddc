"""A drill as staff keep it, and what learners chose in it."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.core.rating import Move
from alongside.practice.blocks import moves_that_lean_in, moves_that_pull_back
from alongside.practice.drill_data import drill_from_data
from alongside.practice.drill_page import answered, asked
from alongside.records import clock
from alongside.records.expiry import expiry
from alongside.review.models import Content
from alongside.review.shape import Data


class Drill(Content):
    """Two replies to one disclosure that are nearly the same: one leans in, the other pulls back."""

    person = models.CharField(_("who writes"), max_length=60)
    disclosure = models.TextField(_("what the person writes"), help_text=_("Each line is a message."))
    leans_in_move = models.CharField(_("move"), max_length=20, choices=moves_that_lean_in)
    leans_in_reply = models.TextField(_("reply"))
    leans_in_why = models.TextField(_("why"), help_text=_("What it did, and how it may land."))
    pulls_back_move = models.CharField(_("move"), max_length=20, choices=moves_that_pull_back)
    pulls_back_reply = models.TextField(_("reply"))
    pulls_back_why = models.TextField(_("why"), help_text=_("What it did, and how it may land."))

    told_in = (*Content.told_in, "person", "disclosure")

    class Meta(Content.Meta):
        verbose_name = _("drill")
        verbose_name_plural = _("drills")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_id", "locale"], name="one_drill_of_a_name_in_a_language")
        ]

    @property
    def pair(self) -> tuple[Move, Move]:
        """The two moves that are told apart: the one that leans in, the one that pulls back."""
        return Move(self.leans_in_move), Move(self.pulls_back_move)

    def as_data(self) -> Data:
        """Give the drill as plain data. Raises ``DataError`` for a draft that is none yet."""
        sides = {
            side: {name: getattr(self, f"{side}_{name}") for name in ("move", "reply", "why")}
            for side in ("leans_in", "pulls_back")
        }
        return drill_from_data(self.fields_as_data() | sides)

    def tell(self, data: Data) -> None:
        """Take over everything from plain data, its language excepted; saves nothing."""
        super().tell(data)
        for side in ("leans_in", "pulls_back"):
            for name, value in data[side].items():
                setattr(self, f"{side}_{name}", value)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show what a learner sees."""
        return "practice/preview_drill.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Show it as it asks, and as it explains."""
        chosen = DrillAnswer(number=1, leans_in_first=True, was_found=True)
        both = (asked(self, 1, leans_in_first=True), answered(self, chosen))
        return {**super().get_preview_context(request, mode_name), "both": both}


class DrillAnswer(models.Model):
    """What a learner chose in a drill, the ``number``-th time (from 1) that she met it, and when it comes back.

    ``gap`` and ``due_at`` are ``core.spacing.Due``; ``leans_in_first``: the order in which the replies stood.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drill_answers")
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    leans_in_first = models.BooleanField()
    was_found = models.BooleanField()
    answered_at = models.DateTimeField(default=clock.now, editable=False)
    gap = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True, db_index=True)
    expires_at = models.DateTimeField(default=expiry, editable=False, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["learner", "drill", "number"], name="a_drill_is_answered_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"answer {self.number} to drill {self.drill_id}"
