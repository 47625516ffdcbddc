"""Where things stand in rows so that the lines between them are easy to follow.

The order in a row is by the mean place of the neighbours, swept down and up, and the best that came up is kept. The
places are the least squares of the lines' slants that keep the order and the distances.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

Item = tuple[str, ...]
"""What stands in a row: ("stop", key), ("label", source, target), or a piece of a lane, ("lane", …, row)."""
Size = tuple[int, int]
"""Width and height in pixels."""
Neighbours = Mapping[Item, Sequence[Item]]

SIDE_GAP = 26
LANE_GAP = 18
_SWEEPS = 12
_MOST_SWEEPS = 400
_STILL = 0.2


def untangle(rows: list[list[Item]], above: Neighbours, below: Neighbours) -> None:
    """Order each row, in place, so that few lines cross."""
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        numbers = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        neighbours = above if sweep % 2 == 0 else below
        for number in numbers:
            beside = rows[number - 1 if sweep % 2 == 0 else number + 1]
            place = {item: index for index, item in enumerate(beside)}
            wanted = {
                item: _mean([place[other] for other in neighbours.get(item, ())], own)
                for own, item in enumerate(rows[number])
            }
            rows[number].sort(key=wanted.__getitem__)
        if (crossings := _crossings(rows, below)) < fewest:
            best, fewest = [list(row) for row in rows], crossings
    rows[:] = best


def _crossings(rows: Sequence[Sequence[Item]], below: Neighbours) -> int:
    """Count the pairs of lines that cross between two rows."""
    total = 0
    for upper, lower in pairwise(rows):
        place = {item: index for index, item in enumerate(lower)}
        lines = [(index, place[to]) for index, item in enumerate(upper) for to in below.get(item, ())]
        total += sum(a < c and b > d for a, b in lines for c, d in lines)
    return total


def spread(
    rows: Sequence[Sequence[Item]], above: Neighbours, below: Neighbours, sizes: Mapping[Item, Size]
) -> dict[Item, float]:
    """Give the middle of each item, from anywhere: near its neighbours, in order, and with room in between."""
    offsets = _offsets(rows, sizes)
    centres = {item: offsets[item] - offsets[row[-1]] / 2 for row in rows for item in row}
    for sweep in range(_MOST_SWEEPS):
        before = dict(centres)
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wishes = [_wish(item, (*above.get(item, ()), *below.get(item, ())), centres) for item in row]
            shifted = [wanted - offsets[item] for item, (wanted, _weight) in zip(row, wishes, strict=True)]
            placed = _rising(shifted, [weight for _wanted, weight in wishes])
            centres.update({item: at + offsets[item] for item, at in zip(row, placed, strict=True)})
        if all(abs(at - before[item]) < _STILL for item, at in centres.items()):
            break
    return centres


def _offsets(rows: Sequence[Sequence[Item]], sizes: Mapping[Item, Size]) -> dict[Item, float]:
    """Give how far, at least, the middle of each item is from the middle of the first in its row."""
    offsets = {}
    for row in rows:
        offsets.update(dict.fromkeys(row[:1], 0.0))
        for left, right in pairwise(row):
            gap = LANE_GAP if "lane" in (left[0], right[0]) else SIDE_GAP
            offsets[right] = offsets[left] + (sizes[left][0] + sizes[right][0]) / 2 + gap
    return offsets


def _wish(item: Item, neighbours: Sequence[Item], centres: Mapping[Item, float]) -> tuple[float, float]:
    """Give where an item would stand best, and how much it matters: lanes run straight where they can."""
    pulls = [10.0 if item[0] == other[0] == "lane" else 1.0 for other in neighbours]
    if not pulls:
        return centres[item], 1.0
    return sum(pull * centres[other] for pull, other in zip(pulls, neighbours, strict=True)) / sum(pulls), sum(pulls)


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Give the numbers nearest to ``wanted`` by weighted squares that never fall (pool adjacent violators)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            heavy = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / heavy, heavy, before[2] + pool[2])
        pools.append(pool)
    return [value for value, _weight, number in pools for _ in range(number)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
