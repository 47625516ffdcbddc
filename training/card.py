"""Writes the model's figures into its card, between two marks; the words around them are written by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from alongside.core.rating.model import Model
from alongside.core.rating.moves import Move
from training.corpus import SPLITS, LabelledReply
from training.measures import Flags, accuracy_and_kappa, falsely_accused, flags_of, score, stances

BEGIN, END = "<!-- figures: written by `make train` -->", "<!-- end of figures -->"


class Read(NamedTuple):
    """What a model shows on the clear sentences of some replies, beside what is there: both sentences × 18."""

    shown: Flags
    true: Flags
    reply_of: list[str]


def write_figures(model: Model, replies: Sequence[LabelledReply], card: Path) -> None:
    """Replace the card's figures with those of ``model`` on the test split."""
    read = _read(model, [reply for reply in replies if reply.split == "test"])
    text = card.read_text("utf-8")
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    card.write_text("\n".join([head + BEGIN, "", *_figures(model, replies, read), "", END + tail]), "utf-8")


def _read(model: Model, replies: Sequence[LabelledReply]) -> Read:
    shown, clear, reply_of = [], [], []
    for reply in replies:
        seen = model.read(reply.disclosure, [sentence.text for sentence in reply.sentences])
        for sentence, (probabilities, _) in zip(reply.sentences, seen, strict=True):
            if not sentence.unclear:
                shown.append({move for move, p in probabilities.items() if p >= model.scales[move].threshold})
                clear.append(sentence.moves)
                reply_of.append(reply.id)
    return Read(flags_of(shown), flags_of(clear), reply_of)


def _figures(model: Model, replies: Sequence[LabelledReply], read: Read) -> list[str]:
    scores = score(read.shown, read.true)
    accused, whole = falsely_accused(read.shown, read.true, read.reply_of)
    accuracy, kappa = accuracy_and_kappa(stances(read.shown, read.reply_of), stances(read.true, read.reply_of))
    counts = [_counts(split, [reply for reply in replies if reply.split == split]) for split in SPLITS]
    return [
        f"Version {model.version}, on the test split, read by the model as it ships (8-bit):",
        "",
        "| measure | value |",
        "|---|---|",
        f"| macro-F1 over the 18 moves | {scores.macro_f1:.3f} |",
        f"| falsely accused ({whole} replies that lean in with every sentence; a pull-back shown) | {accused:.1%} |",
        f"| stance of the reply, accuracy | {accuracy:.1%} |",
        f"| stance of the reply, Cohen's kappa | {kappa:.2f} |",
        "",
        "| move | precision | recall | F1 | sentences | shown from |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{move.value}` | {scores.precision[row]:.2f} | {scores.recall[row]:.2f} | {scores.f1[row]:.2f} "
            f"| {scores.support[row]} | {model.scales[move].threshold:.2f} |"
            for row, move in enumerate(Move)
        ),
        "",
        "| split | writers | disclosures | replies | sentences | coded twice | unclear, left out |",
        "|---|---|---|---|---|---|---|",
        *counts,
        "",
        _agreement(replies),
    ]


def _counts(split: str, replies: Sequence[LabelledReply]) -> str:
    sentences = [sentence for reply in replies for sentence in reply.sentences]
    cells = (
        split,
        ", ".join(sorted({reply.writer for reply in replies})),
        len({reply.disclosure for reply in replies}),
        len(replies),
        len(sentences),
        sum(sentence.second is not None for sentence in sentences),
        sum(sentence.unclear for sentence in sentences),
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _agreement(replies: Sequence[LabelledReply]) -> str:
    """Say how far the first and the blind second coding agree, over every sentence that has both."""
    both = [(reply.id, one) for reply in replies for one in reply.sentences if one.second is not None]
    first = flags_of(one.moves for _, one in both)
    second = flags_of(one.second or () for _, one in both)
    reply_of = [reply for reply, _ in both]
    same = float((first == second).all(1).mean())
    _, kappa = accuracy_and_kappa(stances(first, reply_of), stances(second, reply_of))
    return (
        f"Two coders, the second blind, gave the same set of moves to {same:.1%} of {len(both)} sentences; macro-F1 "
        f"between them is {score(second, first).macro_f1:.2f}, Cohen's kappa on the stance {kappa:.2f}. Both are "
        "language models working after the same manual, so they agree more than two people would."
    )
