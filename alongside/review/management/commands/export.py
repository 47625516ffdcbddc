"""``alongside export FILE.zip``: the whole workshop as one file, for other organisations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.review.exchange.sharing import NotExportedError, gather_workshop, write_workshop


class Command(BaseCommand):
    """Write what is live into a zip file."""

    help = (
        "Writes the whole workshop into one zip file that others can import: all lessons, drills, scenarios and "
        "disclosures that are live, and the files that they show. Nothing about people, and not the words of your "
        "front page. What you share is under CC BY 4.0: everybody may use and change it, and says where it comes from."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write, and which language."""
        parser.add_argument("file", type=Path, metavar="FILE.zip", help="a new file")
        languages = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
        parser.add_argument("--language", choices=languages, help="this language alone; else all")

    def handle(self, *args: Any, file: Path, language: str | None, **options: Any) -> None:
        """Write the file. What is there already is never written over, and nothing half-written stays."""
        languages = [language] if language else [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
        try:
            workshop = gather_workshop(languages)
        except NotExportedError as error:
            for line in str(error).splitlines():
                self.stderr.write(line)
            raise CommandError("Nothing was exported. Mend what is listed above, and run it again.") from error
        try:
            with file.open("xb") as target:
                try:
                    write_workshop(workshop, target)
                except BaseException:
                    file.unlink()
                    raise
        except FileExistsError:
            raise CommandError(f"{file} is there already. Name a new file, or delete that one first.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written to {file}: {len(workshop.texts)} pieces of content, {len(workshop.media)} files.")
