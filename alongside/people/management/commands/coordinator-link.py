"""``alongside coordinator-link``: a link that makes whoever opens it a coordinator."""  # noqa: N999

from typing import Any

from django.core.management.base import BaseCommand

from alongside.people.acts import make_coordinator_link


class Command(BaseCommand):
    """Print a link for a coordinator."""

    help = "Prints a link that makes the first person who opens it a coordinator. It lasts 7 days and works once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the link and print its address, and nothing else, so that a script can use it."""
        self.stdout.write(make_coordinator_link())
