"""The map of a scenario: everything has a place, once, and nothing lies on anything else."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.story import Change, Scenario
from alongside.core.story.map import Box, Map, Sort, draw
from alongside.core.story.ways import passages, stays
from alongside.core.tests.stories import HELLO, SECRET, SHIPPED, SMALL, STAYS, leaning_in, scenarios, small, when


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.bottom and other.y < one.bottom
    )


def drawn(scenario: Scenario, broad: int = 120, high: int = 50) -> Map:
    return draw(scenario, lambda key: (broad, high + len(key)), lambda passage: (90, 18 * len(passage.ways)))


def check(scenario: Scenario, sheet: Map) -> None:
    keys = [beat.key for beat in scenario.beats] + [ending.key for ending in scenario.endings]
    placed = [stop.key for stop in sheet.stops if stop.sort is not Sort.NOWHERE]
    assert sorted(placed) == sorted(keys)
    boxes = [stop.box for stop in sheet.stops] + [road.label for road in sheet.roads]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for box in boxes:
        assert 0 <= box.x <= box.x + box.width <= sheet.width
        assert 0 <= box.y <= box.bottom <= sheet.height
    box_of = {stop.key: stop.box for stop in sheet.stops}
    for road in sheet.roads:
        start, end = box_of[road.passage.source], box_of[road.passage.target]
        assert road.line[0][1] in (start.y, start.bottom)
        assert start.x <= road.line[0][0] <= start.x + start.width
        if road.arrives:
            assert road.line[-1] in ((end.middle, end.y), (end.middle, end.bottom))
        else:
            assert any(road.line[-1] in other.line for other in sheet.roads if other is not road)
    assert {road.passage.target for road in sheet.roads if road.arrives} == {
        road.passage.target for road in sheet.roads
    }


@given(scenarios(), st.integers(1, 300), st.integers(1, 200))
def test_everything_in_a_story_is_placed_once_and_nothing_overlaps(scenario, broad, high):
    check(scenario, drawn(scenario, broad, high))


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.source_id)
def test_the_stories_that_ship_go_from_top_to_bottom(scenario):
    sheet = drawn(scenario)
    check(scenario, sheet)
    box_of = {stop.key: stop.box for stop in sheet.stops}
    assert all(box_of[road.passage.source].bottom < box_of[road.passage.target].y for road in sheet.roads)
    assert min(sheet.stops, key=lambda stop: stop.box.y).key == scenario.opening
    assert all(stop.is_reached for stop in sheet.stops)


def test_the_same_story_gives_the_same_map():
    assert drawn(SHIPPED[0]) == drawn(SHIPPED[0])


def test_a_story_that_comes_back_is_drawn_with_a_way_up():
    back = replace(SECRET, rules=(*SECRET.rules, when(Change.STAYS, "hello")))
    sheet = drawn(small(secret=back))
    check(small(secret=back), sheet)
    (up,) = [road for road in sheet.roads if (road.passage.source, road.passage.target) == ("secret", "hello")]
    assert up.line[0][1] > up.line[-1][1]
    assert up.arrives


def test_a_draft_shows_its_dead_ends():
    lost = replace(HELLO, rules=(leaning_in("secrets"),))
    sheet = drawn(small(hello=lost))
    sorts = {stop.key: stop.sort for stop in sheet.stops}
    assert sorts["secrets"] is Sort.NOWHERE
    reached = {stop.key: stop.is_reached for stop in sheet.stops}
    assert (reached["hello"], reached["secrets"], reached["secret"]) == (True, True, False)


def test_a_draft_with_one_key_twice_and_a_beat_that_goes_to_itself_is_drawn():
    itself = replace(HELLO, otherwise=replace(STAYS, goto="hello"))
    scenario = replace(SMALL, beats=(itself, SECRET, replace(SECRET, key="hello")))
    assert sorted(stop.key for stop in drawn(scenario).stops) == ["gone", "hello", "quiet", "secret", "told"]
    assert "hello" not in {passage.target for passage in passages(scenario)}
    assert [way.place for way in stays(itself)] == [("otherwise",)]


def test_an_empty_draft_is_an_empty_sheet():
    sheet = drawn(replace(SMALL, beats=(), endings=()))
    assert (sheet.stops, sheet.roads) == ((), ())


def test_all_ways_between_two_places_are_one_road():
    (road,) = [each for each in passages(SMALL) if (each.source, each.target) == ("hello", "secret")]
    assert [way.place for way in road.ways] == [("rules", 1)]
    (gone,) = [each for each in passages(SMALL) if (each.source, each.target) == ("hello", "gone")]
    assert gone.ways[0].when == HELLO.rules[0].when
