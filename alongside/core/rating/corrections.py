"""What a person decided about a sentence goes before what the model reads: here, and where nearly the same is said.

How near is near was measured (``python -m bench.corrections``), for decisions that differ from the model's reading as
well as for all. In the space just before the moves, where sentences lie together that the model reads alike, a
decision that corrects a mistake spoils what lies around it: of the sentences of the development and the test hand that
stood there at 0.90 or more from one that the model misreads, 94 % were read rightly and 11 % bore its codes. So the
vectors come from the first layer, where sentences lie together that say nearly the same.

At ``NEAR``, with the conditions of ``follow``, all of the 13 sentences of the development and the test hand that would
follow their nearest neighbour in the corpus bear its codes, and 97 % of the 282 over all hands. Of small changes that
leave a sentence what it was (case and marks gone, "u" for "you", a word before or after it, a slip of the finger) 86 %
follow; with a "not" put in or taken away none does. Only seven pairs in all the corpus set a decision so near against
the model's reading. Five of them bear other codes, and three of these five are the very same words said to somebody
else: what was decided in one place can be wrong in another, which is why the page says whose view it is.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from alongside.core.rating.moves import Move
from alongside.core.rating.plain import level
from alongside.core.rating.rating import Rating, Sentence, Verdict
from alongside.core.rating.stance import stance_of
from alongside.core.rating.vector import Vector

NEAR = 0.92
"""From this cosine on, another sentence is nearly the same: 97 % of such pairs in the corpus bear the same codes."""
SAME = 0.80
"""From this cosine on, the same words are the same sentence. Below it, marks or capitals have made another of them."""
FEWEST_WORDS = 5
"""What has fewer words ("ok", "take care") does one thing here and another there. In the corpus, the same few words
in answer to something else bear other codes once in eight times."""

_APOSTROPHE = re.compile(r"['’`]")
_NO_WORD = re.compile(r"[\W_]+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|neither|nor|without|cannot|cant|dont|doesnt|didnt|isnt|arent|wasnt"
    r"|werent|wont|wouldnt|couldnt|shouldnt|hasnt|havent|hadnt|mustnt|neednt|aint)\b"
)


class Said(NamedTuple):
    """What is compared of a sentence beside its vector.

    ``words``: its bare words; ``told``: those of what it answers; ``negations``: how many of its words say no.
    """

    words: str
    told: str
    negations: int


@dataclass(frozen=True, eq=False)
class Decision:
    """A person decided which moves a sentence makes. ``moves`` are in the order of the manual, and may be none."""

    id: str
    moves: tuple[Move, ...]
    said: Said
    vector: Vector


def said(text: str, disclosure: str) -> Said:
    """Give what is compared of a sentence ``text`` in answer to ``disclosure``: neither case nor marks count."""
    words = _bare(text)
    return Said(words, _bare(disclosure), len(_NEGATION.findall(words)))


def follow(rating: Rating, disclosure: str, vectors: Sequence[Vector | None], decisions: Sequence[Decision]) -> Rating:
    """Let each sentence of a rated reply to ``disclosure`` follow the nearest decision that applies to it, if any.

    ``vectors``: of the sentences, in order, ``None`` for one that follows nobody; of length 1, and all of one space,
    the decisions' among them. ``decisions``: the oldest first; of equally near ones the newest is followed. One applies

    - to the same words, at a cosine of ``SAME`` or more, and
    - to other words at ``NEAR`` or more, where as many of them say no, unless the sentence is not rated;

    but to and from a sentence of fewer than ``FEWEST_WORDS`` words only in answer to the same words of hers. A sentence
    that follows is rated and carries the decision's id; the stance of the reply is made anew from all moves. Raises
    ``ValueError`` when there is not one vector or ``None`` for every sentence.
    """
    if len(vectors) != len(rating.sentences):
        raise ValueError(f"{len(vectors)} vectors for {len(rating.sentences)} sentences")
    if not decisions:
        return rating
    table = np.stack([decision.vector for decision in decisions])
    sentences = tuple(
        _followed(sentence, _nearest(sentence, said(sentence.text, disclosure), table @ vector, decisions))
        if vector is not None
        else sentence
        for sentence, vector in zip(rating.sentences, vectors, strict=True)
    )
    return replace(
        rating, sentences=sentences, stance=stance_of(move for sentence in sentences for move in sentence.moves)
    )


def applies(decided: Said, own: Said, cosine: float, *, is_rated: bool = True) -> bool:
    """Say whether what was decided about one sentence applies to another, as ``follow`` has it.

    ``is_rated``: whether the model rates the other one at all.
    """
    if own.told != decided.told and min(_number_of_words(own), _number_of_words(decided)) < FEWEST_WORDS:
        return False
    if own.words == decided.words:
        return cosine >= SAME
    return is_rated and cosine >= NEAR and own.negations == decided.negations


def _nearest(sentence: Sentence, own: Said, cosines: Vector, decisions: Sequence[Decision]) -> Decision | None:
    # Rounded, because the product of the same two vectors may differ in its last place.
    close = [(round(float(cosines[at]), 5), int(at)) for at in np.flatnonzero(cosines >= min(SAME, NEAR) - 1e-5)]
    for cosine, at in sorted(close, reverse=True):
        if applies(decisions[at].said, own, cosine, is_rated=sentence.verdict is not Verdict.UNRATED):
            return decisions[at]
    return None


def _number_of_words(one: Said) -> int:
    return len(one.words.split())


def _followed(sentence: Sentence, decision: Decision | None) -> Sentence:
    if decision is None:
        return sentence
    return replace(sentence, moves=decision.moves, verdict=Verdict.RATED, decision=decision.id)


def _bare(text: str) -> str:
    """Give the words of ``text`` in small letters, with single spaces between them and nothing else."""
    flat = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", level(text)).casefold())
    return " ".join(_NO_WORD.sub(" ", flat).split())
