"""Who of the desk may do something: the role has taken effect. Nobody decides about herself, and one at a time."""

from django.utils.translation import gettext_lazy as _

from alongside.people.acts.refusing import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, OneTimeLink, User
from alongside.people.readiness import of_the_desk

ONLY_LEADERS = _("Only survivor leaders can do this, once their second factor is set.")


def for_the_desk(by: User) -> None:
    """Let on those whose role at the desk has taken effect. Raises ``Refused``."""
    if not of_the_desk().filter(pk=by.pk).exists():
        raise Refused(_("Only coordinators and survivor leaders can do this, once their second factor is set."))


def for_coordinators(by: User) -> None:
    """Let on coordinators whose role has taken effect. Raises ``Refused``."""
    if not of_the_desk().filter(pk=by.pk, groups__name=COORDINATOR).exists():
        raise Refused(_("Only coordinators can do this, once their second factor is set."))


def for_survivor_leaders(by: User) -> None:
    """Let on survivor leaders whose role has taken effect. Raises ``Refused``."""
    if not of_the_desk().filter(pk=by.pk, groups__name=SURVIVOR_LEADER).exists():
        raise Refused(ONLY_LEADERS)


def is_vouched_for(link: OneTimeLink) -> bool:
    """Say whether whoever made a link may make one still: the server always, a coordinator while she is one."""
    return link.made_by_id is None or of_the_desk().filter(pk=link.made_by_id, groups__name=COORDINATOR).exists()


def for_another_of_the_desk(learner: User, by: User) -> None:
    """Let on the desk, but nobody about herself; hold up everybody else who acts on this learner until the end.

    Call it first in the transaction. Raises ``Refused``.
    """
    one_at_a_time(learner)
    for_the_desk(by)
    if by.pk == learner.pk:
        raise Refused(_("This is about yourself, so it takes somebody else of the desk."))


def one_at_a_time(learner: User) -> None:
    """Let others who act on this learner wait until this transaction is through. Raises ``Refused`` when she left."""
    if not User.objects.select_for_update().filter(pk=learner.pk, is_active=True).exists():
        raise Refused(_("This account is not here any more. There is nothing left to do for it."))
