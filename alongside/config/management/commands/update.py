"""``alongside update``: the database becomes what a new version needs, with a way back."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.config import tables
from alongside.config.alone import SERVING, TakenError, alone
from alongside.config.backups import folder as folders
from alongside.config.prepare import prepare
from alongside.records import clock


class Command(BaseCommand):
    """Bring the database up to date."""

    help = (
        "Brings the database of an earlier version up to date, then style sheets and content. The server must be "
        "stopped, and a backup of the last 24 hours must be there: it is the only way back."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether there need be no backup."""
        parser.add_argument("--without-backup", action="store_true", help="update although there is no way back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update, unless that could lose something."""
        try:
            with alone(settings.DATA, SERVING):
                self._update(without_backup=options["without_backup"])
        except TakenError:
            raise CommandError("A server runs on this data. Stop it first (systemctl stop alongside).") from None

    def _update(self, *, without_backup: bool) -> None:
        if tables.unknown_here(tables.applied()):
            raise CommandError("The database was made by a newer version of Alongside. Install that one, or a newer.")
        if not tables.is_older():
            prepare()
            self.stdout.write("The database is up to date.")
            return
        if tables.is_in_use():
            self._see_to_a_way_back(without_backup=without_backup)
        prepare(may_update=True)
        self.stdout.write("The database is up to date. Start the server.")

    def _see_to_a_way_back(self, *, without_backup: bool) -> None:
        newest = folders.newest(settings.BACKUPS)
        if newest is not None and clock.now() - newest <= folders.FRESH:
            return
        if not without_backup:
            last = f"the last is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "there is none"
            raise CommandError(
                f"There is no backup of the last 24 hours in {settings.BACKUPS} ({last}), and an update has no other "
                "way back. Run “alongside backup” first; --without-backup updates all the same."
            )
        self.stderr.write("Please note: without a fresh backup there is no way back from this update.")
