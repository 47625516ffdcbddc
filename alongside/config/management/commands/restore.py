"""``alongside restore``: a backup takes the place of what is here, without what was erased since."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from nacl.public import PrivateKey

from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import private_key_from_text
from alongside.config.backups.restoring import Restored, check_backup, restore
from alongside.records import erased_list


class Command(BaseCommand):
    """Restore, or only check."""

    help = (
        "Checks all of a backup, and lets it take the place of what is here. What people erased since is erased again. "
        "The server must be stopped; everybody signs in anew."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, the key, the list, and what may be overridden."""
        parser.add_argument("file", metavar="FILE", help="the backup")
        parser.add_argument(
            "--key", metavar="FILE", required=True, help="the private key of the backups; - reads it from the input"
        )
        parser.add_argument(
            "--erased",
            metavar="FILE",
            help="the list of what was erased since; else “erased” beside the backup and in ALONGSIDE_BACKUPS",
        )
        parser.add_argument(
            "--without-erased", action="store_true", help="restore without that list: what was erased comes back"
        )
        parser.add_argument("--over", action="store_true", help="replace the data that is here")
        parser.add_argument("--check", action="store_true", help="only read the backup to its end, and touch nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what to know next."""
        file = Path(options["file"])
        try:
            key = _read_key(options["key"])
            if options["check"]:
                restored = check_backup(file, key)
                self.stdout.write(f"{file} is whole. {_of(restored)}")
            else:
                lists = None if options["without_erased"] else _lists(file, options["erased"])
                restored = restore(file, key, lists, over=options["over"])
                self.stdout.write(f"{file} is restored. {_of(restored)} Start the server: everybody signs in anew.")
        except BackupError as error:
            raise CommandError(str(error)) from error
        if restored.other_keys:
            self.stderr.write(
                f"Please note: the secret keys in {settings.ENVIRONMENT.keys} are not those of the server that was "
                f"backed up ({', '.join(restored.other_keys)}). If sealing_keys is among them, put the saved file "
                "back or type the keys from paper, else no server starts: alongside sealing-key restore-from-paper"
            )


def _read_key(name: str) -> PrivateKey:
    if name == "-":
        return private_key_from_text(sys.stdin.read(), "The input")
    try:
        return private_key_from_text(Path(name).read_text("utf-8", "replace"), name)
    except OSError as error:
        raise BackupError(f"The private key in {name} cannot be read ({error.strerror}).") from error


def _lists(file: Path, named: str | None) -> list[Path]:
    if named is None:
        return [file.with_name(erased_list.FILE_NAME), settings.BACKUPS / erased_list.FILE_NAME]
    if not Path(named).exists():
        raise BackupError(f"There is no file {named}.")
    return [Path(named), settings.BACKUPS / erased_list.FILE_NAME]


def _of(restored: Restored) -> str:
    manifest = restored.manifest
    return f"It was taken at {manifest.taken_at:%Y-%m-%d %H:%M} UTC by Alongside {manifest.version}."
