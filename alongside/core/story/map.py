"""A scenario as a map: where its beats, endings and the labels of what leads from one to another stand on a sheet.

A layered drawing from top to bottom (Sugiyama, Tagawa and Toda 1981). Beats lie in layers by their longest way from
the opening, endings on the last one. What leads on has its label in the gap under its beat; where it passes other
layers it runs down a lane, and all that leads to one place shares the lane. No chance is in it: the same scenario
always gives the same map.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from alongside.core.story.placing import Item, Size, spread, untangle
from alongside.core.story.scenario import Scenario
from alongside.core.story.ways import Passage, first_of_each_key, passages

ROW_GAP = 34
MARGIN = 12


class Sort(StrEnum):
    """What stands at a place of the map."""

    BEAT = "beat"
    ENDING = "ending"
    NOWHERE = "nowhere"
    """A key that something leads to, and nothing has."""


@dataclass(frozen=True)
class Box:
    """A rectangle: its left and top edge, width and height, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Where its middle stands, from the left."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Where its lower edge stands."""
        return self.y + self.height


@dataclass(frozen=True)
class Stop:
    """A beat, an ending or a key without either, and its box. ``is_reached``: something leads there, or it opens."""

    key: str
    sort: Sort
    box: Box
    is_reached: bool


@dataclass(frozen=True)
class Road:
    """A passage, the box of its label, and the line as points from its beat to where it leads.

    Roads to the same place run together, so a line may end where another goes on: ``arrives`` says whether it is the
    one that reaches the place.
    """

    passage: Passage
    label: Box
    line: tuple[tuple[int, int], ...]
    arrives: bool


@dataclass(frozen=True)
class Map:
    """A sheet of this width and height with all stops and roads of a scenario on it; no boxes overlap."""

    width: int
    height: int
    stops: tuple[Stop, ...]
    roads: tuple[Road, ...]


def draw(scenario: Scenario, stop_size: Callable[[str], Size], label_size: Callable[[Passage], Size]) -> Map:
    """Give the map of a scenario, which may be a draft that cannot be told.

    ``stop_size``: gives width and height of the box for a key; ``label_size``: of the label of a passage. In pixels,
    at least 1.
    """
    sheet = _Sheet(scenario, stop_size, label_size)
    return sheet.drawn()


class _Sheet:
    """The drawing while it is made. Rows of stops have even numbers, the gaps between them, with labels, odd ones."""

    def __init__(
        self, scenario: Scenario, stop_size: Callable[[str], Size], label_size: Callable[[Passage], Size]
    ) -> None:
        self.scenario = scenario
        self.passages = passages(scenario)
        self.sorts = _sorts(scenario, self.passages)
        self.row_of_stop = _rows(scenario, self.sorts, self.passages)
        self.rows: list[list[Item]] = [[] for _ in range(max(self.row_of_stop.values(), default=0) + 1)]
        self.below: dict[Item, list[Item]] = {}
        self.above: dict[Item, list[Item]] = {}
        self.sizes: dict[Item, Size] = {}
        for key, row in self.row_of_stop.items():
            self._put(("stop", key), row, stop_size(key))
        self.ways = {passage: self._lay(passage, label_size(passage)) for passage in self.passages}

    def drawn(self) -> Map:
        """Give the finished map."""
        untangle(self.rows, self.above, self.below)
        centres = spread(self.rows, self.above, self.below, self.sizes)
        boxes, ends = self._boxes(centres)
        return Map(
            width=max((box.x + box.width for box in boxes.values()), default=0) + MARGIN,
            height=(ends[-1][1] if ends else 0) + MARGIN,
            stops=tuple(Stop(key, sort, boxes["stop", key], self._is_reached(key)) for key, sort in self.sorts.items()),
            roads=tuple(self._roads(boxes, ends)),
        )

    def _put(self, item: Item, row: int, size: Size) -> Item:
        if item not in self.sizes:
            self.sizes[item] = size
            self.rows[row].append(item)
        return item

    def _lay(self, passage: Passage, size: Size) -> list[Item]:
        """Lay what a passage runs through, from its beat to its target; what it shares with others is there once."""
        source, target = ("stop", passage.source), ("stop", passage.target)
        start, end = self.row_of_stop[passage.source], self.row_of_stop[passage.target]
        step = 1 if end > start else -1
        label = self._put(("label", passage.source, passage.target), start + step, size)
        lane = (passage.target,) if step > 0 else (passage.target, passage.source)
        pieces = [self._put(("lane", *lane, str(row)), row, (1, 1)) for row in range(start + 2 * step, end, step)]
        way: list[Item] = [source, label, *pieces, target]
        for one, other in pairwise(way):
            upper, lower = (one, other) if step > 0 else (other, one)
            if lower not in self.below.setdefault(upper, []):
                self.below[upper].append(lower)
                self.above.setdefault(lower, []).append(upper)
        return way

    def _is_reached(self, key: str) -> bool:
        return key == self.scenario.opening or any(passage.target == key for passage in self.passages)

    def _boxes(self, centres: Mapping[Item, float]) -> tuple[dict[Item, Box], list[tuple[int, int]]]:
        """Give the box of each item, and where each row begins and ends."""
        left = min((centre - self.sizes[item][0] / 2 for item, centre in centres.items()), default=0) - MARGIN
        boxes: dict[Item, Box] = {}
        ends: list[tuple[int, int]] = []
        top = MARGIN
        for row in self.rows:
            bottom = top + max((self.sizes[item][1] for item in row), default=0)
            for item in row:
                width, height = self.sizes[item]
                x = round(centres[item] - left - width / 2)
                y = (top + bottom - height) // 2 if item[0] == "label" else top
                boxes[item] = Box(x, y, width, height)
            ends.append((top, bottom))
            top = bottom + ROW_GAP
        return boxes, ends

    def _roads(self, boxes: Mapping[Item, Box], ends: Sequence[tuple[int, int]]) -> Iterable[Road]:
        row_of = {item: number for number, row in enumerate(self.rows) for item in row}
        laid: set[Item] = set()
        for passage in self.passages:
            way = self.ways[passage]
            goes_down = row_of[way[-1]] > row_of[way[0]]
            line = [self._leaves_at(way[0], way[1], boxes, goes_down=goes_down)]
            for item in way[1:]:
                line += self._passes(item, boxes[item], ends[row_of[item]], goes_down=goes_down)
                if item in laid:
                    break
                if item[0] == "lane":
                    laid.add(item)
            arrives = item == way[-1]
            yield Road(passage, boxes[way[1]], tuple(line if not arrives else line[:-1]), arrives)

    def _leaves_at(self, stop: Item, label: Item, boxes: Mapping[Item, Box], *, goes_down: bool) -> tuple[int, int]:
        """Give where a line leaves its beat: those of one side stand beside each other, in the order of the labels."""
        beat = boxes[stop]
        beside = [each for each in (self.below if goes_down else self.above).get(stop, ()) if each[:2] == label[:2]]
        beside.sort(key=lambda each: boxes[each].middle)
        share = (beside.index(label) + 1) / (len(beside) + 1)
        return beat.x + round(beat.width * share), beat.bottom if goes_down else beat.y

    @staticmethod
    def _passes(item: Item, box: Box, ends: tuple[int, int], *, goes_down: bool) -> list[tuple[int, int]]:
        """Give where a line comes to an item and where it leaves it."""
        top, bottom = ends if item[0] == "lane" else (box.y, box.bottom)
        points = [(box.middle, top), (box.middle, bottom)]
        return points if goes_down else points[::-1]


def _sorts(scenario: Scenario, roads: Iterable[Passage]) -> dict[str, Sort]:
    """Give everything that has a place on the map. Of a beat and an ending with one key, the beat counts."""
    sorts = {beat.key: Sort.BEAT for beat in first_of_each_key(scenario)}
    for ending in scenario.endings:
        sorts.setdefault(ending.key, Sort.ENDING)
    for road in roads:
        sorts.setdefault(road.target, Sort.NOWHERE)
    return sorts


def _rows(scenario: Scenario, sorts: Mapping[str, Sort], roads: Sequence[Passage]) -> dict[str, int]:
    """Give the row of each key: beats by their longest way from the opening, all else on the last row.

    Where the story can come back to a beat, the way back does not count.
    """
    beats = [key for key, sort in sorts.items() if sort is Sort.BEAT]
    onward: dict[str, list[str]] = {key: [] for key in beats}
    for road in roads:
        if sorts[road.target] is Sort.BEAT:
            onward[road.source].append(road.target)
    order, back = _from_last_to_first([scenario.opening, *beats], onward)
    layers = dict.fromkeys(beats, 0)
    for key in reversed(order):
        for target in onward[key]:
            if (key, target) not in back:
                layers[target] = max(layers[target], layers[key] + 1)
    last = max(layers.values(), default=-1) + 1
    return {key: 2 * layers.get(key, last) for key in sorts}


def _from_last_to_first(
    starts: Iterable[str], onward: Mapping[str, Sequence[str]]
) -> tuple[list[str], set[tuple[str, str]]]:
    """Search in depth: give every key after all that it leads to, and the pairs that lead back to where one was."""
    order: list[str] = []
    back: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for start in starts:
        if start in seen or start not in onward:
            continue
        seen.add(start)
        path = [(start, iter(onward[start]))]
        while path:
            key, ahead = path[-1]
            for target in ahead:
                if target not in seen:
                    seen.add(target)
                    path.append((target, iter(onward[target])))
                    break
                if any(target == earlier for earlier, _ahead in path):
                    back.add((key, target))
            else:
                order.append(key)
                path.pop()
    return order, back
