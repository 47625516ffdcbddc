"""Who of the staff may do what with scenarios and drills in the editor."""

from typing import Any

from alongside.practice.models import Drill, Scenario
from alongside.review.permissions import let_staff_edit


def give_staff_permissions(**kwargs: Any) -> None:
    """Let staff edit scenarios and drills, after each migration; safe to run twice."""
    let_staff_edit(Scenario, Drill)
