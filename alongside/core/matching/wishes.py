"""What is matched: what somebody asks for, and what an ally offers."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import lcm
from uuid import UUID

HOURS_OF_A_WEEK = frozenset(range(168))
"""In UTC; 0 is Monday from 00:00 to 01:00."""
LONGEST_SEED = 64
"""Bytes: the longest key of BLAKE2b."""


class Wish(StrEnum):
    """How much something matters to her who asks."""

    NO = "no"
    """It makes no difference."""
    RATHER = "rather"
    """It counts in the rank."""
    MUST = "must"
    """Nobody else will do."""


@dataclass(frozen=True, repr=False)
class Ask:
    """What she wishes for; all but ``languages`` and ``seed`` may be skipped. Its ``repr`` says nothing of it.

    ``topics``: slugs, each once; the first weighs most. ``languages``: codes, at least one; any in common is enough.
    ``hours``: of ``HOURS_OF_A_WEEK``, when she would like to talk; empty for any. ``excluded``: allies whom she is
    not to be shown. ``seed``: 1 to 64 random bytes, drawn once for this ask and kept with it: by them equal allies are
    put in an order that stays the same for this ask and differs between asks.

    Raises ``ValueError`` for what is outside of these.
    """

    topics: tuple[str, ...]
    languages: frozenset[str]
    woman: Wish
    been_there: Wish
    hours: frozenset[int]
    excluded: frozenset[UUID]
    seed: bytes

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError("An ask needs a language.")
        if len(set(self.topics)) < len(self.topics):
            raise ValueError("An ask names each topic once.")
        if not self.hours <= HOURS_OF_A_WEEK:
            raise ValueError("The hours of a week are 0 to 167.")
        if not 1 <= len(self.seed) <= LONGEST_SEED:
            raise ValueError(f"A seed has 1 to {LONGEST_SEED} bytes.")

    @cached_property
    def weights(self) -> tuple[tuple[str, int], ...]:
        """Each topic with its weight: the second weighs half of the first, the third a third of it, and so on."""
        first = lcm(*range(1, len(self.topics) + 1))  # so that all are whole numbers, and equal sums are equal
        return tuple((topic, first // place) for place, topic in enumerate(self.topics, 1))

    @cached_property
    def all_weights(self) -> int:
        """The sum of all weights; 1 where there is no topic."""
        return sum(weight for _, weight in self.weights) or 1


@dataclass(frozen=True)
class Candidate:
    """An ally as she stands at this moment.

    ``topics``: slugs of what she does well. ``languages``: codes. ``may_count_as_been_there``: she lets it count; no
    ``repr``, reason or other code tells it. ``hours``: of ``HOURS_OF_A_WEEK``, when she is there; empty where she names
    none. ``capacity``: with how many people she talks at most; ``load``: with how many she talks now, both from 0.
    ``conversations_before``: how many she has had, from 0. ``free_since``: hours since somebody was last introduced to
    her, or since she became an ally; from 0, infinity allowed.

    Raises ``ValueError`` for what is outside of these.
    """

    id: UUID
    topics: frozenset[str]
    languages: frozenset[str]
    is_woman: bool
    may_count_as_been_there: bool = field(repr=False)
    hours: frozenset[int]
    capacity: int
    load: int
    is_paused: bool
    conversations_before: int
    free_since: float

    def __post_init__(self) -> None:
        if not self.hours <= HOURS_OF_A_WEEK:
            raise ValueError("The hours of a week are 0 to 167.")
        # Written so that "not a number" is refused as well.
        if not (min(self.capacity, self.load, self.conversations_before) >= 0 and self.free_since >= 0):
            raise ValueError("Capacity, load, conversations and hours are counted from 0.")
