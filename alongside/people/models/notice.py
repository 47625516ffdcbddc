"""The mails that tell a survivor, who asked for it, that something waits."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from alongside.people.models.code import Survivor
from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups

NOTICES_ARE_KEPT = timedelta(days=3)


def notice_expiry() -> datetime:
    """Give when a notice that is made now is erased, sent or not."""
    return clock.now() + NOTICES_ARE_KEPT


@stays_out_of_backups
class Notice(models.Model):
    """Something waits for her, and she is told in her own words when it is due: never what, nor from whom.

    ``handed_over_at``: when a task for it was last made; ``claimed_at``: when it began to be sent. One that was claimed
    is never sent again, whatever came of it.
    """

    survivor = models.ForeignKey(Survivor, on_delete=models.CASCADE, related_name="notices")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    due_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=notice_expiry, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["survivor"], condition=models.Q(claimed_at=None), name="one_notice_waits_for_a_survivor"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
