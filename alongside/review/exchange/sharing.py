"""To write the whole workshop into one file: all that is live, and the files that it shows; nothing about people.

The same content gives the same file, byte for byte: entries lie in the order of their names, unpacked and undated.
The words of the front page are the organisation's own and stay here.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction
from wagtail.documents.models import Document

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.exchange import manifest
from alongside.review.exchange.containers import MOST_FILES
from alongside.review.exchange.parcel import LARGEST_MANIFEST, LARGEST_OF_ALL, LARGEST_OF_TEXTS, LARGEST_TEXT, MEDIA
from alongside.review.kinds import Kind, kinds
from alongside.review.media_files import BEGINNING, fault_in
from alongside.review.models import Content
from alongside.review.shape import Data, DataError

FIRST_LINE = f"# SPDX-License-Identifier: {manifest.LICENCE}\n"

NOT_LIVE = _("It names “%(name)s” (%(folder)s), which is not live in this language. Bring that live, or take it out.")
NO_FILE = _("It shows the file “%(name)s”, which is not on the disk any more. Choose another.")
NOTHING_LIVE = _("Nothing is live in this language, so there is nothing to export.")
TOO_LONG = _("As a file it is larger than %(most)d kB, and nobody could import it. Split it.")
TOO_MUCH = _("All of it is more than can be imported in one file: %(files)d files of %(size)d MB.")

_UNDATED = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


class NotExportedError(Exception):
    """The workshop cannot be shared as it is; ``problems``: what to mend, each with the content where it stands."""

    def __init__(self, problems: list[tuple[str, Problem]]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for name, problem in problems))
        self.problems = problems


@dataclass
class Workshop:
    """What is shared. ``texts``: content files by their paths; ``media``: documents by theirs."""

    texts: dict[str, bytes] = field(default_factory=dict)
    media: dict[str, Document] = field(default_factory=dict)


def gather_workshop(languages: Iterable[str]) -> Workshop:
    """Give all that is live in ``languages`` at this moment. Raises ``NotExportedError``."""
    with transaction.atomic():
        gathering = _Gathering()
        for language in sorted(set(languages)):
            gathering.take_all(language)
    gathering.look_over()
    if gathering.problems:
        raise NotExportedError(gathering.problems)
    return gathering.workshop


def write_workshop(workshop: Workshop, target: IO[bytes]) -> None:
    """Write a workshop as a zip file into ``target``, which can be sought in. Raises ``OSError``."""
    sizes = {name: (len(text), hashlib.sha256(text).hexdigest()) for name, text in workshop.texts.items()}
    sizes |= {name: _size_and_hash(document) for name, document in workshop.media.items()}
    texts = workshop.texts | {manifest.NAME: manifest.write_manifest(sizes)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(texts.keys() | workshop.media.keys()):
            entry = zipfile.ZipInfo(name, _UNDATED)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            with ExitStack() as opened:
                blocks: Iterable[bytes] = [texts.get(name, b"")]
                if name not in texts:
                    blocks = opened.enter_context(workshop.media[name].open_file()).chunks()
                into = opened.enter_context(archive.open(entry, "w"))
                for block in blocks:
                    into.write(block)


@dataclass
class _Gathering:
    """Collects what is live, and what stands in the way of sharing it."""

    workshop: Workshop = field(default_factory=Workshop)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def take_all(self, language: str) -> None:
        """Take everything in one language; content, once taken, may only name what was taken."""
        taken: set[tuple[str, str]] = set()
        for kind in kinds():
            live = kind.model.objects.filter(live=True, live_revision__isnull=False, locale__language_code=language)
            for row in live.order_by("source_id"):
                name = f"{language}/{kind.folder}/{row.source_id}.yaml"
                taken.add((kind.folder, row.source_id))
                try:
                    self._take(kind, row, name, taken)
                except DataError as error:
                    self.problems += [(name, problem) for problem in error.problems]
        if not taken:
            self.problems.append((language, Problem((), NOTHING_LIVE)))

    def look_over(self) -> None:
        """Find what no import would take."""
        texts = LARGEST_MANIFEST + sum(map(len, self.workshop.texts.values()))
        size = texts
        for name, document in sorted(self.workshop.media.items()):
            with document.open_file() as file:
                size += document.file.size
                if fault := fault_in(document.filename, document.file.size, file.read(BEGINNING)):
                    self.problems.append((name, fault))
        files = len(self.workshop.texts) + len(self.workshop.media)
        if texts > LARGEST_OF_TEXTS or size > LARGEST_OF_ALL or files >= MOST_FILES:
            self.problems.append(("", Problem((), TOO_MUCH, {"files": files, "size": size // 1_000_000})))

    def _take(self, kind: Kind[Any], row: Content, name: str, taken: set[tuple[str, str]]) -> None:
        data = row.as_data()
        text = (FIRST_LINE + kind.write(data)).encode()
        self.workshop.texts[name] = text
        if len(text) > LARGEST_TEXT:
            self.problems.append((name, Problem((), TOO_LONG, {"most": LARGEST_TEXT // 1000})))
        for folder, source_id in kind.content_in(data):
            if (folder, source_id) not in taken:
                self.problems.append((name, Problem((), NOT_LIVE, {"name": source_id, "folder": folder})))
        self._take_media(kind, data, name)

    def _take_media(self, kind: Kind[Any], data: Data, name: str) -> None:
        for shown in kind.media_in(data):
            document = next((d for d in Document.objects.filter(file__endswith=shown) if d.filename == shown), None)
            if document is None or not document.file.storage.exists(document.file.name):
                self.problems.append((name, Problem((), NO_FILE, {"name": shown})))
            else:
                self.workshop.media[f"{MEDIA}/{shown}"] = document


def _size_and_hash(document: Document) -> tuple[int, str]:
    with document.open_file() as file:
        return document.file.size, hashlib.file_digest(file, "sha256").hexdigest()
