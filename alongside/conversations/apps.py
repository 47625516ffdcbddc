"""What two people say to each other in private, and what either can do about it."""

from django.apps import AppConfig


class ConversationsApp(AppConfig):
    """What two people say to each other in private, and what either can do about it."""

    name = "alongside.conversations"

    def ready(self) -> None:
        """Erase what has expired at each tick, and hear what becomes of allies and their key pairs."""
        from alongside.conversations import acts  # noqa: F401
