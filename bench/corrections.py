"""How near a sentence must be to one that was decided about, so that it may follow: prints the table behind ``NEAR``.

Run: ``python -m bench.corrections``; three minutes on one core. Every clear sentence of the corpus is taken as a
decision about the others of other replies, its codes as what was decided.

- *followers*: sentences that would follow their nearest neighbour, and how many of them bear the neighbour's codes:
  over all hands, and those of the development and the test hand, of which the model learnt nothing.
- *against the reading*: all pairs in which the decision differs from what the model reads there, as a real decision
  mostly will. A follower that bears other codes is one that the decision would spoil.
- *changed a little*: sentences of the two hands with a small change that leaves them what they were; how many follow.
- *turned round*: with a "not" taken away or put in; none should follow.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alongside.core.rating import Move
from alongside.core.rating.corrections import Said, applies, said
from alongside.core.rating.model import Model, load_model
from training.corpus import LabelledReply, read_corpus

COSINES = (0.86, 0.88, 0.90, 0.91, 0.92, 0.93, 0.94, 0.96)
AT_ONCE = 1000

SHORT_FORMS = ((r"\byou\b", "u"), (r"\byour\b", "ur"), (r"\bare\b", "r"), (r"\bbecause\b", "bc"), (r"\bI am\b", "im"))
TAKE_AWAY = ((r"\b(do|does|did|is|are|was|were|has|have|had|should|would|could)n['’]?t\b", r"\1"), (r"\bnot ", ""))
PUT_IN = (
    (r"\b(is|are|was|were|can|should|would|could|will)\b(?!['’])", r"\1 not"),
    (r"\b(it|that)['’]s\b", r"\1's not"),
)


class Table(NamedTuple):
    """The corpus' clear sentences: what is compared of each, its codes, the model's reading, its reply and split."""

    said: list[Said]
    codes: list[frozenset[Move]]
    read: list[frozenset[Move]]
    reply: list[str]
    is_held_out: NDArray[np.bool_]
    vectors: NDArray[np.float32]


class Pairs(NamedTuple):
    """Pairs of follower and decision that fulfil all conditions but the cosine: places in the table, and cosines."""

    follower: NDArray[np.int64]
    decided: NDArray[np.int64]
    cosine: NDArray[np.float64]


def main() -> None:
    """Measure and print."""
    model, corpus = load_model(), read_corpus()
    table = _table(model, corpus)
    pairs = _pairs(table)
    same = np.array([table.codes[a] == table.codes[b] for a, b in zip(pairs.follower, pairs.decided, strict=True)])
    against = np.array([table.codes[at] != table.read[at] for at in pairs.decided])
    held_out = table.is_held_out[pairs.follower]
    little, turned = _changed(model, corpus, _little_changes), _changed(model, corpus, _turned_round)

    print(
        "| cosine | followers | same codes | of the two hands | same codes | against the reading | same codes |", end=""
    )
    print(f" changed a little | turned round |\n{'|---' * 9}|")
    for cosine in COSINES:
        near = pairs.cosine >= cosine
        nearest = near & _is_nearest(pairs)
        cells = [f"{cosine:.2f}", *_share(same[nearest]), *_share(same[nearest & held_out])]
        cells += [*_share(same[near & against]), f"{(little >= cosine).mean():.0%}", f"{(turned >= cosine).mean():.0%}"]
        print("| " + " | ".join(cells) + " |", flush=True)


def _share(found: NDArray[np.bool_]) -> tuple[str, str]:
    return str(len(found)), f"{found.mean():.1%}" if len(found) else "–"


def _table(model: Model, corpus: list[LabelledReply]) -> Table:
    rows, vectors = [], []
    for reply in corpus:
        texts = [sentence.text for sentence in reply.sentences]
        for seen, sentence in zip(model.read(reply.disclosure, texts), reply.sentences, strict=True):
            if not sentence.unclear:
                read = frozenset(m for m, p in seen.probabilities.items() if p >= model.scales[m].threshold)
                is_held_out = reply.split != "train"
                rows.append((said(sentence.text, reply.disclosure), sentence.moves, read, reply.id, is_held_out))
                vectors.append(seen.vector)
    compared, codes, read_moves, replies, held_out = (list(column) for column in zip(*rows, strict=True))
    return Table(compared, codes, read_moves, replies, np.array(held_out), np.stack(vectors))


def _pairs(table: Table) -> Pairs:
    found = []
    for start in range(0, len(table.said), AT_ONCE):
        cosines = table.vectors[start : start + AT_ONCE] @ table.vectors.T
        for row, column in zip(*np.nonzero(cosines >= COSINES[0]), strict=True):
            follower = start + row
            other = table.reply[follower] != table.reply[column]
            if other and applies(table.said[column], table.said[follower], 1.0):
                found.append((follower, column, float(cosines[row, column])))
    follower, decided, cosine = zip(*found, strict=True)
    return Pairs(np.array(follower), np.array(decided), np.array(cosine))


def _is_nearest(pairs: Pairs) -> NDArray[np.bool_]:
    """Say of each pair whether no other decision is nearer to its follower; of equally near ones the last."""
    nearest: dict[int, int] = {}
    for place in np.argsort(pairs.cosine, kind="stable"):
        nearest[int(pairs.follower[place])] = int(place)
    chosen = np.zeros(len(pairs.cosine), dtype=bool)
    chosen[list(nearest.values())] = True
    return chosen


def _changed(model: Model, corpus: list[LabelledReply], changes: Callable[[str], Iterator[str]]) -> NDArray[np.float64]:
    """Give how near each changed sentence is to itself, or 0 where the conditions forbid that it follows."""
    cosines = []
    for reply in corpus:
        if reply.split == "train":
            continue
        texts = [sentence.text for sentence in reply.sentences]
        for place, seen in enumerate(model.read(reply.disclosure, texts)):
            for text in changes(texts[place]):
                around = [*texts[:place], text, *texts[place + 1 :]]
                again = model.read(reply.disclosure, around)[place]
                may = applies(said(texts[place], reply.disclosure), said(text, reply.disclosure), 1.0)
                cosines.append(float(seen.vector @ again.vector) if may else 0.0)
    return np.array(cosines)


def _little_changes(text: str) -> Iterator[str]:
    words = text.split()
    yield re.sub(r"[^\w\s]", "", text.lower())
    yield _replaced(text, SHORT_FORMS)
    yield f"honestly, {text}"
    yield text.rstrip(".") + " tbh"
    longest = max(words, key=len)
    if len(longest) > 4:
        middle = len(longest) // 2
        slip = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
        yield text.replace(longest, slip, 1)


def _turned_round(text: str) -> Iterator[str]:
    for pattern, instead in (*TAKE_AWAY, *PUT_IN):
        turned = re.sub(pattern, instead, text, count=1, flags=re.IGNORECASE)
        if turned != text:
            yield turned
            return


def _replaced(text: str, forms: tuple[tuple[str, str], ...]) -> str:
    for pattern, instead in forms:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    return text


if __name__ == "__main__":
    main()
