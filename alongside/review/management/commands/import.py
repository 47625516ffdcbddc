"""``alongside import``: content from files into the database, what ships or what another organisation gave."""  # noqa: N999

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.review.exchange.parcel import Parcel, open_parcel
from alongside.review.files import ContentFileError, LineError
from alongside.review.importing import Imported, NotImportedError, Outcome, import_content, import_parcel

_DONE = {
    Outcome.NEW: "new, and live.",
    Outcome.UPDATED: "updated, and live.",
    Outcome.SAME: "unchanged.",
    Outcome.LEFT_ALONE: "left alone, because it was changed here. The difference:",
}
_PLANNED = {
    Outcome.NEW: "new.",
    Outcome.UPDATED: "will be updated. The difference:",
    Outcome.SAME: "the same as here, or as it was when it was last imported.",
    Outcome.LEFT_ALONE: "will be left alone, because it was changed here. The difference:",
}
_YES = {"y", "yes"}


class Command(BaseCommand):
    """Import content; all errors of all files are listed, and then nothing is imported."""

    help = (
        "Imports the content that ships, or with FILE or FOLDER what another organisation exported: then it first "
        "shows what will change, and asks. What was changed here is left alone and listed with its difference. What is "
        "imported goes live, and counts as not reviewed by survivors."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to import, and whether to ask."""
        parser.add_argument("source", nargs="?", type=Path, metavar="FILE.zip|FOLDER", help="else: what ships")
        parser.add_argument("--yes", action="store_true", help="imports what it shows, without asking")

    def handle(self, *args: Any, source: Path | None, yes: bool, **options: Any) -> None:
        """Print a line for each file, and what differs."""
        try:
            if source is None:
                self._import_what_ships()
            else:
                with open_parcel(source) as parcel:
                    self._import(parcel, yes=yes)
        except (NotImportedError, ContentFileError) as error:
            self._refuse(error.errors)

    def _import_what_ships(self) -> None:
        imported = import_content(settings.CONTENT)
        for each in imported:
            self._say(f"{each.name}: {_DONE[each.outcome]}")
            if each.outcome is Outcome.LEFT_ALONE:
                self._say(each.difference)
        if not imported:
            self._say(f"There are no content files in {settings.CONTENT}.")

    def _import(self, parcel: Parcel, *, yes: bool) -> None:
        planned = import_parcel(parcel, is_rehearsal=True)
        for each in planned:
            self._say(f"{each.name}: {_PLANNED[each.outcome]}")
            if each.difference:
                self._say(each.difference)
        self._say(_counted(planned))
        if all(each.outcome in (Outcome.SAME, Outcome.LEFT_ALONE) for each in planned):
            self._say("There is nothing to import.")
        elif yes or self._is_agreed():
            self._say("Imported. " + _counted(import_parcel(parcel)))
            self._say("It is live, and counts as not reviewed by survivors until a survivor leader has approved it.")
        else:
            self._say("Nothing was changed.")

    def _is_agreed(self) -> bool:
        if not sys.stdin.isatty():
            self._say("To import this, run it again with --yes.")
            return False
        self.stdout.write("Import this? [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in _YES

    def _refuse(self, errors: list[LineError]) -> None:
        for wrong in errors:
            self.stderr.write(_on_a_terminal(str(wrong)))
        raise CommandError("Nothing was imported. Mend what is listed above, and run it again.")

    def _say(self, text: str) -> None:
        self.stdout.write(_on_a_terminal(text))


def _counted(imported: list[Imported]) -> str:
    outcomes = Counter(each.outcome for each in imported)
    return ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome) + "."


def _on_a_terminal(text: str) -> str:
    """Give text of others without what would steer a terminal."""
    return "".join(each if each.isprintable() or each in "\n\t " else "�" for each in text)
