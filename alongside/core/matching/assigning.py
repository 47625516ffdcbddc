"""Whom could a waiting list reach now, if each ally takes no more people than she has room for?

An assignment of least cost (SciPy's LAPJVsp, a sparse Jonker–Volgenant algorithm), in which three things count one
after the other: as many asks as possible, those that have waited longest, the highest sum of scores. A place with
nobody has a price for each ask, higher than all scores together and rising with the wait. That the longest waiting come
first for no ask fewer is no accident of the prices: the sets of asks that can be reached together are a matroid, in
which the dearest set is also the largest, and the same for all prices in the same order (Edmonds and Fulkerson 1965).

All prices are whole numbers, and exact while their sums stay below 2⁵³: for some ten thousand asks at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from alongside.core.matching.fitting import HIGHEST, Scored, best, score, why_not
from alongside.core.matching.wishes import Ask, Candidate


@dataclass(frozen=True)
class Waiting:
    """An ask that waits, and for how many ``hours``; from 0."""

    id: UUID
    ask: Ask
    hours: float


def assign(waiting: Sequence[Waiting], candidates: Iterable[Candidate]) -> dict[UUID, UUID | None]:
    """Give for each ask that waits, by its id, an ally or ``None``; each ask and each ally comes in once, in any order.

    Nobody gets an ally whom a shortlist for her could not hold, no ally more people than ``capacity - load``. Every
    pair of ask and ally is looked at, so a long list is for the tick, not for a page (``bench/matching.py``).
    """
    if not waiting:
        return {}
    asks = sorted(waiting, key=lambda one: one.id)
    allies = list(candidates)
    fitting = [_fitting(one.ask, allies, len(asks)) for one in asks]
    places = _places(fitting)
    ally_of = {place: ally for ally, its in places.items() for place in its}
    taken = _cheapest(fitting, places, _prices_of_nobody(asks))
    return {one.id: ally_of.get(place) for one, place in zip(asks, taken, strict=True)}


def _fitting(ask: Ask, allies: Iterable[Candidate], at_most: int) -> list[Scored]:
    """Give the best allies for one ask. With as many as there are asks, a better one is always left to turn to."""
    found = [(score(ask, ally), ally) for ally in allies if why_not(ask, ally) is None]
    return found if len(found) <= at_most else best(ask, found, at_most)


def _places(fitting: Sequence[Sequence[Scored]]) -> dict[UUID, list[int]]:
    """Number the places with each ally, one for each person whom she has room for, those of all asks at most."""
    allies = {ally.id: ally for row in fitting for _, ally in row}
    numbers = count()
    return {
        ally.id: [next(numbers) for _ in range(min(ally.capacity - ally.load, len(fitting)))]
        for ally in sorted(allies.values(), key=lambda one: one.id)
    }


def _prices_of_nobody(asks: Sequence[Waiting]) -> list[int]:
    """Give what it costs to leave each ask waiting: a multiple of more than all scores together."""
    step = len(asks) * (HIGHEST + 1) + 1
    order = {hours: place for place, hours in enumerate(sorted({one.hours for one in asks}), 1)}
    return [order[one.hours] * step for one in asks]


def _cheapest(fitting: Sequence[Sequence[Scored]], places: dict[UUID, list[int]], nobody: Sequence[int]) -> list[int]:
    """Give the place that each row takes; those from the number of all places on are with nobody."""
    from scipy.sparse import csr_array  # their import takes a moment that a shortlist need not wait for
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    first_nobody = sum(map(len, places.values()))
    rows, columns, prices = [], [], []
    for row, allies in enumerate(fitting):
        for points, ally in allies:
            its = places[ally.id]
            rows += [row] * len(its)
            columns += its
            prices += [HIGHEST + 1 - points] * len(its)  # never 0, which a sparse matrix would drop
        rows.append(row)
        columns.append(first_nobody + row)
        prices.append(nobody[row])
    shape = (len(fitting), first_nobody + len(fitting))
    graph = csr_array((prices, (rows, columns)), shape=shape, dtype=float)
    _, taken = min_weight_full_bipartite_matching(graph)  # rows come back in their order
    return [int(place) for place in taken]
