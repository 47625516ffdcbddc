"""``alongside corrections export``: what survivor leaders decided, as lines for the corpus."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.review.exporting import corpus_lines


class Command(BaseCommand):
    """Write the standing decisions in the corpus' form."""

    help = (
        "Writes what survivor leaders decided as lines for the corpus (corpus/README.md): their sentences, what these "
        "answer and their moves; nobody's name. Withdrawn decisions are left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and where to write."""
        parser.add_argument("action", choices=["export"], help="what to do")
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a new file; else standard output")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Write a line for each decision. What is there already is never written over."""
        lines = [json.dumps(line, ensure_ascii=False) for line in corpus_lines()]
        if file is None:
            for line in lines:
                self.stdout.write(line)
            return
        try:
            with file.open("x", encoding="utf-8") as target:
                target.writelines(line + "\n" for line in lines)
        except FileExistsError:
            raise CommandError(f"{file} is there already. Name a new file, or delete that one first.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"Decisions written to {file}: {len(lines)}.")
