"""What people do with asks and introductions: one function for each verb.

Each holds its rule and its transaction. A rule that says no raises ``people.acts.Refused``.
"""

from alongside.introductions.acts.asking import (
    begin_ask,
    change_ask,
    close_ask,
    erase_old_asks,
    offer,
    open_ask,
    wait,
    withdraw,
)
from alongside.introductions.acts.door import change_door, close_door, open_door, slow_door, slow_door_no_more
from alongside.introductions.acts.offering import (
    NOT_WAITING,
    Offered,
    accept,
    decline,
    end,
    expire_leases,
    has_room,
    offers_of,
    take_back_offers,
)
from alongside.introductions.acts.offers import end_offer
from alongside.introductions.acts.presenting import Times, approve, change_times, hand_in, let_count, send_back
from alongside.introductions.acts.topics import (
    add_topic,
    move_topic,
    offer_topic_again,
    rename_topic,
    take_topic_away,
)
from alongside.introductions.acts.waiting import find_for_those_who_wait, note_nobody_found

__all__ = [
    "NOT_WAITING",
    "Offered",
    "Times",
    "accept",
    "add_topic",
    "approve",
    "begin_ask",
    "change_ask",
    "change_door",
    "change_times",
    "close_ask",
    "close_door",
    "decline",
    "end",
    "end_offer",
    "erase_old_asks",
    "expire_leases",
    "find_for_those_who_wait",
    "hand_in",
    "has_room",
    "let_count",
    "move_topic",
    "note_nobody_found",
    "offer",
    "offer_topic_again",
    "offers_of",
    "open_ask",
    "open_door",
    "rename_topic",
    "send_back",
    "slow_door",
    "slow_door_no_more",
    "take_back_offers",
    "take_topic_away",
    "wait",
    "withdraw",
]
