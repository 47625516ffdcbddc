"""What people do with accounts and roles: one function for each verb.

Each holds its rule, its transaction and its line in the audit trail. A rule that says no raises ``Refused``.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.access import STAFF, is_staff
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, OneTimeLink, User
from alongside.people.sessions import end_sessions
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.models import Verb, append

Purpose = OneTimeLink.Purpose

ROLE_LINK_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(hours=24)


class Refused(Exception):  # noqa: N818 - a rule that says no is no error
    """A rule says no. ``sentence`` is what to tell the person: what is so, and what she can do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Role(NamedTuple):
    """What a link to a role gives."""

    group: str
    verb: Verb


ROLES = {
    Purpose.COORDINATOR: Role(COORDINATOR, Verb.COORDINATOR_LINK_USED),
    Purpose.SURVIVOR_LEADER: Role(SURVIVOR_LEADER, Verb.SURVIVOR_LEADER_LINK_USED),
}

LINK_IS_CLOSED = _("This link has been used or has run out. Ask whoever gave it to you for a new one.")


# --- Roles ----------------------------------------------------------------------------------------------------------


def has_coordinator() -> bool:
    """Say whether anybody is a coordinator."""
    return User.objects.filter(groups__name=COORDINATOR, is_active=True).exists()


def make_coordinator_link() -> str:
    """Make a link that makes whoever opens it a coordinator; give its whole address. It lasts seven days."""
    with transaction.atomic():
        token = OneTimeLink.make(Purpose.COORDINATOR, ROLE_LINK_LASTS)
        append(Verb.COORDINATOR_LINK_MADE)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('people:welcome', args=[token])}"


def make_survivor_leader_link(by: User) -> str:
    """Make a link that makes whoever opens it a survivor leader; give its token. It lasts seven days."""
    with transaction.atomic():
        append(Verb.SURVIVOR_LEADER_LINK_MADE, actor=by.pk)
        return OneTimeLink.make(Purpose.SURVIVOR_LEADER, ROLE_LINK_LASTS, made_by=by)


def find_role_link(token: str) -> OneTimeLink | None:
    """Give the open link to a role that has this token."""
    return OneTimeLink.find_open(token, *ROLES)


def take_role(user: User, token: str) -> str:
    """Give ``user`` the role that the link offers; give the role's name. It takes effect with her second factor.

    Raises ``Refused`` when the link is closed, or when she made it herself.
    """
    with transaction.atomic():
        link = find_role_link(token)
        if link is None:
            raise Refused(LINK_IS_CLOSED)
        if link.made_by_id == user.pk:
            raise Refused(
                _("You made this link yourself, and a role comes from somebody else. Send it to the person it is for.")
            )
        if not link.use():
            raise Refused(LINK_IS_CLOSED)
        role = ROLES[Purpose(link.purpose)]
        user.groups.add(Group.objects.get(name=role.group))
        append(role.verb, actor=link.made_by_id, subject=user.pk)
        return role.group


# --- A lost password ------------------------------------------------------------------------------------------------


def make_password_link(email: str, by: User | None) -> str:
    """Make a link by which the owner of this account chooses a new password; give its token. It lasts 24 hours.

    An older one that was not used stops working. ``by`` is the coordinator who helps; ``None`` is whoever runs the
    server, who alone may help staff: or else one coordinator could become another. Raises ``Refused`` when nobody has
    this e-mail, or when it is not the coordinator's to help.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise Refused(_("Nobody here has this e-mail address. Check its spelling together, or let them sign up anew."))
    if by is not None and is_staff(user):
        raise Refused(
            _(
                "This account has a role at the desk, and only whoever runs the server can help with that: "
                "“alongside signin-link”, followed by the e-mail address."
            )
        )
    with transaction.atomic():
        OneTimeLink.withdraw(Purpose.PASSWORD, user)
        append(Verb.SIGN_IN_LINK_MADE, actor=by.pk if by else None, subject=user.pk)
        return OneTimeLink.make(Purpose.PASSWORD, PASSWORD_LINK_LASTS, user=user, made_by=by)


def remove_second_factor(email: str) -> None:
    """Remove the second factor of somebody who lost it. Only for whoever runs the server.

    Her roles rest until she sets a new one. Does nothing when she has none.
    """
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is not None and Authenticator.objects.filter(user=user).delete()[0]:
            end_sessions(user)
            append(Verb.SECOND_FACTOR_REMOVED, subject=user.pk)


def find_password_link(token: str) -> OneTimeLink | None:
    """Give the open link to a new password that has this token; not one by which a coordinator would reach staff."""
    link = OneTimeLink.find_open(token, Purpose.PASSWORD)
    if link is None or link.user is None or (link.made_by_id and is_staff(link.user)):
        return None
    return link


def choose_password(token: str, password: str) -> User:
    """Set a new password by a link, end all sessions of its owner, and give her account.

    ``password`` has passed the validators. Raises ``Refused`` when the link is closed.
    """
    with transaction.atomic():
        link = find_password_link(token)
        if link is None or link.user is None or not link.use():
            raise Refused(LINK_IS_CLOSED)
        user = link.user
        user.set_password(password)
        user.save(update_fields=["password"])
        OneTimeLink.withdraw(Purpose.PASSWORD, user)
        end_sessions(user)
        append(Verb.SIGN_IN_LINK_USED, actor=user.pk, subject=user.pk)
        return user


# --- One's own account ----------------------------------------------------------------------------------------------


def change_name(user: User, name: str) -> None:
    """Keep what ``user`` wants to be called; an empty name takes it away."""
    User.objects.filter(pk=user.pk).update(name=name)


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
