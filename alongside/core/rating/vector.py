"""Where a sentence stands in a model's own space."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""One row of numbers, of length 1: two vectors of one space are as near as their inner product, from -1 to 1."""
