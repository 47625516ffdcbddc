"""``alongside import``: the content that ships as files, into the database."""  # noqa: N999

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.practice import acts
from alongside.practice.acts import Imported, NotImportedError, Outcome

_WORDS = {
    Outcome.NEW: "new, and live.",
    Outcome.UPDATED: "updated, and live.",
    Outcome.SAME: "unchanged.",
    Outcome.LEFT_ALONE: "left alone, because it was changed here. The difference:",
}


class Command(BaseCommand):
    """Import the scenarios; all errors of all files are listed, and then nothing is imported."""

    help = "Imports the content files. What was changed here is left alone and listed with its difference."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each file."""
        try:
            imported = acts.import_scenarios(settings.CONTENT)
        except NotImportedError as error:
            for wrong in error.errors:
                self.stderr.write(str(wrong))
            raise CommandError("Nothing was imported. Mend what is listed above, and run it again.") from error
        for each in imported:
            self._report(each)
        if not imported:
            self.stdout.write(f"There are no content files in {settings.CONTENT}.")

    def _report(self, each: Imported) -> None:
        self.stdout.write(f"{each.name}: {_WORDS[each.outcome]}")
        if each.difference:
            self.stdout.write(each.difference)
