"""What coordinators and survivor leaders see and do."""

from django.apps import AppConfig


class DeskApp(AppConfig):
    """What coordinators and survivor leaders see and do."""

    name = "alongside.desk"
