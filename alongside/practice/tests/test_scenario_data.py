"""A scenario as plain data, as an attempt pins it and the editor gives it."""

import json

import pytest
from hypothesis import given, settings

from alongside.core.story import problems
from alongside.core.tests.stories import SMALL, scenarios
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.review.kinds import fingerprint
from alongside.review.shape import DataError


@settings(deadline=None)
@given(scenarios())
def test_data_that_went_through_json_is_the_same_scenario(scenario):
    data = json.loads(json.dumps(scenario_to_data(scenario)))

    assert scenario_from_data(data) == scenario
    assert scenario_to_data(scenario_from_data(data)) == data


def test_line_ends_from_a_browser_make_no_other_scenario():
    data = scenario_to_data(SMALL)
    data["beats"][0]["says"] = "hey \r\nyou up?\r\n"

    assert scenario_from_data(data).beats[0].says == "hey\nyou up?"


def test_codes_stand_in_the_order_of_the_manual_whatever_order_they_were_written_in():
    data = scenario_to_data(SMALL)
    data["beats"][0]["rules"][0]["when"] = {"move": ["help", "warmth", "feeling"]}

    again = scenario_to_data(scenario_from_data(data))

    assert again["beats"][0]["rules"][0]["when"] == {"move": ["warmth", "feeling", "help"]}


@settings(deadline=None)
@given(scenarios(), scenarios())
def test_two_scenarios_have_one_fingerprint_exactly_when_they_are_the_same(one, other):
    assert (fingerprint(scenario_to_data(one)) == fingerprint(scenario_to_data(other))) == (one == other)


def test_a_fingerprint_stays_what_it_was_when_files_come_to_be_laid_out_otherwise():
    """Were it another one day, an update would take every scenario for changed by staff, and leave it alone."""
    assert fingerprint(scenario_to_data(SMALL)) == "4b3026632451ce84d5d13bed5bd648d570389809a0094d00e09930f856d34663"


@pytest.mark.parametrize("data", [None, [], "words", {}, {"beats": 3}, {"beats": [None]}, {"patience": True}])
def test_data_that_is_no_scenario_is_refused_with_its_problems(data):
    with pytest.raises(DataError) as raised:
        scenario_from_data(data)

    assert raised.value.problems
    assert "This is needed" in str(raised.value) or "This must hold names with values" in str(raised.value)


def test_data_is_checked_for_its_shape_only():
    data = scenario_to_data(SMALL)
    data["opening"] = "elsewhere"

    assert problems(scenario_from_data(data))


@pytest.mark.parametrize("trust", [True, 1.0, "1.0", "", None, "١"])
def test_a_number_is_a_whole_number(trust):
    data = scenario_to_data(SMALL)
    data["beats"][0]["rules"][0]["trust"] = trust

    with pytest.raises(DataError, match="is not a whole number"):
        scenario_from_data(data)
