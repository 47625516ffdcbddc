"""What is kept about people: accounts, sessions, one-time links, and the organisation that they belong to."""

from alongside.people.models.account import COORDINATOR, SURVIVOR_LEADER, Accounts, Session, User
from alongside.people.models.letter import Letter
from alongside.people.models.link import OneTimeLink
from alongside.people.models.organisation import Organisation
from alongside.people.models.readiness import (
    AgreementText,
    Ally,
    Declaration,
    IdentitySeen,
    Reference,
    Signature,
    Supervision,
    Talk,
)

__all__ = [
    "COORDINATOR",
    "SURVIVOR_LEADER",
    "Accounts",
    "AgreementText",
    "Ally",
    "Declaration",
    "IdentitySeen",
    "Letter",
    "OneTimeLink",
    "Organisation",
    "Reference",
    "Session",
    "Signature",
    "Supervision",
    "Talk",
    "User",
]
