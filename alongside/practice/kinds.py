"""The kinds of content of this room, as files and rows."""

from alongside.practice.drill_data import drill_from_data
from alongside.practice.models import Drill, Scenario
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.practice.scenario_file import read_scenario, write_scenario
from alongside.review.files import read_file
from alongside.review.kinds import Kind
from alongside.review.shape import Data


class ScenarioKind(Kind[Scenario]):
    """Scenarios."""

    folder = "scenarios"
    model = Scenario

    def read(self, text: str, name: str) -> Data:
        """Give the data of a scenario that can be told."""
        return scenario_to_data(read_scenario(text, name))

    def write(self, data: Data) -> str:
        """Give the text of a scenario's file."""
        return write_scenario(scenario_from_data(data))


class DrillKind(Kind[Drill]):
    """Drills."""

    folder = "drills"
    model = Drill

    def read(self, text: str, name: str) -> Data:
        """Give the data of a drill."""
        return read_file(text, name, drill_from_data)
