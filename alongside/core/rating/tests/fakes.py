"""A model without weights, for tests of everything around the model."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from alongside.core.rating import Move
from alongside.core.rating.rating import Seen
from alongside.core.rating.vector import Vector


@dataclass(frozen=True)
class FixedScale:
    threshold: float = 0.5
    doubt: float = 0.3


class WordModel:
    """Sees a move, surely, where a sentence holds the move's code as a word, and doubts it after "perhaps"."""

    version = "words"

    def __init__(self) -> None:
        self.scales: Mapping[Move, FixedScale] = {move: FixedScale() for move in Move}
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(self, disclosure: str, sentences: Sequence[str]) -> list[Seen]:
        self.asked.append((disclosure, tuple(sentences)))
        found = self.probabilities(disclosure, sentences)
        return [Seen(each, arbitrary_vector(text)) for each, text in zip(found, sentences, strict=True)]

    def probabilities(self, disclosure: str, sentences: Sequence[str]) -> list[dict[Move, float]]:
        return [self._read(sentence) for sentence in sentences]

    def _read(self, sentence: str) -> dict[Move, float]:
        words = re.findall(r"\w+", sentence.lower())
        sure = 0.4 if "perhaps" in words else 0.9
        return {move: sure if move.value in words else 0.01 for move in Move}


class HashModel(WordModel):
    """Gives every sentence in its neighbours' company its own arbitrary, always the same, probabilities."""

    version = "hashes"

    def probabilities(self, disclosure: str, sentences: Sequence[str]) -> list[dict[Move, float]]:
        padded = ["", *sentences, ""]
        return [
            {move: zlib.crc32(repr((disclosure, *padded[i : i + 3], move)).encode()) / 2**32 for move in Move}
            for i in range(len(sentences))
        ]


def arbitrary_vector(text: str) -> Vector:
    """Give a vector of length 1, always the same for the same text, nearly at right angles to any other's."""
    vector = np.random.default_rng(zlib.crc32(text.encode("utf-8", "replace"))).normal(size=64)
    unit: Vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
