"""``alongside tick``: what must happen by itself. Safe to run twice."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.records import clock, erasure


class Command(BaseCommand):
    """Erase what has expired, publish what is due, clear away old sessions and finished tasks."""

    help = "Erases what has expired, publishes what is due, clears old sessions and finished tasks. Safe to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--at``, the moment to act as of."""
        parser.add_argument("--at", metavar="TIME", help="act as of this moment, such as 2027-05-01T12:00 (UTC)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all; each step on its own, so that one that fails does not hold up the others."""
        moment = _moment(options["at"])
        for name, number in erasure.erase_expired(moment).items():
            if number and options["verbosity"] > 0:
                self.stdout.write(f"{name}: {number}")
        call_command("clearsessions")
        call_command("publish_scheduled", verbosity=0)
        call_command("prune_db_task_results", verbosity=0)


def _moment(text: str | None) -> datetime:
    if text is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no time. Write it like 2027-05-01T12:00.") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)
