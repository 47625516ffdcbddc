"""``alongside tick``: what must happen by itself. Safe to run twice."""

import logging
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.records import clock, erasure, ticking

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Erase what has expired, do and publish what is due, clear away old sessions and finished tasks."""

    help = (
        "Erases what has expired, does and publishes what is due, clears old sessions and finished tasks. "
        "Safe to run twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--at``, the moment to act as of."""
        parser.add_argument("--at", metavar="TIME", help="act as of this moment, such as 2027-05-01T12:00 (UTC)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all; each step on its own, so that one that fails does not hold up the others."""
        moment, is_quiet = _moment(options["at"]), options["verbosity"] < 1
        steps: tuple[Callable[[], object], ...] = (
            lambda: self._erase(moment, is_quiet=is_quiet),
            lambda: ticking.do_what_is_due(moment),
            lambda: call_command("clearsessions"),
            lambda: call_command("publish_scheduled", verbosity=0),
            lambda: call_command("prune_db_task_results", verbosity=0),
            lambda: ticking.do_what_takes_long(moment),
        )
        failed = False
        for step in steps:
            try:
                step()
            except Exception:
                logger.exception("A step of the tick failed.")
                failed = True
        if failed:
            raise CommandError("Not everything could be done. What went wrong stands in the log.")

    def _erase(self, moment: datetime, *, is_quiet: bool) -> None:
        for name, number in erasure.erase_expired(moment).items():
            if number and not is_quiet:
                self.stdout.write(f"{name}: {number}")


def _moment(text: str | None) -> datetime:
    if text is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no time. Write it like 2027-05-01T12:00.") from error
    return moment if moment.tzinfo else timezone.make_aware(moment)
