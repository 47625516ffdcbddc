"""The room that wires the others together."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """Settings, URLs, start-up checks and the command line."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        """Register the start-up checks."""
        from alongside.config import checks  # noqa: F401
