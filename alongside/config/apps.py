"""The room that wires the others together."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Settings, URLs, start-up checks and the command line."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        """Register start-up checks, the daily backup and the first day, and choose the model that the settings name."""
        from django.conf import settings

        from alongside.config import checks, first_day  # noqa: F401
        from alongside.config.backups import taking  # noqa: F401

        if settings.ENVIRONMENT.model:
            from alongside.core.rating.model import choose_model

            choose_model(settings.ENVIRONMENT.model)
