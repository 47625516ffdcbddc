"""What learners do in the workshop, one function for each verb."""

from alongside.workshop.acts.assessing import (
    AnsweredElsewhereError,
    DraftChangedError,
    NotOpenError,
    find_asked,
    keep_draft,
    read_replies,
    reply_to,
    sit,
)
from alongside.workshop.acts.certifying import certificate_of, fetch_certificate, may_fetch, revoke_certificate
from alongside.workshop.acts.enrolling import enrol, keep_place, note_finish
from alongside.workshop.acts.erasing import erase_expired
from alongside.workshop.acts.exporting import export
from alongside.workshop.acts.forgetting import forget_words
from alongside.workshop.acts.learning import StillMissingError, finish_lesson
from alongside.workshop.acts.reflecting import (
    LONGEST_REFLECTION,
    ChangedElsewhereError,
    NotKeptError,
    ReflectionTooLongError,
    delete_reflection,
    find_reflection,
    keep_reflection,
)
from alongside.workshop.acts.reminding import allow_reminders, remind, stop_reminders

__all__ = [
    "LONGEST_REFLECTION",
    "AnsweredElsewhereError",
    "ChangedElsewhereError",
    "DraftChangedError",
    "NotKeptError",
    "NotOpenError",
    "ReflectionTooLongError",
    "StillMissingError",
    "allow_reminders",
    "certificate_of",
    "delete_reflection",
    "enrol",
    "erase_expired",
    "export",
    "fetch_certificate",
    "find_asked",
    "find_reflection",
    "finish_lesson",
    "forget_words",
    "keep_draft",
    "keep_place",
    "keep_reflection",
    "may_fetch",
    "note_finish",
    "read_replies",
    "remind",
    "reply_to",
    "revoke_certificate",
    "sit",
    "stop_reminders",
]
