"""Who could walk with her? The allies who fit an ask best, each with why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from alongside.core.matching.fitting import LeftOut, Reasons, best, reasons, score, why_not
from alongside.core.matching.wishes import Ask, Candidate

SIZE = 3


@dataclass(frozen=True)
class Match:
    """An ally on a shortlist, and why. ``score``: for comparing only; it is shown to nobody."""

    id: UUID
    reasons: Reasons
    score: int = field(repr=False)


@dataclass(frozen=True)
class Shortlist:
    """Who fits best, best first; and of everybody who cannot be introduced, why.

    Who is in neither could be introduced, but others fit better. ``left_out`` is for counting; see ``LeftOut``.
    """

    matches: tuple[Match, ...]
    left_out: Mapping[UUID, LeftOut] = field(repr=False)


def shortlist(ask: Ask, candidates: Iterable[Candidate], size: int = SIZE) -> Shortlist:
    """Give up to ``size`` allies (from 1) for an ask; each ally is in ``candidates`` once, in any order.

    The same ask and allies always give the same list. Every ally is looked at once, and memory and time grow with
    their number (``bench/matching.py``). Raises ``ValueError`` for a ``size`` below 1.
    """
    if size < 1:
        raise ValueError("A shortlist has room for one ally at least.")
    left_out: dict[UUID, LeftOut] = {}
    fitting = []
    for ally in candidates:
        reason = why_not(ask, ally)
        if reason is None:
            fitting.append((score(ask, ally), ally))
        else:
            left_out[ally.id] = reason
    matches = (Match(ally.id, reasons(ask, ally), points) for points, ally in best(ask, fitting, size))
    return Shortlist(tuple(matches), left_out)
