"""Whom a survivor could talk with: asks, shortlists, and offers with a lease."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IntroductionsApp(AppConfig):
    """Whom a survivor could talk with: asks, shortlists, and offers with a lease."""

    name = "alongside.introductions"

    def ready(self) -> None:
        """Let introductions register what they erase and what is due, and make the first topics."""
        from alongside.introductions import acts, beginning, notices, presented, receivers  # noqa: F401
        from alongside.introductions.topics import make_first_topics

        post_migrate.connect(make_first_topics, sender=self)
