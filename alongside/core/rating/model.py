"""The model: a small encoder that gives every move a probability for every sentence.

Its folder holds ``model.onnx``, ``tokenizer.json`` and ``model.json``, which names the two with their SHA-256 and
carries the version, the moves in the order of the outputs, and for each move the calibration and the thresholds that
were set on the development split. How it was made, and what it gets wrong, stands in ``MODEL_CARD.md`` beside it.

``model.onnx`` has two outputs: ``moves``, a logit for each, and ``vector``, the mean over the sentence's own tokens
after the first layer: what the sentence says, before the layers above make up their mind about what it does.
"""

import hashlib
import json
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from alongside.core.rating.encoding import Encoder
from alongside.core.rating.moves import Move
from alongside.core.rating.rating import ModelUnavailableError, Seen
from alongside.core.rating.runtime import InferenceSession, SessionOptions

SHIPPED = Path(__file__).parent / "data"

_chosen = SHIPPED
_loaded: dict[Path, "Model"] = {}
_loading = threading.Lock()


@dataclass(frozen=True)
class Scale:
    """How one move's output is read: ``probability = 1 / (1 + exp(-(slope * output + offset)))``.

    The move is shown at ``threshold`` or above; from ``doubt`` up to the threshold it cannot be ruled out.
    All of them are set on the development split (Platt 1999 for the calibration).
    """

    slope: float
    offset: float
    threshold: float
    doubt: float

    def probability(self, output: float) -> float:
        """Give the calibrated probability, from 0 to 1, for a raw output (a logit)."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.slope * output + self.offset))))


class Model:
    """A loaded model. Thread-safe; holds about 100 MB. Load it through ``load_model``, once per process."""

    def __init__(self, folder: Path) -> None:
        description = _checked_description(folder)
        self.version: str = description["version"]
        self.space = hashlib.sha256("".join(description["files"].values()).encode()).hexdigest()
        """Names the space of the vectors: two models with the same weights share it, whatever their versions say."""
        self.scales = {Move(code): Scale(**scale) for code, scale in description["moves"].items()}
        self._encoder = Encoder(folder / "tokenizer.json")
        options = SessionOptions()
        # Several web threads rate at the same time; each inference keeps to one.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def read(self, disclosure: str, sentences: Sequence[str]) -> list[Seen]:
        """Give every move's calibrated probability and the vector (384 numbers) of each sentence of a reply, in order.

        The sentences are read with their neighbours and the disclosure, one inference each: 8-bit arithmetic would give
        other figures to a sentence in other company.
        """
        return [self._see(*encoded) for encoded in self._encoder.encode(disclosure, sentences)]

    def _see(self, ids: list[int], types: list[int]) -> Seen:
        (moves,), (vector,) = self._session.run(
            ["moves", "vector"], {"ids": np.array([ids], dtype=np.int64), "types": np.array([types], dtype=np.int64)}
        )
        return Seen(
            {
                move: scale.probability(float(output))
                for (move, scale), output in zip(self.scales.items(), moves, strict=True)
            },
            vector / np.linalg.norm(vector),
        )


def choose_model(folder: Path) -> None:
    """Let the model in ``folder`` rate from now on in this process, in place of the one that ships."""
    global _chosen
    _chosen = folder


def load_model(folder: Path | None = None) -> Model:
    """Give the model in ``folder`` (the chosen one when ``None``), loading it on the first call only.

    Raises ``ModelUnavailableError`` when a file is missing or damaged.
    """
    place = folder or _chosen
    with _loading:
        if place not in _loaded:
            try:
                _loaded[place] = Model(place)
            except ModelUnavailableError:
                raise
            except Exception as error:  # whatever the run time makes of a file that it cannot read
                raise ModelUnavailableError(_sentence(place, f"cannot be loaded ({type(error).__name__})")) from error
        return _loaded[place]


def verify(folder: Path | None = None) -> None:
    """Check the model's files against their SHA-256 without loading them.

    Raises ``ModelUnavailableError`` with a sentence that says what to do.
    """
    _checked_description(folder or _chosen)


def _checked_description(folder: Path) -> dict[str, Any]:
    try:
        description: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
        for name, expected in description["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelUnavailableError(_sentence(folder / name, "is damaged"))
        if list(description["moves"]) != [move.value for move in Move]:
            raise ModelUnavailableError(_sentence(folder, "belongs to another version of Alongside"))
    except OSError as error:
        raise ModelUnavailableError(
            _sentence(Path(error.filename or folder), "is missing or cannot be read")
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnavailableError(_sentence(folder / "model.json", "is damaged")) from error
    return description


def _sentence(place: Path, what: str) -> str:
    return (
        f"The rating model {place} {what}. "
        "Install Alongside again, or set ALONGSIDE_MODEL to a folder with a whole model."
    )
