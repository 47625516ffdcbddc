"""Scenarios, and the conversations that learners practise."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PracticeApp(AppConfig):
    """Scenarios, and the conversations that learners practise."""

    name = "alongside.practice"

    def ready(self) -> None:
        """Let practice's acts register what they erase and export, and say who may edit scenarios."""
        from alongside.practice import acts  # noqa: F401
        from alongside.practice.permissions import give_staff_permissions

        post_migrate.connect(give_staff_permissions, sender=self)
