"""The front page and what leads a learner through."""

from django.apps import AppConfig


class WorkshopApp(AppConfig):
    """The front page and what leads a learner through."""

    name = "alongside.workshop"
