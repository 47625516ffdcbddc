"""What every room writes down: the audit trail, and erasures that are not finished yet."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.records import clock


class Verb(models.TextChoices):
    """The closed list of what staff can be seen to have done."""

    COORDINATOR_LINK_MADE = "coordinator_link_made", _("made a link for a coordinator")
    COORDINATOR_LINK_USED = "coordinator_link_used", _("became a coordinator by a link")
    SURVIVOR_LEADER_LINK_MADE = "survivor_leader_link_made", _("made a link for a survivor leader")
    SURVIVOR_LEADER_LINK_USED = "survivor_leader_link_used", _("became a survivor leader by a link")
    SIGN_IN_LINK_MADE = "sign_in_link_made", _("made a link for a new password")
    SIGN_IN_LINK_USED = "sign_in_link_used", _("chose a new password by a link")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("had a second factor removed on the server")
    STAFF_LEFT = "staff_left", _("left, and took the account along")


class Entry(models.Model):
    """One line of the audit trail: a verb and random ids, never text. Entries are only ever added."""

    at = models.DateTimeField(default=clock.now, editable=False)
    verb = models.CharField(max_length=40, choices=Verb.choices, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    subject = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="audit_verb_is_on_the_list")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry. Raises ``TypeError`` for one that is already there: the trail is never rewritten."""
        if not self._state.adding:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)


class Unswept(models.Model):
    """Something was deleted and its traces in the write-ahead log have not been seen gone yet."""

    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"unswept since {self.since:%Y-%m-%d %H:%M}"


def append(verb: Verb, *, actor: UUID | None = None, subject: UUID | None = None) -> None:
    """Add one line to the audit trail, inside the caller's transaction."""
    Entry.objects.create(verb=verb, actor=actor, subject=subject)
