"""Asks and allies to match, and brute force beside ``core.matching``: every fault told, every score in fractions."""

from dataclasses import replace
from fractions import Fraction
from math import floor, inf
from uuid import UUID

from hypothesis import strategies as st

from alongside.core.matching import Ask, Candidate, LeftOut, Wish, shortlist

TOPICS = ("money", "parenting", "court", "an-ex")
LANGUAGES = ("en", "es", "pl")
IDS = [UUID(int=number, version=4) for number in range(1, 9)]


def subsets(values, **sizes):
    return st.frozensets(st.sampled_from(values), **sizes)


asks = st.builds(
    Ask,
    topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    languages=subsets(LANGUAGES, min_size=1),
    woman=st.sampled_from(Wish),
    been_there=st.sampled_from(Wish),
    hours=subsets(range(9)),
    excluded=subsets(IDS, max_size=2),
    seed=st.binary(min_size=1, max_size=64),
)
allies = st.builds(
    Candidate,
    id=st.sampled_from(IDS),
    topics=subsets(TOPICS),
    languages=subsets(LANGUAGES),
    is_woman=st.booleans(),
    may_count_as_been_there=st.booleans(),
    hours=subsets(range(9)),
    capacity=st.integers(0, 3),
    load=st.integers(0, 3),
    is_paused=st.sampled_from([False, False, False, True]),
    conversations_before=st.integers(0, 5),
    free_since=st.sampled_from([0, 1, 100, 500.5, 672, 673, 9000, inf]),
)
circles = st.lists(allies, unique_by=lambda ally: ally.id, max_size=len(IDS))
ANYBODY = Ask((), frozenset({"en"}), Wish.NO, Wish.NO, frozenset(), frozenset(), b"drawn once")
NOOR = Candidate(IDS[0], frozenset(), frozenset({"en"}), False, False, frozenset(), 2, 1, False, 0, 0)
RUTH = replace(NOOR, id=IDS[1])


def everybody(ask, circle):
    return shortlist(ask, circle, size=len(IDS))


def ids(found):
    return [match.id for match in found.matches]


def faults(ask, ally):
    """Give every reason against an ally, not the first alone."""
    return {
        code
        for code, holds in {
            LeftOut.EXCLUDED: ally.id in ask.excluded,
            LeftOut.PAUSED: ally.is_paused,
            LeftOut.FULL: ally.capacity <= ally.load,
            LeftOut.NO_COMMON_LANGUAGE: not any(code in ally.languages for code in ask.languages),
            LeftOut.NOT_WHAT_MUST_BE: (ask.woman == "must" and not ally.is_woman)
            or (ask.been_there == "must" and not ally.may_count_as_been_there),
        }.items()
        if holds
    }


def points(ask, ally):
    """Give the score as the handbook would, in fractions."""
    weights = {topic: Fraction(1, place) for place, topic in enumerate(ask.topics, 1)}
    found = sum((weight for topic, weight in weights.items() if topic in ally.topics), Fraction(0))
    in_common = sum(hour in ally.hours for hour in ask.hours)
    wait = Fraction(min(ally.free_since, 672)) / 672
    parts = [
        800 * found / sum(weights.values()) if weights else Fraction(0),
        Fraction(400 * (ask.woman == "rather" and ally.is_woman)),
        Fraction(400 * (ask.been_there == "rather" and ally.may_count_as_been_there)),
        Fraction(300 * min(in_common, 6, len(ask.hours)), min(6, len(ask.hours))) if ask.hours else Fraction(0),
        200 * wait,
        Fraction(200 * (ally.capacity - ally.load), ally.capacity),
        Fraction(100 * min(ally.conversations_before, 3), 3),
    ]
    return sum(map(floor, parts))
