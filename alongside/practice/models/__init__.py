"""What practice keeps: scenarios, and the conversations that learners practised."""

from alongside.practice.models.attempt import Attempt, DifferentView, Turn
from alongside.practice.models.drill import Drill, DrillAnswer
from alongside.practice.models.scenario import Scenario
from alongside.practice.models.showing import PracticeRead

__all__ = ["Attempt", "DifferentView", "Drill", "DrillAnswer", "PracticeRead", "Scenario", "Turn"]
