"""What two people who talk do, one function for each verb. A rule that says no raises ``people.acts.Refused``."""

from alongside.conversations.acts import closing  # noqa: F401 - hears who may open reports no more
from alongside.conversations.acts.answering import (
    answer_report,
    look_at_own,
    open_report,
    opened_lately,
    pass_on,
    settle_report,
)
from alongside.conversations.acts.beginning import begin
from alongside.conversations.acts.drafting import LONGEST_DRAFT, draft, keep_draft, mark, marked, unread
from alongside.conversations.acts.ending import block, delete_conversation, end, end_in_transaction, erase_expired
from alongside.conversations.acts.handing_back import hand_back
from alongside.conversations.acts.judging import nothing_uneasy, say_judged
from alongside.conversations.acts.renewing import leave_earlier_closed, let_read_earlier
from alongside.conversations.acts.reporting import (
    ToTell,
    keeps_until,
    nobody_is_there,
    take_back,
    tell_care,
)
from alongside.conversations.acts.sending import LONGEST_MESSAGE, as_kept, send

__all__ = [
    "LONGEST_DRAFT",
    "LONGEST_MESSAGE",
    "ToTell",
    "answer_report",
    "as_kept",
    "begin",
    "block",
    "delete_conversation",
    "draft",
    "end",
    "end_in_transaction",
    "erase_expired",
    "hand_back",
    "keep_draft",
    "keeps_until",
    "leave_earlier_closed",
    "let_read_earlier",
    "look_at_own",
    "mark",
    "marked",
    "nobody_is_there",
    "nothing_uneasy",
    "open_report",
    "opened_lately",
    "pass_on",
    "say_judged",
    "send",
    "settle_report",
    "take_back",
    "tell_care",
    "unread",
]
