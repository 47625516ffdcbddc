"""What people do with accounts and roles: one function for each verb.

Each holds its rule, its transaction and its line in the audit trail. A rule that says no raises ``Refused``.
"""

from alongside.people.acts.account import change_email, change_name, erase_closed_links, leave
from alongside.people.acts.agreeing import publish_agreement, sign_agreement
from alongside.people.acts.care import leave_care_team, name_care_member, remove_care_member
from alongside.people.acts.checking import (
    note_identity,
    note_reference,
    note_talk,
    take_back_identity,
    take_back_reference,
    take_back_talk,
)
from alongside.people.acts.choosing import choose_look, choose_name, choose_notice
from alongside.people.acts.codes import (
    CodeTaken,
    TooOften,
    WrongCode,
    change_code,
    come,
    draw_code,
    open_code,
)
from alongside.people.acts.deciding import ONLY_LEADERS, for_coordinators, for_survivor_leaders
from alongside.people.acts.declaring import declare_not_yet, declare_ready, erase_lapsed_declarations
from alongside.people.acts.deleting import delete_everything, erase_unused_codes
from alongside.people.acts.organisation import change_organisation, mark_as_demonstration
from alongside.people.acts.own_codes import (
    ask_for_new_code,
    confirm_new_code,
    erase_lapsed_lost_codes,
    holds_a_code,
    lost_code_of,
    make_own_code,
    may_make_new_code,
    open_own_code,
)
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
    "CodeTaken",
    "Refused",
    "TooOften",
    "WrongCode",
    "ask_for_new_code",
    "change_code",
    "change_email",
    "change_name",
    "change_organisation",
    "choose_look",
    "choose_name",
    "choose_notice",
    "choose_password",
    "come",
    "confirm_new_code",
    "declare_not_yet",
    "declare_ready",
    "delete_everything",
    "draw_code",
    "erase_closed_links",
    "erase_lapsed_declarations",
    "erase_lapsed_lost_codes",
    "erase_unused_codes",
    "find_password_link",
    "find_role_link",
    "for_coordinators",
    "for_survivor_leaders",
    "has_coordinator",
    "holds_a_code",
    "invite",
    "lay_down",
    "leave",
    "leave_care_team",
    "lost_code_of",
    "make_coordinator_link",
    "make_own_code",
    "make_password_link",
    "mark_as_demonstration",
    "may_make_new_code",
    "name_care_member",
    "note_identity",
    "note_reference",
    "note_supervision",
    "note_talk",
    "open_code",
    "open_invitations",
    "open_own_code",
    "pause",
    "publish_agreement",
    "reinstate",
    "remove_care_member",
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
