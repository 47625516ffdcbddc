"""The front page and what leads a learner through."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkshopApp(AppConfig):
    """The front page and what leads a learner through."""

    name = "alongside.workshop"

    def ready(self) -> None:
        """See to it that there is a front page after each migration."""
        from alongside.workshop.front_page import ensure_front_page

        post_migrate.connect(ensure_front_page, sender=self)
