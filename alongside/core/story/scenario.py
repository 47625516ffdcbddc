"""What a practice conversation is made of: what she says, and what each kind of reply does to her.

Everything here is frozen and plain, so a scenario can be pinned, compared and replayed. Its texts are content in the
scenario's own language, never gettext messages; a text of several lines is several messages, one a line.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance, stance_of

TRUST_LOWEST = -5
TRUST_HIGHEST = 5
PATIENCE_HIGHEST = 9


class Change(StrEnum):
    """What she does on hearing a reply. The value is its code in files."""

    OPENS_UP = "opens up"
    STAYS = "stays"
    GOES_QUIET = "goes quiet"
    LEAVES = "leaves"


@lru_cache(maxsize=512)
def meant_by(names: frozenset[Move | Kind | Family]) -> frozenset[Move]:
    """Give every move that is named in ``names``, or whose kind or family is."""
    return frozenset(move for move in Move if move in names or move.kind in names or move.family in names)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Which replies a rule takes: all that is given must hold; what is left empty asks nothing.

    ``move``: the reply has at least one of these. ``kind``: it has a move of at least one of these kinds.
    ``stance``: its stance is one of these. ``lacks``: it has none of these moves, kinds or families.
    ``trust_at_least``, ``trust_at_most``: her trust before the reply lies between them, both included, −5 to 5.
    """

    move: frozenset[Move] = frozenset()
    kind: frozenset[Kind] = frozenset()
    stance: frozenset[Stance] = frozenset()
    lacks: frozenset[Move | Kind | Family] = frozenset()
    trust_at_least: int = TRUST_LOWEST
    trust_at_most: int = TRUST_HIGHEST

    def fits(self, moves: AbstractSet[Move], trust: int) -> bool:
        """Whether a reply with these ``moves`` meets the condition at this ``trust``."""
        return (
            self.trust_fits(trust)
            and (not self.move or not self.move.isdisjoint(moves))
            and (not self.kind or not meant_by(self.kind).isdisjoint(moves))
            and meant_by(self.lacks).isdisjoint(moves)
            and (not self.stance or stance_of(moves) in self.stance)
        )

    def trust_fits(self, trust: int) -> bool:
        """Whether the condition's bounds let this ``trust`` in."""
        return self.trust_at_least <= trust <= self.trust_at_most

    def looks_for(self) -> tuple[frozenset[Move], ...]:
        """Give the sets of moves that the condition looks for.

        Of a reply's moves it sees only whether there is one from each of these sets, and, by the stance, one from
        each family.
        """
        return self.move, meant_by(self.kind), meant_by(self.lacks)


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """What a reply does to her, and where the conversation goes.

    ``then``: what she does. ``thought``: her unspoken thought, how the reply landed. ``trust``: how much her trust
    changes, −5 to 5; the sum is kept within −5 and 5. ``goto``: the key of the next beat or of an ending; ``None``
    leaves her on this beat, which spends its patience. ``says``: what she says to the reply; on the way to a beat or
    an ending it comes before what is said there and may be empty, on the same beat it is all she says and is needed.
    """

    then: Change
    thought: str
    trust: int = 0
    goto: str | None = None
    says: str = ""

    @property
    def stays_here(self) -> bool:
        """Whether the conversation is left on the same beat."""
        return self.goto is None

    @property
    def lifts(self) -> bool:
        """Whether she opens up or trusts more."""
        return self.then is Change.OPENS_UP or self.trust > 0


@dataclass(frozen=True, kw_only=True)
class Rule(Reaction):
    """A reaction to the replies that meet the condition ``when``."""

    when: Condition


@dataclass(frozen=True, kw_only=True)
class Beat:
    """One step of the conversation.

    ``says``: what she says on coming here. ``rules``: the first that fits a reply wins. ``otherwise``: takes every
    other reply, and all that do nothing or were not rated. ``patience``: how often she may stay, 0 to 9. ``worn``:
    what happens instead of staying once more; ``None`` on a beat where nothing stays.
    """

    key: str
    says: str
    rules: tuple[Rule, ...]
    otherwise: Reaction
    patience: int = 0
    worn: Reaction | None = None


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a conversation can end.

    ``how``: what she does at the end; every reaction that leads here does the same. ``closing``: what the learner
    reads afterwards, one to three sentences. ``says``: her last words, or empty when she goes without any.
    """

    key: str
    how: Change
    closing: str
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A practice conversation.

    ``source_id``: its name across versions and languages, also its file's name. ``person``: the name she goes by.
    ``language``: a language tag such as ``en``. ``content_note``: what comes up, read before the start. ``about``: who
    she is and where she writes from, one to three sentences. ``opening``: the key of the first beat.
    """

    source_id: str
    title: str
    person: str
    language: str
    content_note: str
    about: str
    opening: str
    beats: tuple[Beat, ...]
    endings: tuple[Ending, ...]

    def beat(self, key: str) -> Beat | None:
        """Give the beat with this key; ``None`` when there is none."""
        return next((beat for beat in self.beats if beat.key == key), None)

    def ending(self, key: str) -> Ending | None:
        """Give the ending with this key; ``None`` when there is none."""
        return next((ending for ending in self.endings if ending.key == key), None)
