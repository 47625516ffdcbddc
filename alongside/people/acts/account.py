"""One's own account."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.access import STAFF
from alongside.people.acts.refusing import Refused
from alongside.people.models import COORDINATOR, OneTimeLink, User
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.models import Verb, append


def change_name(user: User, name: str) -> None:
    """Keep what ``user`` wants to be called; an empty name takes it away. The one before is swept."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk).exclude(name=name).update(name=name) and user.name:
            sweep_after_commit()


def change_email(user: User, email: str) -> None:
    """Let ``user`` sign in with ``email`` from now on, where no mail server could confirm it; the old one is erased.

    Links to a new password that were made for her stop working. Raises ``Refused`` when somebody else has the address.
    """
    email = email.lower()
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email)
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
            OneTimeLink.withdraw(OneTimeLink.Purpose.PASSWORD, user)
            sweep_after_commit()
    except IntegrityError:
        raise Refused(_("There is an account with this e-mail address already. Give another one.")) from None


def leave(user: User) -> None:
    """Delete the account and everything of hers, in every room, and sweep the traces.

    Raises ``Refused`` when she is the last coordinator.
    """
    with transaction.atomic():
        # Two coordinators who leave at once wait for each other here.
        Group.objects.select_for_update().get(name=COORDINATOR)
        roles = set(user.groups.values_list("name", flat=True))
        if COORDINATOR in roles and not _has_another_coordinator(user):
            raise Refused(
                _(
                    "You are the only coordinator, and without one nobody could help the learners. Ask whoever runs "
                    "the server for a link for somebody else (“alongside coordinator-link”). Once they have set their "
                    "second factor, you can leave."
                )
            )
        if roles & STAFF:
            append(Verb.STAFF_LEFT, actor=user.pk)
        user.delete()
        sweep_after_commit()


@erases_expired
def erase_closed_links(moment: datetime) -> int:
    """Delete the links that ran out before ``moment``, used or not."""
    return OneTimeLink.objects.filter(expires_at__lte=moment).delete()[0]


def _has_another_coordinator(user: User) -> bool:
    others = User.objects.filter(groups__name=COORDINATOR, is_active=True).exclude(pk=user.pk)
    return others.filter(authenticator__isnull=False).exists()
