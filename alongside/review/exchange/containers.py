"""A folder or a zip file, as somebody gave it: what lies in it, before anything is believed of it."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.files import ContentFileError, LineError

MOST_FILES = 2000

NO_ZIP = _("This is no zip file that can be read: it is damaged, or something else.")
TOO_MANY = _("There are more than %(most)d files in this. It is not taken.")
LINK = _("This is a link or a device. A workshop consists of plain files.")
LOCKED = _("This is locked with a password. Have the workshop exported without one.")
PACKED_OTHERWISE = _("This is packed in a way that is not read. Pack the folder again as a usual zip file.")
UNREADABLE = _("This cannot be read: %(reason)s.")

_END, _END_ZIP64, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", b"PK\x06\x07", 22, 65535
_LONGEST_LISTING = 1_000_000


@dataclass(frozen=True)
class Entry:
    """A file in a folder or a zip file, by its path there. ``fault``: why it cannot be opened at all."""

    name: str
    size: int
    fault: Problem | None = None


class Container(Protocol):
    """Something with files in it; to be closed at the end."""

    def entries(self) -> list[Entry]:
        """Give what lies in it, in the order of the names. Raises ``ContentFileError`` for more than is taken."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file. Raises ``OSError``, and so does reading from it, if not a fault of the packing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Folder:
    """A folder. What is hidden in it is not looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[Entry]:
        """Give the files below the folder."""
        found = list(islice(self._walk(), MOST_FILES + 1))
        _refuse_too_many(len(found), self._path.name)
        return sorted(found, key=lambda entry: entry.name)

    def open(self, name: str) -> IO[bytes]:
        """Open a file that is no link."""
        return open(os.open(self._path / name, os.O_RDONLY | os.O_NOFOLLOW), "rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def _walk(self) -> Iterator[Entry]:
        for path in self._path.rglob("*"):
            name = path.relative_to(self._path)
            if any(part.startswith(".") for part in name.parts):
                continue
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode):
                fault = None if stat.S_ISREG(status.st_mode) else Problem((), LINK)
                yield Entry(name.as_posix(), status.st_size, fault)


class Archive:
    """A zip file. What it says of its sizes is the most that is ever read from it."""

    def __init__(self, path: Path) -> None:
        """Read its listing. Raises ``ContentFileError``."""
        with faults_of_packing(path.name):
            with path.open("rb") as file:
                _refuse_long_listing(file, path.name)
            self._zip = zipfile.ZipFile(path)

    def entries(self) -> list[Entry]:
        """Give its files; folders are none."""
        infos = self._zip.infolist()
        _refuse_too_many(len(infos), Path(self._zip.filename or "").name)
        return sorted(
            (Entry(info.orig_filename, info.file_size, _fault_of(info)) for info in infos if not info.is_dir()),
            key=lambda entry: entry.name,
        )

    def open(self, name: str) -> IO[bytes]:
        """Open a file."""
        return self._zip.open(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()


@contextmanager
def faults_of_packing(name: str) -> Iterator[None]:
    """Raise ``ContentFileError`` for what goes wrong while a file is unpacked or read; ``name`` is for the message."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeDecodeError, NotImplementedError) as error:
        raise ContentFileError([LineError(name, 1, Problem((), NO_ZIP))]) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentFileError([LineError(name, 1, Problem((), UNREADABLE, {"reason": reason}))]) from error


def _fault_of(info: zipfile.ZipInfo) -> Problem | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Problem((), LINK)
    if info.flag_bits & 1:
        return Problem((), LOCKED)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Problem((), PACKED_OTHERWISE)
    return None


def _refuse_long_listing(file: IO[bytes], name: str) -> None:
    """Refuse a zip file by the end of it, before its listing is read into memory whole."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_COMMENT - _END_LENGTH - 20))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_LENGTH:
        raise zipfile.BadZipFile
    entries, listing = struct.unpack("<HL", tail[place + 10 : place + 16])
    if entries > MOST_FILES or listing > _LONGEST_LISTING or _END_ZIP64 in tail[max(0, place - 20) : place]:
        _refuse_too_many(MOST_FILES + 1, name)


def _refuse_too_many(number: int, name: str) -> None:
    if number > MOST_FILES:
        raise ContentFileError([LineError(name, 1, Problem((), TOO_MANY, {"most": MOST_FILES}))])
