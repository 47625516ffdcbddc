"""A code that an ally or a care member has lost, and who of the desk has spoken with her since."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from alongside.people.models.account import User
from alongside.records import clock

LOST_CODES_WAIT = timedelta(days=14)
"""How long somebody who lost her code has for two talks and a new code."""


def lost_code_expiry() -> datetime:
    """Give when what is said now about a lost code lapses."""
    return clock.now() + LOST_CODES_WAIT


class LostCode(models.Model):
    """Somebody with an account has said that she lost her code. It goes when she makes a new one, or finds the old."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="lost_code")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=lost_code_expiry, editable=False, db_index=True)

    def __str__(self) -> str:
        return f"lost code {self.pk}"


class LostCodeTalk(models.Model):
    """Somebody of the desk has spoken with her, and knows that it is she who asks. What was said is not kept."""

    lost = models.ForeignKey(LostCode, on_delete=models.CASCADE, related_name="talks")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lost", "by"], name="each_of_the_desk_speaks_once_of_a_lost_code")
        ]

    def __str__(self) -> str:
        return f"talk {self.pk} about a lost code"
