"""What a shortlist costs from 10 to 20,000 allies, and whom a waiting list reaches.

Run: ``python -m bench.matching``; about a minute on one core. Allies and asks are drawn at random, always the same: an
ally does 3 of 12 topics well, speaks one or two of four languages, is there 20 hours a week; one in ten is paused and
about a third full; an ask names up to three topics and 12 hours. Prints a table for the shortlist, and one for each
waiting list. Times are those of the machine that it runs on; the ratios are what to compare.

- *shortlist*: the same 20 asks of the same 20,000 allies, in circles of 10 to 20,000; the least of three rounds. The
  cost of each ally stands beside that in circles of 10 and of 1,000: where the ratio stays at 1, a shortlist costs more
  as there are more allies, and no faster. *Sorting everybody*: a lot and reasons for each who fits, then one sort, the
  plain way to do it. *All alike*: a shortlist where everybody fits equally, so that a lot is drawn for each.
- *assignment*: asks that wait, each ally with room for one; how many are reached, the sum of their scores, and the
  time. Beside it *first come*: the longest waiting takes whom she fits best, then the next. And SciPy's dense solver,
  which counts on nothing but the table of prices and so says whether the sum is the best there is.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter
from uuid import UUID

import numpy as np
from scipy.optimize import linear_sum_assignment

from alongside.core.matching import Ask, Candidate, Match, Waiting, Wish, assign, shortlist, why_not
from alongside.core.matching.fitting import HIGHEST, best, reasons, score

TOPICS = tuple(f"topic-{number}" for number in range(12))
LANGUAGES = ("en", "es", "pl", "ro")
SIZES = (10, 100, 1_000, 5_000, 20_000)
ROUNDS = 3
ASKS = 20
WAITING = (100, 500)


def main() -> None:
    """Measure and print."""
    chance = random.Random(1)
    allies = [_ally(chance) for _ in range(max(SIZES))]
    _shortlists(allies, [_ask(chance) for _ in range(ASKS)])
    for number in WAITING:
        _assignment([Waiting(_id(chance), _ask(chance), chance.randrange(900)) for _ in range(number)], allies[:number])


def _shortlists(allies: Sequence[Candidate], asks: Sequence[Ask]) -> None:
    alike = [replace(allies[0], id=ally.id, capacity=1, load=0, is_paused=False) for ally in allies]
    anybody = [replace(_anything(ask), languages=alike[0].languages) for ask in asks]
    print("| allies | a shortlist, ms | for each ally, µs | to 10 | to 1,000 | sorting everybody, ms | all alike, ms |")
    print("|---" * 7 + "|")
    ours = {size: _for_each_ally(shortlist, asks, allies, size) for size in SIZES}
    for size, each in ours.items():
        cells = [f"{size:,}", f"{each * size * 1e3:.2f}", f"{each * 1e6:.2f}"]
        cells += [f"{each / ours[small]:.2f}" for small in (10, 1_000)]
        cells += [f"{_for_each_ally(_sorting_everybody, asks, allies, size) * size * 1e3:.2f}"]
        cells += [f"{_for_each_ally(shortlist, anybody, alike, size) * size * 1e3:.2f}"]
        print("| " + " | ".join(cells) + " |", flush=True)


def _for_each_ally(
    way: Callable[[Ask, Sequence[Candidate]], object], asks: Sequence[Ask], allies: Sequence[Candidate], size: int
) -> float:
    """Give the seconds that one ally costs in circles of ``size``, the least of all rounds."""
    circles = [allies[start : start + size] for start in range(0, len(allies), size)]

    def seconds() -> float:
        start = perf_counter()
        for ask in asks:
            for circle in circles:
                way(ask, circle)
        return perf_counter() - start

    return min(seconds() for _ in range(ROUNDS)) / len(asks) / len(allies)


def _sorting_everybody(ask: Ask, circle: Sequence[Candidate]) -> list[Match]:
    fitting = [(score(ask, ally), ally) for ally in circle if why_not(ask, ally) is None]
    return [Match(ally.id, reasons(ask, ally), points) for points, ally in best(ask, fitting, len(circle))][:3]


def _assignment(waiting: Sequence[Waiting], circle: Sequence[Candidate]) -> None:
    allies = [replace(ally, capacity=1, load=0) for ally in circle]
    print(f"\n| {len(waiting)} asks, {len(allies)} allies | reached | sum of scores | ms |\n|---|---|---|---|")
    for name, way in (("assignment", assign), ("first come", _first_come), ("dense solver", _dense)):
        start = perf_counter()
        found = way(waiting, allies)
        took = perf_counter() - start
        ally_of = {ally.id: ally for ally in allies}
        pairs = [(one.ask, ally_of[ally]) for one in waiting if (ally := found[one.id])]
        print(f"| {name} | {len(pairs)} | {sum(score(*pair) for pair in pairs):,} | {took * 1e3:.0f} |", flush=True)


def _first_come(waiting: Sequence[Waiting], allies: Sequence[Candidate]) -> dict[UUID, UUID | None]:
    free, found = list(allies), {}
    for one in sorted(waiting, key=lambda one: -one.hours):
        matches = shortlist(one.ask, free, 1).matches
        found[one.id] = matches[0].id if matches else None
        free = [ally for ally in free if ally.id != found[one.id]]
    return found


def _dense(waiting: Sequence[Waiting], allies: Sequence[Candidate]) -> dict[UUID, UUID | None]:
    order = {hours: place for place, hours in enumerate(sorted({one.hours for one in waiting}), 1)}
    nobody = np.array([order[one.hours] * (len(waiting) * HIGHEST + 1) for one in waiting], dtype=float)
    prices = np.repeat(nobody[:, None], len(allies) + len(waiting), axis=1)
    for row, one in enumerate(waiting):
        for column, ally in enumerate(allies):
            if why_not(one.ask, ally) is None:
                prices[row, column] = HIGHEST - score(one.ask, ally)
    rows, columns = linear_sum_assignment(prices)
    is_reached = prices[rows, columns] < nobody
    return {
        one.id: allies[column].id if reached else None
        for one, column, reached in zip(waiting, columns, is_reached, strict=True)
    }


def _ally(chance: random.Random) -> Candidate:
    capacity = chance.randint(1, 4)
    return Candidate(
        id=_id(chance),
        topics=frozenset(chance.sample(TOPICS, 3)),
        languages=_languages(chance),
        is_woman=chance.random() < 0.8,
        may_count_as_been_there=chance.random() < 0.2,
        hours=frozenset(chance.sample(range(168), 20)),
        capacity=capacity,
        load=chance.randint(0, capacity),
        is_paused=chance.random() < 0.1,
        conversations_before=chance.randint(0, 5),
        free_since=chance.uniform(0, 2_000),
    )


def _ask(chance: random.Random) -> Ask:
    return Ask(
        topics=tuple(chance.sample(TOPICS, chance.randint(0, 3))),
        languages=_languages(chance),
        woman=chance.choice(list(Wish)),
        been_there=chance.choice(list(Wish)),
        hours=frozenset(chance.sample(range(168), 12)),
        excluded=frozenset(),
        seed=chance.randbytes(16),
    )


def _anything(ask: Ask) -> Ask:
    return replace(ask, topics=(), woman=Wish.NO, been_there=Wish.NO, hours=frozenset())


def _languages(chance: random.Random) -> frozenset[str]:
    return frozenset(chance.choices(LANGUAGES, weights=(6, 2, 1, 1), k=chance.randint(1, 2)))


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


if __name__ == "__main__":
    main()
