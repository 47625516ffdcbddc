"""The letters that the house sends by mail; each row is its own place in the queue."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models.account import User
from alongside.records import clock

LETTERS_ARE_KEPT = timedelta(days=90)


def _expiry() -> datetime:
    return clock.now() + LETTERS_ARE_KEPT


def _own_key() -> str:
    return str(uuid.uuid4())


class Letter(models.Model):
    """One mail to one person: what it is about, never what it says.

    ``key`` is there once: whoever posts with the same key again posts nothing. ``due_at`` is the earliest moment to
    send it, ``handed_over_at`` when a task for it was last made. ``tries`` counts claims.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        UNNEEDED = "unneeded", _("not needed any more")
        FAILED = "failed", _("not sent")
        NOT_KNOWN = "not_known", _("not known whether it was sent")

    class Reason(models.TextChoices):
        NOT_REACHED = "not_reached", _("the mail server could not be reached")
        NOT_LET_IN = "not_let_in", _("the mail server did not accept our user name and password")
        SENDER_REFUSED = "sender_refused", _("the mail server refused the address that our mail comes from")
        RECIPIENT_REFUSED = "recipient_refused", _("the mail server refused the address that it goes to")
        LETTER_REFUSED = "letter_refused", _("the mail server refused the mail")
        NOT_WRITTEN = "not_written", _("it could not be written; the server’s log says where")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    key = models.CharField(max_length=200, unique=True, default=_own_key)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    due_at = models.DateTimeField(default=clock.now)
    handed_over_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=_expiry, editable=False, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="letters_by_state")]

    def __str__(self) -> str:
        return f"letter {self.id}"
