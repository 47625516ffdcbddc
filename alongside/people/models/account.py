"""Accounts, and the sessions that belong to them."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups
from alongside.records.tombstones import leaves_tombstone

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

COORDINATOR = "coordinator"
SURVIVOR_LEADER = "survivor leader"


class Accounts(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it cannot sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@leaves_tombstone
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


@stays_out_of_backups
class Session(AbstractBaseSession):
    """One browser that somebody uses. It knows whose it is, so that her sessions can be ended, and go when she does."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta(AbstractBaseSession.Meta):
        pass

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        """Give the store that reads these rows."""
        from alongside.people.sessions import SessionStore

        return SessionStore
