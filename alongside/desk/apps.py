"""What coordinators and survivor leaders see and do."""

from django.apps import AppConfig


class DeskApp(AppConfig):
    """What coordinators and survivor leaders see and do."""

    name = "alongside.desk"

    def ready(self) -> None:
        """Let the desk register what it erases, what a person can take along, and the letters that it writes."""
        from alongside.desk import acts, exporting, first_day, notices  # noqa: F401
