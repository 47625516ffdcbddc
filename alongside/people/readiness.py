"""What it takes to become an ally. Each room says how far a learner is with its part; two people of the desk decide.

A requirement is something done, never a score.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import (
    COORDINATOR,
    SURVIVOR_LEADER,
    AgreementText,
    Ally,
    Declaration,
    IdentitySeen,
    Organisation,
    Reference,
    Signature,
    Supervision,
    Talk,
    User,
)
from alongside.people.models.readiness import REFERENCES

ORDER = (
    "workshop",
    "assessment",
    "shown practice",
    "agreement",
    "second factor",
    "identity",
    "references",
    "talk",
)
"""Every requirement there is, in the order in which a learner meets them."""


@dataclass(frozen=True)
class Requirement:
    """One thing that a learner needs to become an ally, and how far she is with it.

    ``what_to_do``: the next step in a sentence to her, while it is not met. ``url``: where she takes it; empty where
    somebody of the desk does.
    """

    name: str
    title: str | Promise
    is_met: bool
    what_to_do: str | Promise = ""
    url: str | Promise = ""


@dataclass(frozen=True)
class PracticeShown(Requirement):
    """The practice that a learner chose to show. ``read_by``: the ids of those of the desk who have opened it."""

    read_by: frozenset[UUID] = field(default_factory=frozenset)


Asks = Callable[[User], Requirement | None]
_asks: dict[str, Asks] = {}


def requires(name: str) -> Callable[[Asks], Asks]:
    """Register what says how far a learner is with ``name``; it gives ``None`` where this is not asked for.

    Raises ``ValueError`` for a name that is not in ``ORDER``.
    """
    if name not in ORDER:
        raise ValueError(f"{name!r} has no place in readiness.ORDER")

    def register(asks: Asks) -> Asks:
        _asks[name] = asks
        return asks

    return register


def requirements_of(user: User) -> list[Requirement]:
    """Give all that is asked of ``user``, met or not, in order."""
    given = (_asks[name](user) for name in ORDER if name in _asks)
    return [requirement for requirement in given if requirement is not None]


def missing(requirements: Iterable[Requirement]) -> list[Requirement]:
    """Give those that are not met."""
    return [requirement for requirement in requirements if not requirement.is_met]


def unregistered() -> list[str]:
    """Give the names in ``ORDER`` that no room answers for; nobody becomes an ally while there are any."""
    return [name for name in ORDER if name not in _asks]


# --- Who decides ----------------------------------------------------------------------------------------------------


def of_the_desk() -> QuerySet[User]:
    """Give everybody whose role at the desk has taken effect by a second factor."""
    staff = User.objects.filter(groups__name__in=(COORDINATOR, SURVIVOR_LEADER))
    return User.objects.filter(is_active=True, authenticator__isnull=False, pk__in=staff.values("pk")).distinct()


def who_know(learner: User, requirements: Iterable[Requirement]) -> set[UUID]:
    """Give the ids of those who have talked with her and read the practice that she shows: one of them decides."""
    readers = set[UUID]()
    for requirement in requirements:
        if isinstance(requirement, PracticeShown):
            readers |= requirement.read_by
    return set(Talk.objects.filter(learner=learner, by__in=readers).values_list("by", flat=True))


def declarations_of(learner: User) -> QuerySet[Declaration]:
    """Give what the desk says of her at present, the newest first, with ``by``."""
    return Declaration.objects.standing().filter(learner=learner).select_related("by")


def supervisions_due(moment: datetime) -> QuerySet[Supervision]:
    """Give the supervisions that were due by ``moment`` and did not take place, of allies in effect, oldest first."""
    waiting = Supervision.objects.filter(done_at=None, due_at__lte=moment, ally__in=Ally.objects.in_effect())
    return waiting.select_related("ally__user").order_by("due_at", "pk")


def ally_of(user: User) -> Ally | None:
    """Give her role as it stands in the database now; ``None`` for somebody who never was an ally."""
    return Ally.objects.filter(user=user).first()


# --- What this room asks --------------------------------------------------------------------------------------------


@requires("agreement")
def _agreement(user: User) -> Requirement:
    newest = AgreementText.newest()
    title = _("The agreement, signed")
    if newest is None:
        not_here = _("It is not written yet. A coordinator does that; there is nothing for you to do.")
        return Requirement("agreement", title, False, not_here)
    signed = Signature.objects.filter(user=user)
    what_to_do = (
        _("It has changed since you signed it. Read the new version and sign it.")
        if signed.exists()
        else _("Read what every ally agrees to, and sign it when you agree.")
    )
    is_met = signed.filter(agreement=newest).exists()
    return Requirement("agreement", title, is_met, what_to_do, reverse_lazy("people:agreement"))


@requires("second factor")
def _second_factor(user: User) -> Requirement:
    is_met = User.objects.filter(pk=user.pk, authenticator__isnull=False).exists()
    what_to_do = _("Set an app on your phone, or a passkey. It protects those who will trust you.")
    return Requirement("second factor", _("A second factor"), is_met, what_to_do, reverse_lazy("mfa_index"))


@requires("identity")
def _identity(user: User) -> Requirement | None:
    if not Organisation.current().asks_for_references:
        return None
    what_to_do = _(
        "Show somebody of the desk a paper with your name and your picture. Nothing of it is copied: only that it was "
        "seen is kept."
    )
    is_met = IdentitySeen.objects.filter(learner=user).exists()
    return Requirement("identity", _("Your identity, seen"), is_met, what_to_do)


@requires("references")
def _references(user: User) -> Requirement | None:
    if not Organisation.current().asks_for_references:
        return None
    taken = Reference.objects.filter(learner=user).count()
    what_to_do = (
        _("One of the two was heard. The other is still to come.")
        if taken
        else _(
            "Tell somebody of the desk two people who know you well. Only that they were heard is kept, not who they "
            "are or what they said."
        )
    )
    return Requirement("references", _("Two references"), taken == len(REFERENCES), what_to_do)


@requires("talk")
def _talk(user: User) -> Requirement:
    what_to_do = _("Ask a coordinator or a survivor leader for a talk. There is nothing to prepare.")
    is_met = Talk.objects.filter(learner=user).exists()
    return Requirement("talk", _("A talk with somebody of the desk"), is_met, what_to_do)
