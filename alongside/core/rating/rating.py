"""What a rating is: sentences, each with its moves, and the stance of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from alongside.core.rating.moves import Move
from alongside.core.rating.stance import Stance

if TYPE_CHECKING:
    from alongside.core.rating.vector import Vector


class Seen(NamedTuple):
    """What a model sees in one sentence.

    ``probabilities``: every move's, calibrated, from 0 to 1. ``vector``: where the sentence stands in its own space.
    """

    probabilities: Mapping[Move, float]
    vector: "Vector"


class Verdict(StrEnum):
    """How far a sentence's rating can be relied on."""

    RATED = "rated"
    UNSURE = "not sure"
    """No move is likely enough to be shown, yet at least one is too likely to be ruled out."""
    UNRATED = "not rated"
    """The reply is surely not in English, or the sentence holds no words: nothing is guessed."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a reply.

    ``reply[start:end] == text``, in Python's characters. ``moves`` are in the order of the manual, and empty unless the
    verdict is ``RATED``; a rated sentence may also have none. ``probabilities`` gives every move a calibrated
    probability from 0 to 1, and is empty for a sentence that is not rated. ``decision`` is the id of the decision that
    the moves follow (``corrections.follow``), and empty where they are the model's own; the probabilities always are.
    """

    text: str
    start: int
    end: int
    moves: tuple[Move, ...]
    probabilities: Mapping[Move, float]
    verdict: Verdict
    decision: str = ""


@dataclass(frozen=True)
class Rating:
    """A whole reply: its sentences in order, its stance, and the version of the model that rated it.

    When ``reply`` was given as a list of sentences, offsets count in the sentences joined by single spaces.
    """

    sentences: tuple[Sentence, ...]
    stance: Stance
    model: str

    @property
    def moves(self) -> frozenset[Move]:
        """All moves of all sentences."""
        return frozenset(move for sentence in self.sentences for move in sentence.moves)


class ModelUnavailableError(Exception):
    """The model's files are missing or damaged; the message says which, and what to do."""
