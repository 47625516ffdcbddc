"""A reply in, its rating out."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from alongside.core.rating.language import Language, languages_of
from alongside.core.rating.moves import Move
from alongside.core.rating.plain import has_words, plain
from alongside.core.rating.rating import Rating, Sentence, Verdict
from alongside.core.rating.splitting import Span, split
from alongside.core.rating.stance import stance_of

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

    def probabilities(self, disclosure: str, sentences: Sequence[str]) -> list[dict[Move, float]]:
        """Give each sentence of a reply the calibrated probability of every move, from 0 to 1."""


def rate(disclosure: str, reply: str | Sequence[str], *, model: ModelOfMoves | None = None) -> Rating:
    """Say what each sentence of ``reply`` does to the person who told ``disclosure``, and what the whole does.

    ``disclosure``: what she said; in a conversation, her last message. ``reply``: the answer as it was typed, which is
    split into sentences, or a sequence of sentences, each of which is kept exactly as it is. ``model``: the shipped one
    when ``None``. Thread-safe; the same words always get the same rating, in whatever company they are rated.

    Any string is rated, however long or broken, and comes back as it was given:

    - An empty or blank reply has no sentences, and is neutral; an empty sentence in a sequence is not rated.
    - Tags, control characters and lone surrogates count as white space; what then holds no letter or digit (emoji,
      "?!") is not rated, nor is what is surely not English.
    - Every sentence is rated; the model sees the beginning of one that is longer than about fifty words, which in a
      reply that was given as one string none is.

    Raises ``TypeError`` when ``disclosure`` or a sentence is not a string, ``ModelUnavailableError`` when the model
    cannot be loaded.
    """
    texts, spans = _sentences(reply)
    if not all(isinstance(text, str) for text in (disclosure, *texts)):
        raise TypeError("A disclosure and the sentences of a reply are strings.")
    if model is None:
        from alongside.core.rating.model import load_model  # and with it the run time, only when it is needed

        model = load_model()
    can_be_rated = [
        has_words(text) and language is not Language.OTHER
        for text, language in zip(texts, languages_of(texts), strict=True)
    ]
    probabilities: Sequence[Mapping[Move, float]] = [{}] * len(texts)
    if any(can_be_rated):
        read = [plain(text, _READ_CHARACTERS) for text in texts]
        probabilities = model.probabilities(plain(disclosure, _READ_CHARACTERS), read)
    sentences = tuple(
        _rated(text, span, given, model) if rated else _unrated(text, span)
        for text, span, given, rated in zip(texts, spans, probabilities, can_be_rated, strict=True)
    )
    return Rating(sentences, stance_of(move for sentence in sentences for move in sentence.moves), model.version)


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
    moves = tuple(move for move in Move if probabilities[move] >= model.scales[move].threshold)
    doubtful = any(probabilities[move] >= model.scales[move].doubt for move in Move)
    verdict = Verdict.UNSURE if doubtful and not moves else Verdict.RATED
    return Sentence(text, *span, moves, probabilities, verdict)


def _unrated(text: str, span: Span) -> Sentence:
    return Sentence(text, *span, (), {}, Verdict.UNRATED)
