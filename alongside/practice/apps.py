"""Scenarios, and the conversations that learners practise."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PracticeApp(AppConfig):
    """Scenarios, and the conversations that learners practise."""

    name = "alongside.practice"

    def ready(self) -> None:
        """Let practice's acts register what they erase, export and ask for, and say who may edit its content."""
        from alongside.practice import acts, showing  # noqa: F401
        from alongside.practice.kinds import DrillKind, ScenarioKind
        from alongside.practice.permissions import give_staff_permissions
        from alongside.review.kinds import register

        register(ScenarioKind())
        register(DrillKind())
        post_migrate.connect(give_staff_permissions, sender=self)
