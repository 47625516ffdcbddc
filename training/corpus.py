"""Reads and checks the corpus: ``corpus/*.jsonl``, one reply a line. Needs the standard library only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.core.rating.moves import Move

CORPUS = Path(__file__).parent.parent / "corpus"
SPLITS = ("train", "dev", "test")


class CorpusError(ValueError):
    """A line that does not follow the schema; the message names file, line and fault."""


@dataclass(frozen=True)
class LabelledSentence:
    """One sentence with the moves that its writer gave it.

    ``second``: the moves that a second coder gave it blind, or ``None`` if nobody did. ``unclear``: the two differ, or
    the writer saw two readings: kept apart, neither trained on nor scored.
    """

    text: str
    moves: frozenset[Move]
    second: frozenset[Move] | None
    unclear: bool


@dataclass(frozen=True)
class LabelledReply:
    """A reply to a disclosure, written and coded by one hand."""

    id: str
    disclosure: str
    sentences: tuple[LabelledSentence, ...]
    writer: str
    date: str
    split: str


def read_corpus(folder: Path = CORPUS) -> list[LabelledReply]:
    """Give all replies, in the order of the files' names. Raises ``CorpusError`` at the first fault."""
    return [reply for file in sorted(folder.glob("*.jsonl")) for reply in _read_file(file)]


def _read_file(file: Path) -> Iterator[LabelledReply]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            yield _reply(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{file.name}:{number}: {error}") from error


def _reply(raw: dict[str, object]) -> LabelledReply:
    if set(raw) != {"id", "disclosure", "sentences", "writer", "date", "split"}:
        raise ValueError(f"the keys are {sorted(raw)}")
    sentences = raw["sentences"]
    if raw["split"] not in SPLITS or not isinstance(sentences, list) or not sentences:
        raise ValueError("the split is unknown, or there are no sentences")
    texts = {key: str(raw[key]) for key in ("id", "disclosure", "writer", "date", "split")}
    return LabelledReply(sentences=tuple(_sentence(one) for one in sentences), **texts)


def _sentence(raw: dict[str, object]) -> LabelledSentence:
    if unknown := set(raw) - {"text", "moves", "second", "unclear"}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    text = raw["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a sentence without text")
    return LabelledSentence(
        text=text,
        moves=_moves(raw["moves"]),
        second=_moves(raw["second"]) if "second" in raw else None,
        unclear=raw.get("unclear") is True,
    )


def _moves(codes: object) -> frozenset[Move]:
    if not isinstance(codes, list):
        raise TypeError("moves are a list of codes")
    moves = frozenset(Move(code) for code in codes)
    if len(moves) != len(codes):
        raise ValueError(f"a move twice in {codes}")
    return moves
