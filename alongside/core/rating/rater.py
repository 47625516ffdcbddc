"""A reply in, its rating out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from alongside.core.rating.language import Language, languages_of
from alongside.core.rating.moves import Move
from alongside.core.rating.plain import has_words, plain
from alongside.core.rating.rating import Rating, Seen, Sentence, Verdict
from alongside.core.rating.safety import asks_plainly_about_suicide
from alongside.core.rating.splitting import Span, split
from alongside.core.rating.stance import stance_of

if TYPE_CHECKING:
    from alongside.core.rating.vector import Vector

_READ_CHARACTERS = 2000
"""More of one sentence, or of the disclosure, than the model has room for."""


class ScaleOfMove(Protocol):
    """From which probability on, from 0 to 1, a move is shown, and from which it cannot be ruled out."""

    @property
    def threshold(self) -> float: ...  # noqa: D102 - said by the class

    @property
    def doubt(self) -> float: ...  # noqa: D102


class ModelOfMoves(Protocol):
    """What ``rate`` asks of a model; ``alongside.core.rating.model.Model`` is one."""

    @property
    def version(self) -> str:
        """Names the weights and thresholds: two models of one version rate alike."""

    @property
    def scales(self) -> Mapping[Move, ScaleOfMove]:
        """The scale of every move."""

    def read(self, disclosure: str, sentences: Sequence[str]) -> list[Seen]:
        """Give what the model sees in each sentence of a reply."""


def rate(disclosure: str, reply: str | Sequence[str], *, model: ModelOfMoves | None = None) -> Rating:
    """Say what each sentence of ``reply`` does to the person who told ``disclosure``, and what the whole does.

    ``disclosure``: what she said; in a conversation, her last message. ``reply``: the answer as it was typed, which is
    split into sentences, or a sequence of sentences, each of which is kept exactly as it is. ``model``: the shipped one
    when ``None``. Thread-safe; the same words always get the same rating, in whatever company they are rated.

    Any string is rated, however long or broken, and comes back as it was given:

    - An empty or blank reply has no sentences, and is neutral; an empty sentence in a sequence is not rated.
    - Tags, control characters and lone surrogates count as white space; what then holds no letter or digit (emoji,
      "?!") is not rated, nor is what is surely not English.
    - The plain question after suicide is read as help, by a rule (``core.rating.safety``).
    - Every other sentence is rated; the model sees the beginning of one that is longer than about fifty words, which
      in a reply that was given as one string none is.

    Raises ``TypeError`` when ``disclosure`` or a sentence is not a string, ``ModelUnavailableError`` when the model
    cannot be loaded.
    """
    return rate_with_vectors(disclosure, reply, model=model)[0]


def rate_with_vectors(
    disclosure: str, reply: str | Sequence[str], *, model: ModelOfMoves | None = None
) -> "tuple[Rating, list[Vector | None]]":
    """Do as ``rate`` does, and give besides where each sentence stands in the model's own space.

    The vectors are of length 1; one that holds no words has none.
    """
    texts, spans = _sentences(reply)
    if not all(isinstance(text, str) for text in (disclosure, *texts)):
        raise TypeError("A disclosure and the sentences of a reply are strings.")
    if model is None:
        from alongside.core.rating.model import load_model  # and with it the run time, only when it is needed

        model = load_model()
    worded = [has_words(text) for text in texts]
    seen: Sequence[Seen | None] = [None] * len(texts)
    if any(worded):
        seen = model.read(plain(disclosure, _READ_CHARACTERS), [plain(text, _READ_CHARACTERS) for text in texts])
    sentences = tuple(
        _rated(text, span, found.probabilities, model)
        if found and has_word and language is not Language.OTHER
        else _unrated(text, span)
        for text, span, found, has_word, language in zip(texts, spans, seen, worded, languages_of(texts), strict=True)
    )
    rating = Rating(sentences, stance_of(move for sentence in sentences for move in sentence.moves), model.version)
    return rating, [found.vector if found and has_word else None for found, has_word in zip(seen, worded, strict=True)]


def _sentences(reply: str | Sequence[str]) -> tuple[list[str], list[Span]]:
    if isinstance(reply, str):
        spans = split(reply)
        return [reply[start:end] for start, end in spans], spans
    if isinstance(reply, bytes | bytearray | memoryview) or not isinstance(reply, Sequence):
        raise TypeError("A reply is a string or a sequence of strings.")
    spans, start = [], 0
    for text in reply:
        spans.append(Span(start, start + len(text) if isinstance(text, str) else start))
        start = spans[-1].end + 1
    return list(reply), spans


def _rated(text: str, span: Span, probabilities: Mapping[Move, float], model: ModelOfMoves) -> Sentence:
    if asks_plainly_about_suicide(text):
        return Sentence(text, *span, (Move.HELP,), probabilities, Verdict.RATED)
    moves = tuple(move for move in Move if probabilities[move] >= model.scales[move].threshold)
    doubtful = any(probabilities[move] >= model.scales[move].doubt for move in Move)
    verdict = Verdict.UNSURE if doubtful and not moves else Verdict.RATED
    return Sentence(text, *span, moves, probabilities, verdict)


def _unrated(text: str, span: Span) -> Sentence:
    return Sentence(text, *span, (), {}, Verdict.UNRATED)
