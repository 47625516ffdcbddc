"""What practice keeps: scenarios, and the conversations that learners practised."""

from alongside.practice.models.attempt import Attempt, DifferentView, Turn
from alongside.practice.models.scenario import Scenario

__all__ = ["Attempt", "DifferentView", "Scenario", "Turn"]
