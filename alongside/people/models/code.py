"""Who holds a code: survivors, who have no account; and the key pairs that codes open, hers and an ally's alike."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.core import sealing
from alongside.people.boxes import holds_boxes
from alongside.people.models.account import User
from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups
from alongside.records.tombstones import leaves_tombstone

HER_NAME = "her name"
HER_LOOK = "her look"
HER_NOTICE = "her notice"
"""The purposes of the boxes in which ``Survivor.name``, ``look`` and ``notice_address`` lie."""
UNUSED_CODES_ARE_KEPT = timedelta(days=365)
"""How long a survivor and what is hers are kept after her code was last used."""


def unused_code_expiry() -> datetime:
    """Give when a survivor who uses her code now and never again is erased."""
    return clock.now() + UNUSED_CODES_ARE_KEPT


@leaves_tombstone
class Survivor(models.Model):
    """Somebody who came without an account. Two words of her code find this row; four others open what is hers.

    ``handle`` is an HMAC of the two words. ``name`` (what she wants to be called), ``look`` (which title and icon her
    pages show) and ``notice_address`` (where she is told that something waits, and in which words) are boxed under the
    server's key, by her id; null where she chose nothing.
    ``used_before_at`` is when her code was used the time before the last: she is shown it, to notice a stranger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.BinaryField(max_length=32, unique=True)
    name = models.BinaryField(null=True)
    look = models.BinaryField(null=True)
    notice_address = models.BinaryField(null=True)
    came_at = models.DateTimeField(default=clock.now, editable=False)
    used_at = models.DateTimeField(default=clock.now)
    used_before_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=unused_code_expiry, db_index=True)

    def __str__(self) -> str:
        return f"survivor {self.pk}"


holds_boxes(Survivor, "name", HER_NAME, whose=lambda survivor: survivor.pk)
holds_boxes(Survivor, "look", HER_LOOK, whose=lambda survivor: survivor.pk)
holds_boxes(Survivor, "notice_address", HER_NOTICE, whose=lambda survivor: survivor.pk)


@leaves_tombstone
class KeyPair(models.Model):
    """A random X25519 key pair of one person: a survivor's, or that of an account that talks or receives reports.

    ``public_key``: 32 bytes. ``wrapped_private``: the private key under Argon2id of the four secret words, and around
    it a box under the server's key, by the pair's id (``core.sealing.wrap_private``). ``retired_at``: its code was
    lost, and a newer pair has taken its place; then ``wrapped_private`` is null, and what was sealed to the old pair
    stays closed, also to whoever finds the code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survivor = models.OneToOneField(Survivor, null=True, on_delete=models.CASCADE, related_name="key_pair")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="key_pairs")
    public_key = models.BinaryField(max_length=32)
    wrapped_private = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    code_changed_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    used_before_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(survivor__isnull=True) ^ models.Q(user__isnull=True), name="a_key_pair_is_somebodys"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(retired_at=None), name="one_key_pair_of_an_account_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"key pair {self.pk}"

    @classmethod
    def of(cls, user: User) -> "KeyPair | None":
        """Give the key pair that this account uses now; ``None`` while it has none."""
        return cls.objects.filter(user=user, retired_at=None).first()


holds_boxes(KeyPair, "wrapped_private", sealing.PRIVATE_KEY, whose=lambda pair: pair.pk)


@stays_out_of_backups
class Opened(models.Model):
    """A code has been entered in one browser, and what it opens stays open there for a while.

    ``lookup`` (32 bytes) finds the row, ``private_key`` is boxed under a key: both are made from a random cookie that
    is kept nowhere. ``seen_at``: when something was last asked by a person, not by a page on its own; ``expires_at``
    moves along with it. ``said``: one sentence for the next page she sees, boxed as the private key is.
    ``code_from``: since when the code that opened it was the code; when it has been changed since, nothing is open.
    """

    lookup = models.BinaryField(max_length=32, unique=True)
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="opened")
    private_key = models.BinaryField()
    said = models.BinaryField(null=True)
    code_from = models.DateTimeField(default=clock.now)
    began_at = models.DateTimeField(default=clock.now, editable=False)
    seen_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"opened {self.pk}"


class CareMember(models.Model):
    """Somebody of the desk who receives reports. Takes effect with a role, a second factor and a key pair."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="care_member")
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("care member")

    def __str__(self) -> str:
        return f"care member {self.pk}"

    @classmethod
    def in_effect(cls) -> "models.QuerySet[User]":
        """Give the accounts to whom a report can be sealed now."""
        from alongside.people.readiness import of_the_desk

        with_a_key = KeyPair.objects.filter(retired_at=None, user__isnull=False).values("user")
        return of_the_desk().filter(pk__in=cls.objects.values("pk")).filter(pk__in=with_a_key)
