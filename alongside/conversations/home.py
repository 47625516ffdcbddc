"""Where a survivor comes back to: what is there for her, and where she can go on."""

from dataclasses import dataclass
from datetime import datetime

from alongside.conversations.care_page import CareNews, care_news
from alongside.conversations.listing import Conversations, conversations_of
from alongside.conversations.showing import name_of_ally
from alongside.introductions.standing import Standing, standing_of
from alongside.people.hers import name_of
from alongside.people.opening import Opener


@dataclass(frozen=True)
class Home:
    """What is there for her. ``name``: what she wants to be called, or ``""``.

    ``standing``: of what she looks for, ``None`` when she looks for nobody. ``code_used_before``: when, the time before
    this; ``None`` where this is the first.
    """

    name: str
    standing: Standing | None
    conversations: Conversations
    code_used_before: datetime | None
    care: CareNews


def home_of(opener: Opener) -> Home:
    """Give what is there for a survivor."""
    return Home(
        name=name_of(opener.survivor),
        standing=standing_of(opener.survivor),
        conversations=conversations_of(opener.pair, name_of_ally),
        code_used_before=opener.survivor.used_before_at,
        care=care_news(opener),
    )
