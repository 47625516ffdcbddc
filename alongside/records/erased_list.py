"""The list of what people erased: a plain file beside the backups, so that a restore does not bring it back.

Its first line says from when on it is complete. Each other line is one erasure: when, the erasure's own id, the table,
the row's id, and, where only fields of the row were emptied, their names. Ids only, never words. Lines are only added;
those that no backup is old enough to need are dropped by writing the file anew.
"""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

FILE_NAME = "erased"
_FIRST_LINE = "Erased since {since}. A restore needs this list; copy it wherever the backups are copied to.\n"
_FIRST = re.compile(r"Erased since (\S+)\. .*")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


class DamagedListError(Exception):
    """The file is no such list, or part of it was changed; the message says where."""


@dataclass(frozen=True)
class Erasure:
    """One line. ``row`` is the row's id as text, without spaces; no ``fields`` means the whole row."""

    id: UUID
    at: datetime
    table: str
    row: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = [",".join(self.fields)] if self.fields else []
        return " ".join([self.at.isoformat(), str(self.id), self.table, self.row, *names])


@dataclass(frozen=True)
class ErasedList:
    """All erasures since ``since``, in the order in which they were written down, each once."""

    since: datetime
    erasures: tuple[Erasure, ...]


def read(path: Path) -> ErasedList:
    """Read the list. A last line without its end was never finished, and is left out: it is written again.

    Raises ``DamagedListError``, and ``OSError`` when the file cannot be read.
    """
    try:
        whole, _, _unfinished = path.read_text("utf-8").rpartition("\n")
    except UnicodeDecodeError as error:
        raise DamagedListError(f"{path} is no list of what was erased.") from error
    lines = whole.split("\n")
    first = _FIRST.fullmatch(lines[0])
    if first is None:
        raise DamagedListError(f"{path} is no list of what was erased.")
    try:
        since = _moment(first[1])
    except ValueError as error:
        raise DamagedListError(f"{path}, line 1, is damaged.") from error
    erasures: dict[UUID, Erasure] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            erasure = _parse(line)
        except ValueError as error:
            raise DamagedListError(f"{path}, line {number}, is damaged.") from error
        erasures.setdefault(erasure.id, erasure)
    return ErasedList(since, tuple(erasures.values()))


def append(path: Path, erasures: Iterable[Erasure], *, since: datetime) -> None:
    """Add ``erasures``, and see them on the disk. A file that is made by it is complete from ``since`` on.

    Raises ``OSError``; then nothing counts as added.
    """
    lines = "".join(f"{erasure}\n" for erasure in erasures).encode()
    with _alone(path) as descriptor:
        length = os.fstat(descriptor).st_size
        if length:
            length = _end_of_last_whole_line(descriptor, length)
            os.ftruncate(descriptor, length)
        if not length:
            lines = _FIRST_LINE.format(since=since.isoformat()).encode() + lines
        os.lseek(descriptor, 0, os.SEEK_END)
        try:
            _write(descriptor, lines)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, length)
            raise
    sync_folder(path.parent)


def drop_before(path: Path, moment: datetime) -> int:
    """Write the list anew without what was erased before ``moment``; give how many lines went.

    Does nothing while there is no list, or it begins at ``moment`` or later.
    Raises ``DamagedListError``, and ``OSError``.
    """
    if not path.exists():
        return 0
    with _alone(path):
        known = read(path) if path.stat().st_size else None
        if known is None or known.since >= moment:
            return 0
        kept = [erasure for erasure in known.erasures if erasure.at >= moment]
        draft = path.with_name(f"{path.name}.part")
        with draft.open("w", encoding="utf-8") as file:
            file.write(_FIRST_LINE.format(since=moment.isoformat()))
            file.writelines(f"{erasure}\n" for erasure in kept)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    sync_folder(path.parent)
    return len(known.erasures) - len(kept)


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """Open the file for one process at a time, also while another writes it anew under the same name."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    yield descriptor
                    return
        finally:
            os.close(descriptor)


def _end_of_last_whole_line(descriptor: int, length: int) -> int:
    """Give where the last line that was finished ends; 0 for none."""
    end = length
    while end:
        start = max(0, end - 4096)
        block = os.pread(descriptor, end - start, start)
        if (found := block.rfind(b"\n")) >= 0:
            return start + found + 1
        end = start
    return 0


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def sync_folder(folder: Path) -> None:
    """See the names in ``folder`` on the disk. Raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse(line: str) -> Erasure:
    at, identity, table, row, *fields = line.split(" ")
    names = tuple(fields[0].split(",")) if fields else ()
    if len(fields) > 1 or not row or not all(map(_NAME.fullmatch, (table, *names))):
        raise ValueError(line)
    return Erasure(UUID(identity), _moment(at), table, row, names)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
