"""What is kept about people: accounts, sessions, codes and their key pairs, and the organisation they belong to."""

from alongside.people.models.account import COORDINATOR, SURVIVOR_LEADER, Accounts, Session, User
from alongside.people.models.code import CareMember, KeyPair, Opened, Survivor
from alongside.people.models.letter import Letter
from alongside.people.models.link import OneTimeLink
from alongside.people.models.lost_code import LostCode, LostCodeTalk
from alongside.people.models.notice import Notice
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
    "CareMember",
    "Declaration",
    "IdentitySeen",
    "KeyPair",
    "Letter",
    "LostCode",
    "LostCodeTalk",
    "Notice",
    "OneTimeLink",
    "Opened",
    "Organisation",
    "Reference",
    "Session",
    "Signature",
    "Supervision",
    "Survivor",
    "Talk",
    "User",
]
