"""What conversations keep: sealed messages and their keys, reports, and what a survivor answers about them."""

from alongside.conversations.models.answer import FELT_JUDGED, Answer, Felt, JudgedCrowd, JudgedOften
from alongside.conversations.models.conversation import Conversation, ConversationKey, Draft, Mark, Message, Seal
from alongside.conversations.models.report import Report, ReportOpening, ReportReply, ReportSeal

__all__ = [
    "FELT_JUDGED",
    "Answer",
    "Conversation",
    "ConversationKey",
    "Draft",
    "Felt",
    "JudgedCrowd",
    "JudgedOften",
    "Mark",
    "Message",
    "Report",
    "ReportOpening",
    "ReportReply",
    "ReportSeal",
    "Seal",
]
