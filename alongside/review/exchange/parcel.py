"""A workshop as it comes in: a folder or a zip file, looked through before anything in it is used.

In it may lie ``<language>/<kind>/<source_id>.yaml``, ``media/<name>``, ``manifest.json`` and ``LICENSE``. Nothing else.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.exchange import manifest
from alongside.review.exchange.containers import Archive, Container, Entry, Folder, faults_of_packing
from alongside.review.files import ContentFileError, LineError
from alongside.review.kinds import kinds
from alongside.review.media_files import BEGINNING, LARGEST, fault_in

LARGEST_TEXT = 300_000
LARGEST_MANIFEST = 1_000_000
LARGEST_OF_TEXTS = 50_000_000
LARGEST_OF_ALL = 2_000_000_000
MEDIA = "media"
LICENCE = "LICENSE"

NOT_THERE = _("There is no folder and no file of this name.")
NO_MANIFEST = _("There is no “%(name)s” in this file, so it was not made by “alongside export”.")
LEADS_AWAY = _("This name leads out of the workshop's folder, or cannot be shown. The file is not taken.")
UNKNOWN = _("A workshop has no such file. It has %(files)s, media/<name> and %(manifest)s.")
TWICE = _("This is in it twice.")
TOO_LARGE = _("This is larger than %(most)d kB.")
TOO_LARGE_IN_ALL = _("All files together are larger than is taken: %(most)d MB, of which %(texts)d MB for texts.")

_PIECE = re.compile(r"[^/]+/(?P<folder>[^/]+)/[^/]+\.yaml")
_BLOCK = 1 << 16


@dataclass(frozen=True)
class Parcel:
    """A workshop to be imported.

    ``texts``: content files, by their paths. ``media``: the SHA-256 of each file to be shown, by its name.
    ``open_media``: opens one of these, while the parcel is open.
    """

    texts: dict[str, bytes]
    media: dict[str, str]
    open_media: Callable[[str], IO[bytes]]


@contextmanager
def open_parcel(source: Path) -> Iterator[Parcel]:
    """Open a folder or a zip file for an import.

    Raises ``ContentFileError`` with all that is wrong with its files, what stands in content files excepted.
    """
    with _container(source) as container:
        yield _Reading(container).read(source.name, needs_manifest=isinstance(container, Archive))


def _container(source: Path) -> Container:
    if source.is_dir():
        return Folder(source)
    if not source.is_file():
        raise ContentFileError([LineError(str(source), 1, Problem((), NOT_THERE))])
    return Archive(source)


@dataclass
class _Reading:
    """Reads all files of a container, as far as they are in order."""

    container: Container
    errors: list[LineError] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def read(self, name: str, *, needs_manifest: bool) -> Parcel:
        entries = self.container.entries()
        self._refuse_as_a_whole(entries, name)
        for entry in entries:
            with self._noting_errors():
                self._take(entry)
        self._check_manifest(name, is_needed=needs_manifest)
        if self.errors:
            raise ContentFileError(sorted(self.errors, key=lambda error: (error.name, error.line)))
        media = {name.removeprefix(f"{MEDIA}/"): sha for name, (_, sha) in self.found.items() if _is_media(name)}
        texts = {name: text for name, text in self.texts.items() if _is_piece(name)}
        return Parcel(texts, media, lambda name: self.container.open(f"{MEDIA}/{name}"))

    def _refuse_as_a_whole(self, entries: list[Entry], name: str) -> None:
        for each, times in Counter(entry.name for entry in entries).items():
            if times > 1:
                self._note(each, Problem((), TWICE))
        of_texts = sum(entry.size for entry in entries if not _is_media(entry.name))
        if of_texts > LARGEST_OF_TEXTS or sum(entry.size for entry in entries) > LARGEST_OF_ALL:
            most = {"most": LARGEST_OF_ALL // 1_000_000, "texts": LARGEST_OF_TEXTS // 1_000_000}
            self._note(name, Problem((), TOO_LARGE_IN_ALL, most))
        for entry in entries:
            if fault := entry.fault or _fault_in_name(entry.name) or _fault_in_size(entry):
                self._note(entry.name, fault)
        if self.errors:  # of what is wrong here, nothing is opened
            raise ContentFileError(self.errors)

    def _take(self, entry: Entry) -> None:
        """Read a file: a text whole, a file to be shown block by block."""
        digest, size, beginning = hashlib.sha256(), 0, b""
        with faults_of_packing(entry.name), self.container.open(entry.name) as file:
            while block := file.read(_BLOCK):
                size += len(block)
                digest.update(block)
                if not _is_media(entry.name):
                    self.texts[entry.name] = self.texts.get(entry.name, b"") + block
                elif len(beginning) < BEGINNING:
                    beginning += block
                if size > entry.size:
                    break
        self.texts.setdefault(entry.name, b"")
        self.found[entry.name] = size, digest.hexdigest()
        fault = _fault_in_size(Entry(entry.name, size))
        if _is_media(entry.name):
            fault = fault_in(entry.name, size, beginning[:BEGINNING])
        if fault:
            self._note(entry.name, fault)

    def _check_manifest(self, name: str, *, is_needed: bool) -> None:
        told = self.texts.get(manifest.NAME)
        if told is not None:
            files = {name: of for name, of in self.found.items() if name != manifest.NAME}
            self.errors += manifest.faults_against(told, files)
        elif is_needed:
            self._note(name, Problem((), NO_MANIFEST, {"name": manifest.NAME}))

    @contextmanager
    def _noting_errors(self) -> Iterator[None]:
        try:
            yield
        except ContentFileError as error:
            self.errors += error.errors

    def _note(self, name: str, problem: Problem) -> None:
        self.errors.append(LineError(name, 1, problem))


def _is_media(name: str) -> bool:
    return name.startswith(f"{MEDIA}/") and name.count("/") == 1


def _is_piece(name: str) -> bool:
    place = _PIECE.fullmatch(name)
    return place is not None and place["folder"] in {kind.folder for kind in kinds()}


def _fault_in_name(name: str) -> Problem | None:
    if not name.isprintable() or "\\" in name or ":" in name or {"", ".", ".."} & set(name.split("/")):
        return Problem((), LEADS_AWAY)
    if _is_media(name) or _is_piece(name) or name in (manifest.NAME, LICENCE):
        return None
    files = ", ".join(f"<language>/{kind.folder}/<name>.yaml" for kind in kinds())
    return Problem((), UNKNOWN, {"files": files, "manifest": manifest.NAME})


def _fault_in_size(entry: Entry) -> Problem | None:
    most = LARGEST if _is_media(entry.name) else LARGEST_MANIFEST if entry.name == manifest.NAME else LARGEST_TEXT
    return Problem((), TOO_LARGE, {"most": most // 1000}) if entry.size > most else None
