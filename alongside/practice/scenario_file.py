"""A scenario as a text file that people write; the field names and codes are those of ``scenario_data``."""

from alongside.core.story import Scenario, problems
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.review.files import OneLine, read_file, write_file
from alongside.review.shape import DataError


def read_scenario(text: str, name: str) -> Scenario:
    """Give the scenario that a file's ``text`` holds; ``name``, such as its path, is for the messages.

    Raises ``ContentFileError`` with every error and its line: a file that is YAML is checked for its shape, and one of
    the right shape for ``core.story.problems``.
    """
    return read_file(text, name, _told)


def write_scenario(scenario: Scenario) -> str:
    """Give the text of a file that ``read_scenario`` reads as this same scenario.

    It looks the same whatever the scenario was read from; comments are not kept.
    """
    data = scenario_to_data(scenario)
    for beat in data["beats"]:
        for rule in beat["rules"]:
            rule["when"] = OneLine(rule["when"])
    return write_file(data)


def _told(data: object) -> Scenario:
    scenario = scenario_from_data(data)
    if found := problems(scenario):
        raise DataError(found)
    return scenario
