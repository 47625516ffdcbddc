"""Taking a role: a link from somebody else, and only once."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.care import end_care
from alongside.people.acts.deciding import for_coordinators, is_vouched_for
from alongside.people.acts.refusing import LINK_IS_CLOSED, Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, OneTimeLink, User
from alongside.people.sessions import end_sessions
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.records.models import Verb, append
from alongside.records.tombstones import bury

Purpose = OneTimeLink.Purpose

ROLE_LINK_LASTS = timedelta(days=7)


class Role(NamedTuple):
    """What a link to a role gives, and what the audit trail says when one is made and used."""

    group: str
    made: Verb
    used: Verb


ROLES = {
    Purpose.COORDINATOR: Role(COORDINATOR, Verb.COORDINATOR_LINK_MADE, Verb.COORDINATOR_LINK_USED),
    Purpose.SURVIVOR_LEADER: Role(SURVIVOR_LEADER, Verb.SURVIVOR_LEADER_LINK_MADE, Verb.SURVIVOR_LEADER_LINK_USED),
}


def has_coordinator() -> bool:
    """Say whether anybody is a coordinator."""
    return User.objects.filter(groups__name=COORDINATOR, is_active=True).exists()


def make_coordinator_link() -> str:
    """Make a link that makes whoever opens it a coordinator; give its whole address. It lasts seven days."""
    with transaction.atomic():
        token = OneTimeLink.make(Purpose.COORDINATOR, ROLE_LINK_LASTS)
        append(Verb.COORDINATOR_LINK_MADE)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('people:welcome', args=[token])}"


def invite(by: User, group: str) -> str:
    """Make a link that gives whoever opens it first the role ``group``; give its token. It lasts seven days.

    ``by`` is a coordinator, who cannot use it herself. Raises ``ValueError`` for a group that is no role.
    """
    purpose = next((purpose for purpose, role in ROLES.items() if role.group == group), None)
    if purpose is None:
        raise ValueError(f"{group!r} is no role")
    with transaction.atomic():
        append(ROLES[purpose].made, actor=by.pk)
        return OneTimeLink.make(purpose, ROLE_LINK_LASTS, made_by=by)


def open_invitations() -> QuerySet[OneTimeLink]:
    """Give the links to a role that still open a door, those that end soonest first."""
    links = OneTimeLink.objects.filter(purpose__in=ROLES, used_at=None, expires_at__gt=clock.now())
    return links.select_related("made_by").order_by("expires_at")


def withdraw_invitation(link_id: UUID, by: User) -> bool:
    """Let an invitation that nobody has used stop working. Gives False when there is none."""
    with transaction.atomic():
        if not open_invitations().filter(pk=link_id).delete()[0]:
            return False
        append(Verb.INVITATION_WITHDRAWN, actor=by.pk)
        return True


def take_roles_away(user: User, by: User) -> None:
    """Take every role at the desk away from ``user`` and sign her out everywhere; her account stays.

    Links that she made, to a role or to somebody's new password, stop working. Raises ``Refused`` when ``by`` is no
    coordinator or ``user`` herself, so that a coordinator always remains.
    """
    with transaction.atomic():
        Group.objects.select_for_update().get(name=COORDINATOR)
        for_coordinators(by)
        if by.pk == user.pk:
            raise Refused(
                _("This is your own role. Another coordinator can take it away, or you can leave, on the page “You”.")
            )
        end_care(user, by)
        bury(User.groups.through.objects.filter(user=user))  # a restore does not bring them back
        user.groups.clear()
        sweep_after_commit()
        OneTimeLink.objects.filter(made_by=user, used_at=None).delete()
        end_sessions(user)
        append(Verb.ROLES_TAKEN_AWAY, actor=by.pk, subject=user.pk)


def find_role_link(token: str) -> OneTimeLink | None:
    """Give the open link to a role that has this token; not one by somebody who is a coordinator no more."""
    link = OneTimeLink.find_open(token, *ROLES)
    return link if link and is_vouched_for(link) else None


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
        append(role.used, actor=link.made_by_id, subject=user.pk)
        return role.group
