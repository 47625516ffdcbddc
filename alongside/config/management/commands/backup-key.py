"""``alongside backup-key``: the key pair of backups, whose private half leaves the server."""  # noqa: N999

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from nacl.public import PrivateKey

from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import name_of, private_key_as_text, read_public_key, write_public_key


class Command(BaseCommand):
    """Make the key pair, keep the public half, and hand out the private one."""

    help = (
        "Makes the key pair of backups. The public half stays here; the private half is printed once, or written to "
        "FILE, and must be kept elsewhere: it opens every backup, and nothing else does."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the private half goes, and whether there may be one already."""
        parser.add_argument("file", metavar="FILE", nargs="?", help="write the private key to this new file")
        parser.add_argument(
            "--replace", action="store_true", help="make another pair; earlier backups still need the earlier key"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand out the private half first: a public one alone would seal what nobody can open."""
        keys, backups = settings.ENVIRONMENT.keys, settings.BACKUPS
        try:
            earlier = read_public_key(keys)
        except BackupError:
            earlier = None
        if earlier is not None and not options["replace"]:
            raise CommandError(
                f"There is a backup key already, of the pair {name_of(earlier)}. If its private half is lost, make "
                "another pair with --replace; what was backed up before stays closed without it."
            )
        pair = PrivateKey.generate()
        try:
            self._hand_out(private_key_as_text(pair), options["file"])
            write_public_key(keys, pair.public_key)
            backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written ({error.strerror}).") from error
        self.stderr.write(
            f"This is the private key of the pair {name_of(pair.public_key)}. Keep it away from this server, in two "
            f"places, and take it off here. Backups go to {backups}, each day and by “alongside backup”."
        )

    def _hand_out(self, text: str, file: str | None) -> None:
        if file is None:
            self.stdout.write(text)
            return
        descriptor = os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(f"{text}\n")
            written.flush()
            os.fsync(written.fileno())
