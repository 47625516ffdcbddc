"""Reads the network's outputs on the development split: calibration, and where a move is shown."""

from itertools import product

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from alongside.core.rating.model import Scale
from alongside.core.rating.moves import LEAN_IN, PULL_BACK, Family, Move
from training.measures import falsely_accused, score

MOST_ACCUSED = 0.06
"""The largest share of replies wholly leaning in that may be shown a pull-back on the development split."""
AS_GOOD = 0.01
"""Differences of macro-F1 on the development split that are not worth a higher threshold."""
THRESHOLDS = np.arange(0.20, 0.61, 0.05)


def calibrate(outputs: NDArray[np.float64], true: NDArray[np.bool_], reply_of: list[str]) -> dict[Move, Scale]:
    """Set every move's calibration and threshold from outputs (logits, sentences × 18) on the development split."""
    fits = [_platt(outputs[:, column], true[:, column]) for column in range(len(Move))]
    probabilities = np.stack(
        [1 / (1 + np.exp(-(slope * outputs[:, column] + offset))) for column, (slope, offset) in enumerate(fits)],
        axis=1,
    )
    lean_in, pull_back = choose_thresholds(probabilities, true, reply_of)
    return {
        move: Scale(slope, offset, threshold, threshold / 2)
        for move, (slope, offset) in zip(Move, fits, strict=True)
        for threshold in (lean_in if move.family is Family.LEAN_IN else pull_back,)
    }


def choose_thresholds(
    probabilities: NDArray[np.float64], true: NDArray[np.bool_], reply_of: list[str]
) -> tuple[float, float]:
    """Give the probability from which a lean-in is shown, and that for a pull-back.

    Of all pairs with few falsely accused and a macro-F1 within ``AS_GOOD`` of the best, the lowest: on text unlike the
    development hand's the model is less sure of itself than it need be.

    Two for all, not one for each move: eighteen set on nine hundred sentences fit those sentences, and did worse on
    every other text that was tried. Calibration has put the moves on one scale.
    """
    found = []
    for lean_in, pull_back in product(THRESHOLDS.tolist(), THRESHOLDS.tolist()):
        shown = probabilities >= np.array([lean_in] * len(LEAN_IN) + [pull_back] * len(PULL_BACK))
        if falsely_accused(shown, true, reply_of)[0] <= MOST_ACCUSED:
            found.append((score(shown, true).macro_f1, lean_in, pull_back))
    best = max(found)[0]
    _, lean_in, pull_back = min(
        (one for one in found if one[0] >= best - AS_GOOD), key=lambda one: (one[1] + one[2], -one[0])
    )
    return lean_in, pull_back


def _platt(outputs: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[float, float]:
    fitted = LogisticRegression(C=10.0).fit(outputs[:, None], true)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
