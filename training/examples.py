"""From the corpus to batches of numbers."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from alongside.core.rating.encoding import Encoder
from alongside.core.rating.moves import Move
from training.corpus import LabelledReply

COLUMN = {move: column for column, move in enumerate(Move)}


@dataclass(frozen=True)
class Example:
    """One clear sentence, encoded in its context; ``target`` has 18 zeros and ones."""

    ids: list[int]
    types: list[int]
    target: NDArray[np.float32]
    reply: str


def encode_examples(replies: Sequence[LabelledReply], encoder: Encoder) -> list[Example]:
    """Encode every sentence that is not marked unclear."""
    examples = []
    for reply in replies:
        encoded = encoder.encode(reply.disclosure, [sentence.text for sentence in reply.sentences])
        for sentence, (ids, types) in zip(reply.sentences, encoded, strict=True):
            if sentence.unclear:
                continue
            target = np.zeros(len(COLUMN), dtype=np.float32)
            target[[COLUMN[move] for move in sentence.moves]] = 1
            examples.append(Example(ids, types, target, reply.id))
    return examples


def join_neighbours(
    replies: Sequence[LabelledReply], encoder: Encoder, share: float, dice: random.Random
) -> list[Example]:
    """Encode two neighbours as one sentence with the moves of both, once in a ``share`` of the replies.

    People run sentences together, and no splitter parts them all.
    """
    joined = []
    for reply in replies:
        if len(reply.sentences) < 2 or dice.random() >= share:
            continue
        place = dice.randrange(len(reply.sentences) - 1)
        first, second = reply.sentences[place : place + 2]
        both = replace(
            first,
            text=f"{first.text} {second.text}",
            moves=first.moves | second.moves,
            unclear=first.unclear or second.unclear,
        )
        sentences = (*reply.sentences[:place], both, *reply.sentences[place + 2 :])
        unclear_but = tuple(replace(one, unclear=one.unclear or one is not both) for one in sentences)
        joined += encode_examples([replace(reply, sentences=unclear_but)], encoder)
    return joined


def targets(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Give the true moves, sentences × 18."""
    return np.stack([example.target for example in examples]) > 0


def stack(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give ids, types, mask (batch × the longest length) and targets (batch × 18)."""
    length = max(len(example.ids) for example in examples)
    ids, mask = (
        torch.zeros(len(examples), length, dtype=torch.long),
        torch.zeros(len(examples), length, dtype=torch.long),
    )
    types = torch.ones(len(examples), length, dtype=torch.long)
    for row, example in enumerate(examples):
        size = len(example.ids)
        ids[row, :size] = torch.tensor(example.ids)
        types[row, :size] = torch.tensor(example.types)
        mask[row, :size] = 1
    return ids, types, mask, torch.from_numpy(np.stack([example.target for example in examples]))


def shuffled_batches(examples: Sequence[Example], size: int, dice: random.Random) -> Iterator[list[Example]]:
    """Give one epoch of batches in random order, each of examples about equally long, so that little is padding."""
    order = list(range(len(examples)))
    dice.shuffle(order)
    batches = []
    for start in range(0, len(order), size * 20):
        chunk = sorted(order[start : start + size * 20], key=lambda place: len(examples[place].ids))
        batches += [chunk[at : at + size] for at in range(0, len(chunk), size)]
    dice.shuffle(batches)
    for batch in batches:
        yield [examples[place] for place in batch]
