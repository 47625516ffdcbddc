"""The links that open a door once."""

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.people.models.account import User
from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups


@stays_out_of_backups
class OneTimeLink(models.Model):
    """A door that opens once: to take a role, or to choose a new password. Only its hash is kept."""

    class Purpose(models.TextChoices):
        COORDINATOR = "coordinator", _("become a coordinator")
        SURVIVOR_LEADER = "survivor_leader", _("become a survivor leader")
        PASSWORD = "password", _("choose a new password")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="+", help_text="whom it is for; anyone, for a role"
    )
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="+", help_text="nobody: it was made on the server"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link to {self.get_purpose_display()}"

    @classmethod
    def make(
        cls, purpose: "OneTimeLink.Purpose", lasts: timedelta, *, user: User | None = None, made_by: User | None = None
    ) -> str:
        """Make a link and give its token: 256 random bits, kept nowhere. It lasts as long as told."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            purpose=purpose, user=user, made_by=made_by, token_hash=_hash(token), expires_at=clock.now() + lasts
        )
        return token

    @classmethod
    def find_open(cls, token: str, *purposes: "OneTimeLink.Purpose") -> "OneTimeLink | None":
        """Give the link with this token and one of these purposes; ``None`` when it is unknown, used or expired."""
        return (
            cls.objects.select_related("user", "made_by")
            .filter(token_hash=_hash(token), purpose__in=purposes, used_at=None, expires_at__gt=clock.now())
            .first()
        )

    @classmethod
    def withdraw(cls, purpose: "OneTimeLink.Purpose", user: User) -> None:
        """Let the links with this purpose that were made for ``user`` and not used yet stop working."""
        cls.objects.filter(user=user, purpose=purpose, used_at=None).delete()

    def use(self) -> bool:
        """Use the link up. Gives False when somebody else was faster: of two who come at once, one gets in."""
        return OneTimeLink.objects.filter(pk=self.pk, used_at=None).update(used_at=clock.now()) == 1


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
