"""``alongside prepare``: tables, style sheets and content, brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.config.prepare import prepare


class Command(BaseCommand):
    """Bring database, style sheets and content up to date."""

    help = "Brings database, style sheets and content up to date, as `alongside serve` does when it starts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all; what is up to date takes no time."""
        prepare()
