"""What people do in practice, one function for each verb."""

from alongside.practice.acts.conversing import (
    LONGEST_REPLY,
    AlreadyAnsweredError,
    AlreadyEndedError,
    AttemptGoneError,
    EmptyReplyError,
    NotAnsweredError,
    ReplyTooLongError,
    TooManyRepliesError,
    answer,
    begin,
    find_attempt,
    stop,
    take_again,
)
from alongside.practice.acts.deleting import delete_attempt, erase_expired
from alongside.practice.acts.exporting import export
from alongside.practice.acts.importing import Imported, NotImportedError, Outcome, import_scenarios
from alongside.practice.acts.seeing import OwnSentence, find_sentence, see_differently, take_view_back

__all__ = [
    "LONGEST_REPLY",
    "AlreadyAnsweredError",
    "AlreadyEndedError",
    "AttemptGoneError",
    "EmptyReplyError",
    "Imported",
    "NotAnsweredError",
    "NotImportedError",
    "Outcome",
    "OwnSentence",
    "ReplyTooLongError",
    "TooManyRepliesError",
    "answer",
    "begin",
    "delete_attempt",
    "erase_expired",
    "export",
    "find_attempt",
    "find_sentence",
    "import_scenarios",
    "see_differently",
    "stop",
    "take_again",
    "take_view_back",
]
