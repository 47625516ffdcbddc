"""What follows from events that allauth announces."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db import models, transaction
from django.dispatch import receiver
from django.http import HttpRequest

from alongside.people.access import is_staff
from alongside.people.adapter import SECOND_FACTOR
from alongside.people.boxes import holds_boxes_in_json
from alongside.people.models import OneTimeLink, User
from alongside.people.sessions import end_sessions, limit_to_staff_hours
from alongside.records.tombstones import leaves_tombstone

leaves_tombstone(EmailAddress)
leaves_tombstone(Authenticator)  # somebody else may hold it by now: a restore does not bring it back
holds_boxes_in_json(Authenticator, "data", ("secret", "seed", "migrated_codes"), SECOND_FACTOR, whose=lambda _: None)


@receiver(authenticator_added)
def end_sessions_that_never_gave_a_second_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Sign her out elsewhere: those sessions were opened by a password alone, and her roles take effect now."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        end_sessions(user, but=request.session)
        if is_staff(user):
            limit_to_staff_hours(request.session)


@receiver([password_changed, password_reset])
def end_sessions_of_the_old_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sign her out elsewhere: whoever knew the old password, or holds a link to another one, is out."""
    OneTimeLink.withdraw(OneTimeLink.Purpose.PASSWORD, user)
    end_sessions(user, but=request.session)


@receiver(models.signals.post_delete, sender="wagtailusers.UserProfile")
def delete_the_picture_of_whoever_left(instance: models.Model, **kwargs: Any) -> None:
    """Delete the picture that staff may have given themselves in the editor; its row alone goes with the account."""
    picture = instance.avatar  # type: ignore[attr-defined]
    if picture:
        transaction.on_commit(lambda: picture.storage.delete(picture.name))
