"""What introductions keep: the door, topics, how allies present themselves, asks, and offers."""

from alongside.introductions.models.ask import BEGINNINGS_LAST, OPEN_STATES, WISHES, Ask, Beginning, NobodyFound
from alongside.introductions.models.door import THE_DOOR, Door, Topic
from alongside.introductions.models.introduction import LEASE, Introduction
from alongside.introductions.models.profile import (
    BEEN_THERE,
    LONGEST_HELP,
    LONGEST_NAME,
    LONGEST_SENTENCE,
    MOST_AT_ONCE,
    MOST_STRENGTHS,
    Presentation,
    Profile,
)
from alongside.introductions.models.telling import Telling

__all__ = [
    "BEEN_THERE",
    "BEGINNINGS_LAST",
    "LEASE",
    "LONGEST_HELP",
    "LONGEST_NAME",
    "LONGEST_SENTENCE",
    "MOST_AT_ONCE",
    "MOST_STRENGTHS",
    "OPEN_STATES",
    "THE_DOOR",
    "WISHES",
    "Ask",
    "Beginning",
    "Door",
    "Introduction",
    "NobodyFound",
    "Presentation",
    "Profile",
    "Telling",
    "Topic",
]
