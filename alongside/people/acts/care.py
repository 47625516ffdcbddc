"""The care team: who receives reports."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.deciding import for_coordinators, one_at_a_time
from alongside.people.acts.refusing import Refused
from alongside.people.models import CareMember, User
from alongside.people.readiness import of_the_desk
from alongside.people.signals import care_left
from alongside.records.erasure import sweep_after_commit
from alongside.records.models import Verb, append
from alongside.records.tombstones import bury


def name_care_member(user: User, by: User) -> CareMember:
    """Let ``user`` receive reports from now on, once she has a code. Raises ``Refused``."""
    with transaction.atomic():
        one_at_a_time(user)
        for_coordinators(by)
        if not of_the_desk().filter(pk=user.pk).exists():
            raise Refused(_("Only somebody of the desk can be a care member, once their second factor is set."))
        member, is_new = CareMember.objects.get_or_create(user=user)
        if not is_new:
            raise Refused(_("This person is a care member already."))
        append(Verb.CARE_MEMBER_NAMED, actor=by.pk, subject=user.pk)
        return member


def remove_care_member(user: User, by: User) -> None:
    """Let ``user`` receive no reports any more; what was sealed to her is deleted. Raises ``Refused``."""
    with transaction.atomic():
        one_at_a_time(user)
        for_coordinators(by)
        if not end_care(user, by):
            raise Refused(_("This person is no care member any more."))


def leave_care_team(user: User) -> None:
    """Receive no reports any more, oneself; what was sealed to her is deleted. Raises ``Refused``."""
    with transaction.atomic():
        one_at_a_time(user)
        if not end_care(user, user):
            raise Refused(_("You are no care member any more."))


def end_care(user: User, by: User) -> bool:
    """Take ``user`` off the care team inside the caller's transaction; give False when she was not on it."""
    members = CareMember.objects.filter(user=user)
    bury(members)  # a restore does not bring her back
    if not members.delete()[0]:
        return False
    sweep_after_commit()
    append(Verb.CARE_MEMBER_LEFT, actor=by.pk, subject=user.pk)
    care_left.send(sender=CareMember, user=user)
    return True
