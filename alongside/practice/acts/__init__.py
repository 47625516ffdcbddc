"""What people do in practice, one function for each verb."""

from alongside.practice.acts.conversing import (
    LONGEST_DRAFT,
    LONGEST_REPLY,
    AlreadyAnsweredError,
    AlreadyEndedError,
    AttemptGoneError,
    EmptyReplyError,
    NotAnsweredError,
    ReplyTooLongError,
    TooManyRepliesError,
    answer,
    as_kept,
    begin,
    find_attempt,
    stop,
    take_again,
)
from alongside.practice.acts.deciding import decide, decline
from alongside.practice.acts.deleting import delete_attempt, erase_expired
from alongside.practice.acts.drilling import choose
from alongside.practice.acts.exporting import export
from alongside.practice.acts.seeing import OwnSentence, find_sentence, see_differently, take_view_back
from alongside.practice.acts.showing import LEAST_REPLIES, note_read, show_no_more, show_to_desk

__all__ = [
    "LEAST_REPLIES",
    "LONGEST_DRAFT",
    "LONGEST_REPLY",
    "AlreadyAnsweredError",
    "AlreadyEndedError",
    "AttemptGoneError",
    "EmptyReplyError",
    "NotAnsweredError",
    "OwnSentence",
    "ReplyTooLongError",
    "TooManyRepliesError",
    "answer",
    "as_kept",
    "begin",
    "choose",
    "decide",
    "decline",
    "delete_attempt",
    "erase_expired",
    "export",
    "find_attempt",
    "find_sentence",
    "note_read",
    "see_differently",
    "show_no_more",
    "show_to_desk",
    "stop",
    "take_again",
    "take_view_back",
]
