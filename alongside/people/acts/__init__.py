"""What people do with accounts and roles: one function for each verb.

Each holds its rule, its transaction and its line in the audit trail. A rule that says no raises ``Refused``.
"""

from alongside.people.acts.account import change_email, change_name, erase_closed_links, leave
from alongside.people.acts.agreeing import publish_agreement, sign_agreement
from alongside.people.acts.checking import (
    note_identity,
    note_reference,
    note_talk,
    take_back_identity,
    take_back_reference,
    take_back_talk,
)
from alongside.people.acts.deciding import ONLY_LEADERS, for_coordinators, for_survivor_leaders
from alongside.people.acts.declaring import declare_not_yet, declare_ready, erase_lapsed_declarations
from alongside.people.acts.organisation import change_organisation, mark_as_demonstration
from alongside.people.acts.refusing import LINK_IS_CLOSED, Refused
from alongside.people.acts.roles import (
    find_role_link,
    has_coordinator,
    invite,
    make_coordinator_link,
    open_invitations,
    take_role,
    take_roles_away,
    withdraw_invitation,
)
from alongside.people.acts.signing_in import (
    choose_password,
    find_password_link,
    make_password_link,
    remove_second_factor,
)
from alongside.people.acts.walking import lay_down, note_supervision, pause, reinstate, resume, suspend

__all__ = [
    "LINK_IS_CLOSED",
    "ONLY_LEADERS",
    "Refused",
    "change_email",
    "change_name",
    "change_organisation",
    "choose_password",
    "declare_not_yet",
    "declare_ready",
    "erase_closed_links",
    "erase_lapsed_declarations",
    "find_password_link",
    "find_role_link",
    "for_coordinators",
    "for_survivor_leaders",
    "has_coordinator",
    "invite",
    "lay_down",
    "leave",
    "make_coordinator_link",
    "make_password_link",
    "mark_as_demonstration",
    "note_identity",
    "note_reference",
    "note_supervision",
    "note_talk",
    "open_invitations",
    "pause",
    "publish_agreement",
    "reinstate",
    "remove_second_factor",
    "resume",
    "sign_agreement",
    "suspend",
    "take_back_identity",
    "take_back_reference",
    "take_back_talk",
    "take_role",
    "take_roles_away",
    "withdraw_invitation",
]
