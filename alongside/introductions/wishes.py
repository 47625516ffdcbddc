"""What somebody would like to talk about, and with whom: as she chooses it, as it is kept, and as it is matched."""

import base64
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from alongside.core import matching
from alongside.core.matching import Wish
from alongside.introductions.hours import hours_of, in_utc
from alongside.introductions.models import WISHES, Ask
from alongside.people import boxes

_SEED = 16
_PADDED_TO = 1024


@dataclass(frozen=True, repr=False)
class Wishes:
    """What she has chosen; all of it may be left open. Its ``repr`` says nothing of it.

    ``topics``: slugs, what matters most first. ``languages``: codes. ``times``: of ``hours.TIMES``, by a clock that is
    ``clock`` minutes ahead of UTC. ``seed``: ``core.matching.Ask.seed``.
    """

    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    woman: Wish = Wish.NO
    been_there: Wish = Wish.NO
    times: tuple[str, ...] = ()
    clock: int = 0
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(_SEED))

    def as_asked(self, excluded: Collection[UUID], spoken: Collection[str]) -> matching.Ask:
        """Give it as it is matched: without ``excluded`` allies; ``spoken``: the languages of all, if she names none.

        Raises ``ValueError`` when there are no languages at all.
        """
        return matching.Ask(
            topics=self.topics,
            languages=frozenset(self.languages or spoken),
            woman=self.woman,
            been_there=self.been_there,
            hours=in_utc(hours_of(self.times), self.clock),
            excluded=frozenset(excluded),
            seed=self.seed,
        )


def as_data(wishes: Wishes) -> dict[str, Any]:
    """Give wishes as what JSON can hold."""
    return {
        "topics": list(wishes.topics),
        "languages": list(wishes.languages),
        "woman": wishes.woman.value,
        "been_there": wishes.been_there.value,
        "times": list(wishes.times),
        "clock": wishes.clock,
        "seed": base64.b64encode(wishes.seed).decode(),
    }


def from_data(data: Mapping[str, Any]) -> Wishes:
    """Give the wishes of which ``as_data`` made ``data``."""
    return Wishes(
        topics=tuple(data["topics"]),
        languages=tuple(data["languages"]),
        woman=Wish(data["woman"]),
        been_there=Wish(data["been_there"]),
        times=tuple(data["times"]),
        clock=data["clock"],
        seed=base64.b64decode(data["seed"]),
    )


def close(wishes: Wishes, survivor_id: UUID) -> bytes:
    """Close wishes in a box under the server's key, for one survivor: they are matched while she is away.

    With blanks at the end, so that the length of the box does not tell how many topics, or what she prefers.
    """
    data = json.dumps(as_data(wishes))
    return boxes.box(WISHES, data.ljust(-(-len(data) // _PADDED_TO) * _PADDED_TO), whose=survivor_id)


def open(ask: Ask) -> Wishes:
    """Give the wishes of an ask. Raises ``people.boxes.ClosedBoxError``."""
    return from_data(json.loads(boxes.unbox(WISHES, ask.wishes, whose=ask.survivor_id)))
