"""Where the files of an import go that lessons show: documents of the editor's, under names that are free."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import PurePath

from django.core.files import File
from django.utils.text import get_valid_filename
from wagtail.documents.models import Document

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.exchange.parcel import MEDIA, Parcel
from alongside.review.files import ContentFileError, LineError

LONGEST_NAME = 80
TAKEN_MEANWHILE = _("Somebody added a file of this name this very moment. Run the import again.")

_LONGEST_END = 10


class Shelf:
    """Finds a place for the files of a parcel, first as rows, and at the end on the disk."""

    def __init__(self, parcel: Parcel) -> None:
        self._parcel = parcel
        self._names: dict[str, str] = {}
        self._to_write: dict[str, Document] = {}
        self._written: list[Document] = []

    def names_of(self, names: Iterable[str]) -> dict[str, str]:
        """Give the name here of each of the files that lie in the parcel.

        The same file has the same name whenever it comes. A name that another file has is left to that.
        """
        for name in set(names) & self._parcel.media.keys():
            if name not in self._names:
                self._names[name] = self._name_here(name)
        return {name: self._names[name] for name in names if name in self._names}

    def put(self, names: Iterable[str]) -> None:
        """Make the documents of those files of the parcel that are not here yet, by their names here."""
        of_parcel = {here: name for name, here in self._names.items()}
        for here in set(names) & of_parcel.keys():
            name = of_parcel[here]
            if name in self._to_write or _documents_called(here):
                continue
            document = Document(title=here)
            document.file.name = _place(here)
            document.save()
            self._to_write[name] = document

    def write(self) -> None:
        """Write the files of the documents that were made. Raises ``ContentFileError``, ``OSError``."""
        for name, document in sorted(self._to_write.items()):
            place = document.file.name
            with self._parcel.open_media(name) as file:
                document.file.name = document.file.storage.save(place, File(file))
            self._written.append(document)
            document.get_file_size()
            document.get_file_hash()
            if document.file.name != place:
                raise ContentFileError([LineError(f"{MEDIA}/{name}", 1, Problem((), TAKEN_MEANWHILE))])

    def clear(self) -> None:
        """Delete what was written: the import did not come about."""
        for document in self._written:
            document.file.storage.delete(document.file.name)

    def _name_here(self, name: str) -> str:
        digest = self._parcel.media[name]
        return next(here for here in _names_like(name, digest) if self._is_this_or_free(here, digest))

    def _is_this_or_free(self, here: str, digest: str) -> bool:
        documents = _documents_called(here)
        if documents:
            return any(_sha256(document) == digest for document in documents)
        return here not in self._names.values() and not Document().file.storage.exists(_place(here))


def _names_like(name: str, digest: str) -> Iterator[str]:
    """Give names for a file: its own made safe, then others that its content chooses."""
    path = PurePath(get_valid_filename(name.lstrip(". ")))
    end = path.suffix[-_LONGEST_END:]
    stem = path.stem[: LONGEST_NAME - len(end) - len("-00000000-00")]
    yield f"{stem}{end}"
    yield f"{stem}-{digest[:8]}{end}"
    yield from (f"{stem}-{digest[:8]}-{number}{end}" for number in count(2))


def _place(name: str) -> str:
    return str(Document._meta.get_field("file").generate_filename(Document(), name))


def _documents_called(name: str) -> list[Document]:
    return [each for each in Document.objects.filter(file__endswith=name).order_by("pk") if each.filename == name]


def _sha256(document: Document) -> str:
    try:
        with document.open_file() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
