"""How a sentence and its context become numbers: one and the same for training and for rating.

``[CLS] sentence [SEP] before [SEP] after [SEP] disclosure [SEP]``: token type 0 for the sentence, 1 for its context.
What is too long is cut where it matters least: a sentence and what comes after keep their beginning, what came
before and the disclosure keep their end.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer

SENTENCE_TOKENS = 72
NEIGHBOUR_TOKENS = 20
DISCLOSURE_TOKENS = 64


class Encoded(NamedTuple):
    """Token ids and token types of one sentence in its context; equal lengths, at most 181."""

    ids: list[int]
    types: list[int]


class Encoder:
    """Turns a disclosure and the sentences of a reply into the model's input. Thread-safe."""

    def __init__(self, tokenizer_file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start = self._id_of("[CLS]")
        self._end = self._id_of("[SEP]")

    def encode(self, disclosure: str, sentences: Sequence[str]) -> list[Encoded]:
        """Encode every sentence of a reply, with the sentences beside it and the disclosure as its context."""
        told = self._ids(disclosure)[-DISCLOSURE_TOKENS:]
        ids = [self._ids(sentence) for sentence in sentences]
        return [
            self._join(
                own[:SENTENCE_TOKENS],
                ids[place - 1][-NEIGHBOUR_TOKENS:] if place else [],
                ids[place + 1][:NEIGHBOUR_TOKENS] if place + 1 < len(ids) else [],
                told,
            )
            for place, own in enumerate(ids)
        ]

    def _join(self, sentence: list[int], before: list[int], after: list[int], told: list[int]) -> Encoded:
        own = [self._start, *sentence, self._end]
        context = [*before, self._end, *after, self._end, *told, self._end]
        return Encoded(own + context, [0] * len(own) + [1] * len(context))

    def _id_of(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer knows no {token}")
        return int(found)

    def _ids(self, text: str) -> list[int]:
        # A lone surrogate cannot be encoded; the tokenizer sees a replacement character in its place.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(clean, add_special_tokens=False).ids
        return ids
