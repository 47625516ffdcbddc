"""To import content from files: that which ships, or another organisation's.

After its first import the database is the truth: what staff changed, or are changing, is never written over. What
comes with this software never replaces what was taken from another organisation.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.exchange.parcel import MEDIA, Parcel, open_parcel
from alongside.review.exchange.shelf import Shelf
from alongside.review.files import ContentFileError, LineError
from alongside.review.kinds import Kind, fingerprint, kinds
from alongside.review.models import Content
from alongside.review.shape import Data, DataError

WRONG_NAME = _("The file is called “%(stem)s”, so its “source_id” must be “%(stem)s”.")
WRONG_LANGUAGE = _("The file lies in “%(folder)s”, so its “language” must be “%(folder)s”.")
UNKNOWN_LANGUAGE = _("“%(folder)s” is not a language of this site.")
NOT_UTF8 = _("This is not text in UTF-8.")
UNUSED = _("No content here shows this file.")


class Outcome(StrEnum):
    """What becomes of a file."""

    NEW = "new"
    UPDATED = "updated"
    SAME = "same"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True)
class Imported:
    """A content file (its path in the folder or the zip file) and what becomes of it.

    ``difference``: where content of this name was here and differs, what the file says (+) against that (-), as a
    unified diff of files.
    """

    name: str
    outcome: Outcome
    difference: str = ""


@dataclass(frozen=True)
class _File:
    """A content file that was read: its path, its kind, and the data in it."""

    name: str
    kind: Kind[Any]
    data: Data


class NotImportedError(Exception):
    """Nothing was imported; ``errors`` lists all that is wrong in all files."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def import_content(folder: Path) -> list[Imported]:
    """Import what ships from ``folder/<language>/<kind>/*.yaml``, all or none, and say what became of each file.

    A file that was imported before and is unchanged is skipped. One that changed becomes a new version and goes live,
    unless the content was changed here, was imported from elsewhere since, has an open draft, is locked or was taken
    offline: then it is left alone. Raises ``NotImportedError``.
    """
    try:
        with open_parcel(folder) as parcel:
            return import_parcel(parcel, ships=True)
    except ContentFileError as error:
        raise NotImportedError(error.errors) from error


def import_parcel(parcel: Parcel, *, ships: bool = False, is_rehearsal: bool = False) -> list[Imported]:
    """Import what somebody gave us, all or none, by the same rules, and say what became of each content file.

    What goes live is not reviewed: an import never approves. ``is_rehearsal``: in the end nothing is changed. Raises
    ``NotImportedError``.
    """
    shelf = Shelf(parcel)
    try:
        with transaction.atomic():
            imported = _import_all(parcel, shelf, ships=ships)
            if is_rehearsal:
                transaction.set_rollback(True)
            else:
                shelf.write()
    except ContentFileError as error:
        shelf.clear()
        raise NotImportedError(error.errors) from error
    except BaseException:
        shelf.clear()
        raise
    return imported


def _import_all(parcel: Parcel, shelf: Shelf, *, ships: bool) -> list[Imported]:
    imported, errors = [], []
    for file in _read_all(parcel):
        shown = shelf.names_of(file.kind.media_in(file.data))
        renamed = replace(file, data=file.kind.with_media(file.data, shown))
        try:
            imported.append(_Import(renamed, shelf, ships).do())
        except DataError as error:
            errors += [LineError(file.name, 1, problem) for problem in error.problems]
    if errors:
        raise NotImportedError(errors)
    return imported


def _read_all(parcel: Parcel) -> list[_File]:
    files: list[_File] = []
    errors: list[LineError] = []
    for kind in kinds():
        for name in sorted(name for name in parcel.texts if Path(name).parts[1] == kind.folder):
            text = parcel.texts[name]
            try:
                data = kind.read(text.decode("utf-8"), name)
            except UnicodeDecodeError as error:
                line = text[: error.start].count(b"\n") + 1
                errors.append(LineError(name, line, Problem((), NOT_UTF8)))
            except ContentFileError as error:
                errors += error.errors
            else:
                files.append(_File(name, kind, data))
                errors += _misplaced(name, data)
    if not errors:
        shown = {each for file in files for each in file.kind.media_in(file.data)}
        errors = [LineError(f"{MEDIA}/{name}", 1, Problem((), UNUSED)) for name in sorted(parcel.media.keys() - shown)]
    if errors:
        raise NotImportedError(errors)
    return files


def _misplaced(name: str, data: Data) -> Iterator[LineError]:
    folder, stem = Path(name).parts[0], Path(name).stem
    if data["source_id"] != stem:
        yield LineError(name, 1, Problem(("source_id",), WRONG_NAME, {"stem": stem}))
    if data["language"] != folder:
        yield LineError(name, 1, Problem(("language",), WRONG_LANGUAGE, {"folder": folder}))
    if folder not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        yield LineError(name, 1, Problem((), UNKNOWN_LANGUAGE, {"folder": folder}))


@dataclass(frozen=True)
class _Import:
    """One content file on its way in. ``ships``: it came with this software."""

    file: _File
    shelf: Shelf
    ships: bool

    def do(self) -> Imported:
        kind, data = self.file.kind, self.file.data
        locale, _created = Locale.objects.get_or_create(language_code=data["language"])
        known = kind.model.objects.select_for_update().filter(source_id=data["source_id"])
        here = known.filter(locale=locale).first()
        if here is None:
            other = known.first()
            kin = {"translation_key": other.translation_key} if other else {}
            self._publish(kind.model(locale=locale, live=False, **kin))
            return Imported(self.file.name, Outcome.NEW)
        if fingerprint(data) == self._last_hash(here):
            return Imported(self.file.name, Outcome.SAME)
        difference = _difference(self.file, here.get_latest_revision_as_object())
        if not difference and here.live and not here.has_unpublished_changes:
            kind.model.objects.filter(pk=here.pk).update(**self._hashes())
            return Imported(self.file.name, Outcome.SAME)
        if self._is_as_imported(here):
            self._publish(here)
            return Imported(self.file.name, Outcome.UPDATED, difference)
        return Imported(self.file.name, Outcome.LEFT_ALONE, difference)

    def _last_hash(self, here: Content) -> str:
        return here.shipped_hash if self.ships else here.imported_hash

    def _hashes(self) -> dict[str, str]:
        now = fingerprint(self.file.data)
        return {"imported_hash": now} | ({"shipped_hash": now} if self.ships else {})

    def _is_as_imported(self, here: Content) -> bool:
        """Say whether nobody has changed the content since the last import, or is about to."""
        return bool(
            here.live
            and not here.locked
            and not here.has_unpublished_changes
            and fingerprint(here.as_data()) == self._last_hash(here)
        )

    def _publish(self, row: Content) -> None:
        self.shelf.put(self.file.kind.media_in(self.file.data))
        row.tell(self.file.data)
        for name, value in self._hashes().items():
            setattr(row, name, value)
        row.save()
        row.save_revision(clean=False).publish()  # the file was found to be in order


def _difference(file: _File, here: Content) -> str:
    """Give the difference between the file and what stands here; empty when there is none."""
    try:
        data = here.as_data()
    except DataError:  # a draft that has not the shape yet
        data = {}
    if data == file.data:
        return ""
    return "".join(
        difflib.unified_diff(
            (file.kind.write(data) if data else "").splitlines(keepends=True),
            file.kind.write(file.data).splitlines(keepends=True),
            fromfile=f"{file.name} (here)",
            tofile=file.name,
        )
    )
