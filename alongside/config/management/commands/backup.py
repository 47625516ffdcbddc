"""``alongside backup``: a copy of everything but the keys, sealed, while the server runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.config.backups.errors import BackupError
from alongside.config.backups.taking import take_backup
from alongside.records import clock


class Command(BaseCommand):
    """Take a backup now."""

    help = (
        "Copies the database and uploaded media into one file, sealed to the backup key, while the server runs. "
        "Keys, sessions, one-time links and background tasks are not in it. Backups of more than 14 days are deleted."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", metavar="FOLDER", nargs="?", help="where to; else to ALONGSIDE_BACKUPS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it, and print where it is and nothing else, so that a script can use it."""
        folder = Path(options["folder"]).absolute() if options["folder"] else settings.BACKUPS
        if folder.resolve().is_relative_to(settings.DATA.resolve()):
            raise CommandError(f"{folder} lies in the data folder, and shares whatever befalls it. Name another.")
        try:
            self.stdout.write(str(take_backup(folder, clock.now())))
        except BackupError as error:
            raise CommandError(str(error)) from error
