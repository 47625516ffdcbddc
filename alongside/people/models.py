"""Accounts, and the links that open a door once."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.records import clock

COORDINATOR = "coordinator"
SURVIVOR_LEADER = "survivor leader"


class Accounts(BaseUserManager["User"]):
    """Makes accounts; looks them up by e-mail without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it cannot sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: a learner, who may also be staff. A survivor has none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("what we may call you"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_for_an_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Give what to call this person (Wagtail asks for it)."""
        return str(self)

    def get_short_name(self) -> str:
        """Give what to call this person (Wagtail asks for it)."""
        return str(self)

    def get_username(self) -> str:
        """Give the e-mail address, by which this person signs in."""
        return self.email


class OneTimeLink(models.Model):
    """A door that opens once: to become a coordinator, or to choose a new password. Only its hash is kept."""

    class Purpose(models.TextChoices):
        COORDINATOR = "coordinator", _("become a coordinator")
        PASSWORD = "password", _("choose a new password")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link to {self.get_purpose_display()}"

    @classmethod
    def make(cls, purpose: "OneTimeLink.Purpose", lasts: timedelta, user: User | None = None) -> str:
        """Make a link and give its token: 256 random bits, kept nowhere. It lasts as long as told."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(purpose=purpose, user=user, token_hash=_hash(token), expires_at=clock.now() + lasts)
        return token

    @classmethod
    def open_ones(cls, purpose: "OneTimeLink.Purpose", token: str) -> "models.QuerySet[OneTimeLink]":
        """Give the one link with this token that is neither used nor expired, or nothing."""
        return cls.objects.filter(purpose=purpose, token_hash=_hash(token), used_at=None, expires_at__gt=clock.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
