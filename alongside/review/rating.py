"""What a reply does: as the model reads it, and as survivor leaders decided where they did.

Each process keeps the standing decisions at hand and asks before each rating which they are, so that a new one is
followed at once by every worker, and a withdrawn one no more. Vectors of two models are never compared: after the model
has changed, the first rating places the decisions anew, about 5 milliseconds for each, and stores that.
"""

from collections.abc import Iterable
from uuid import UUID

import numpy as np

from alongside.core.rating import Rating, rate_with_vectors
from alongside.core.rating.corrections import Decision, follow, said
from alongside.core.rating.model import Model, load_model
from alongside.core.rating.vector import Vector
from alongside.review.models import Correction

_STORED = np.dtype("<f4")
_at_hand: dict[tuple[UUID, str], Decision] = {}


def rate(disclosure: str, reply: str) -> Rating:
    """Say what each sentence of ``reply`` to ``disclosure`` does, and what the whole does.

    A sentence that follows a survivor leader's decision carries the correction's id. Raises ``ModelUnavailableError``
    when the model cannot be loaded. Call it outside of transactions: it takes its time, and after the model has changed
    it writes.
    """
    model = load_model()
    rating, vectors = rate_with_vectors(disclosure, reply, model=model)
    return follow(rating, disclosure, vectors, _standing_decisions(model))


def stored(vector: Vector) -> bytes:
    """Give a vector as a correction keeps it."""
    return vector.astype(_STORED).tobytes()


def _standing_decisions(model: Model) -> list[Decision]:
    global _at_hand
    known = _at_hand
    keys = [(pk, model.space) for pk in Correction.objects.standing().values_list("pk", flat=True)]
    missing = [pk for pk, space in keys if (pk, space) not in known]
    if missing or len(known) > len(keys):
        fresh = {(each.pk, model.space): _decision(each, model) for each in _found(missing)}
        _at_hand = known = {key: found for key in keys if (found := known.get(key) or fresh.get(key))}
    return [known[key] for key in keys if key in known]


def _found(ids: Iterable[UUID]) -> list[Correction]:
    return list(Correction.objects.filter(pk__in=ids))


def _decision(correction: Correction, model: Model) -> Decision:
    if correction.space != model.space:
        _place_anew(correction, model)
    vector = np.frombuffer(bytes(correction.vector), dtype=_STORED)
    return Decision(str(correction.pk), correction.decided_moves, said(correction.text, correction.disclosure), vector)


def _place_anew(correction: Correction, model: Model) -> None:
    old = correction.space
    _rating, (vector,) = rate_with_vectors(correction.disclosure, [correction.text], model=model)
    if vector is None:
        raise ValueError(f"{correction} holds no words")
    correction.space, correction.vector = model.space, stored(vector)
    Correction.objects.filter(pk=correction.pk, space=old).update(space=correction.space, vector=correction.vector)
