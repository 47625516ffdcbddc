"""How does one ally fit one ask? Not at all, for one reason; or so well, in points, for these reasons.

What must be is never weighed: an ally who lacks it has no score at all. What is weighed adds up, and nothing takes
away: with more of what was asked for a score never falls, and with a greater load it never rises.

The points are a judgement of what ought to matter, not measured: what she came to talk about, then with whom she would
rather talk, then when; among allies who are alike in that, those who wait, who have room, and have done it before.
"""

import heapq
from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b

from alongside.core.matching.wishes import Ask, Candidate, Wish

TOPICS = 800
WISH = 400
"""For each of the two wishes that say with whom she would rather talk."""
HOURS = 300
WAITING = 200
ROOM = 200
EXPERIENCE = 100
HIGHEST = TOPICS + 2 * WISH + HOURS + WAITING + ROOM + EXPERIENCE

ENOUGH_HOURS = 6
"""In common in a week; more of them are not better."""
LONG_WAIT = 4 * 168
"""Hours; who has waited longer than that waits no more urgently."""
ENOUGH_CONVERSATIONS = 3


class Reason(StrEnum):
    """Why an ally is on a shortlist. Lived experience is none, and never will be."""

    TOPIC = "topic"
    """She does well what was asked for; with the topic's slug."""
    LANGUAGE = "language"
    """A language in common; with its code."""
    WOMAN = "woman"
    """Only where that was a wish."""
    HOURS = "hours"
    """She is there when it was asked for."""
    FREE_NOW = "free_now"
    """She talks with nobody else at present."""
    EXPERIENCE = "experience"
    """She has had conversations here before."""


Reasons = tuple[tuple[Reason, str], ...]
"""Each with its topic's slug or its language's code, otherwise ``""``."""


class LeftOut(StrEnum):
    """Why an ally cannot be on a shortlist.

    The first of these that holds is given. The last is one code for both wishes, and given last, so that it tells as
    little as can be. Where only one of the two was a must it tells that one, so it is for counting: no page, log or
    export puts it beside an ally.
    """

    EXCLUDED = "excluded"
    PAUSED = "paused"
    FULL = "full"
    NO_COMMON_LANGUAGE = "no_common_language"
    NOT_WHAT_MUST_BE = "not_what_must_be"


def why_not(ask: Ask, ally: Candidate) -> LeftOut | None:
    """Give why ``ally`` cannot be introduced, or ``None`` where she can be."""
    if ally.id in ask.excluded:
        return LeftOut.EXCLUDED
    if ally.is_paused:
        return LeftOut.PAUSED
    if ally.load >= ally.capacity:
        return LeftOut.FULL
    if ask.languages.isdisjoint(ally.languages):
        return LeftOut.NO_COMMON_LANGUAGE
    if not _is_what_must_be(ask, ally):
        return LeftOut.NOT_WHAT_MUST_BE
    return None


def score(ask: Ask, ally: Candidate) -> int:
    """Give how well ``ally`` fits, 0 to ``HIGHEST``; only for one with no ``why_not``.

    It follows from her lived experience too, where that is a wish, so it is shown to nobody.
    """
    matching = sum(weight for topic, weight in ask.weights if topic in ally.topics)
    points = TOPICS * matching // ask.all_weights
    if ally.is_woman and ask.woman is Wish.RATHER:
        points += WISH
    if ally.may_count_as_been_there and ask.been_there is Wish.RATHER:
        points += WISH
    if ask.hours:
        enough = min(len(ask.hours), ENOUGH_HOURS)
        points += HOURS * min(len(ask.hours & ally.hours), enough) // enough
    points += int(WAITING * min(ally.free_since, LONG_WAIT) / LONG_WAIT)
    points += ROOM * (ally.capacity - ally.load) // ally.capacity
    return points + EXPERIENCE * min(ally.conversations_before, ENOUGH_CONVERSATIONS) // ENOUGH_CONVERSATIONS


def reasons(ask: Ask, ally: Candidate) -> Reasons:
    """Give why ``ally`` fits: the topics as they were asked for, the languages by their codes, then the rest."""
    topics = [(Reason.TOPIC, topic) for topic in ask.topics if topic in ally.topics]
    languages = [(Reason.LANGUAGE, code) for code in sorted(ask.languages & ally.languages)]
    others = (
        (Reason.WOMAN, ally.is_woman and ask.woman is not Wish.NO),
        (Reason.HOURS, not ask.hours.isdisjoint(ally.hours)),
        (Reason.FREE_NOW, ally.load == 0),
        (Reason.EXPERIENCE, ally.conversations_before > 0),
    )
    return (*topics, *languages, *((reason, "") for reason, holds in others if holds))


Scored = tuple[int, Candidate]


def best(ask: Ask, fitting: Iterable[Scored], size: int) -> list[Scored]:
    """Give the ``size`` with the highest scores, best first, equal ones by lot; fewer where there are fewer.

    In whatever order ``fitting`` comes. Lots are drawn only for who may still be among them, as drawing costs more
    than comparing.
    """
    found = list(fitting)
    if len(found) > size:
        last = heapq.nlargest(size, (points for points, _ in found))[-1]
        found = [one for one in found if one[0] >= last]
    return heapq.nsmallest(size, found, key=lambda one: (-one[0], _lot(ask, one[1])))


def _is_what_must_be(ask: Ask, ally: Candidate) -> bool:
    return (ally.is_woman or ask.woman is not Wish.MUST) and (
        ally.may_count_as_been_there or ask.been_there is not Wish.MUST
    )


def _lot(ask: Ask, ally: Candidate) -> bytes:
    return blake2b(ally.id.bytes, key=ask.seed, digest_size=16, person=b"shortlist").digest()
