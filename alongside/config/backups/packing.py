"""What is in a backup: the database, the uploaded media, and a manifest that says what belongs to it.

A compressed tar: ``database`` (SQLite's file, or PostgreSQL's dump), ``media/…``, and last ``manifest.json``, with the
size and SHA-256 of every file before it.
"""

import gzip
import hashlib
import io
import json
import os
import stat
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from alongside.config.backups.errors import BackupError
from alongside.config.backups.sealing import DAMAGED
from alongside.config.tables import Migration

DATABASE, MEDIA, MANIFEST = "database", "media", "manifest.json"
FORMAT = 1
_LONGEST_MANIFEST = 100_000_000
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    ``engine``: Django's name for the database; ``left_out``: tables whose rows it does not hold; ``keys``: a hash of
    each secret key that was there, to tell whether those at hand are the same; ``files``: size and SHA-256 by path.
    """

    version: str
    taken_at: datetime
    engine: str
    migrations: list[Migration]
    left_out: list[str]
    keys: dict[str, str]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps({"format": FORMAT, **asdict(self), "taken_at": self.taken_at.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read it. Raises ``BackupError`` for one that this version does not understand."""
        try:
            told = json.loads(text)
            if told.pop("format") != FORMAT:
                raise BackupError("It was made by a newer version of Alongside. Install that version first.")
            told["taken_at"] = datetime.fromisoformat(told["taken_at"])
            told["migrations"] = [(str(app), str(name)) for app, name in told["migrations"]]
            told["files"] = {name: (int(size), str(digest)) for name, (size, digest) in told["files"].items()}
            return cls(**told)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupError(DAMAGED) from error


def pack(sink: io.RawIOBase, database: Path, media: Path, manifest: Manifest) -> None:
    """Write database, media and the manifest, filled with their hashes, to ``sink``.

    A file of media that is deleted meanwhile is left out. Raises ``OSError`` for one that shrinks.
    """
    with (
        gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=6, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as archive,
    ):
        manifest.files[DATABASE] = _add(archive, DATABASE, database)
        for path in sorted(_files_in(media)):
            name = str(PurePosixPath(MEDIA) / path.relative_to(media).as_posix())
            with suppress(FileNotFoundError):
                manifest.files[name] = _add(archive, name, path)
        text = manifest.to_json().encode()
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(text)
        archive.addfile(last, io.BytesIO(text))


def unpack(source: IO[bytes], folder: Path) -> Manifest:
    """Write what ``pack`` wrote into ``folder``, which is empty; give its manifest.

    Every file has been compared with the manifest then, and ``source`` read to its end. Raises ``BackupError``, and
    ``OSError`` when there is no room.
    """
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    try:
        with gzip.GzipFile(fileobj=source, mode="rb") as zipped:
            with tarfile.open(fileobj=zipped, mode="r|") as archive:
                for member in archive:
                    content = archive.extractfile(member)
                    if content is None or manifest is not None:
                        raise BackupError(DAMAGED)
                    if member.name == MANIFEST:
                        manifest = Manifest.from_json(content.read(_LONGEST_MANIFEST).decode())
                    else:
                        found[member.name] = _write(content, _place(folder, member.name))
            while zipped.read(_BLOCK):
                pass
        while source.read(_BLOCK):
            pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, UnicodeDecodeError) as error:
        raise BackupError(DAMAGED) from error
    if manifest is None or manifest.files != found or DATABASE not in found:
        raise BackupError(DAMAGED)
    return manifest


class _Hashing:
    """Reads from an open file, and hashes what it gives."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._digest.update(data)
        return data

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _add(archive: tarfile.TarFile, name: str, path: Path) -> tuple[int, str]:
    """Add one file as long as it is now; give its size and SHA-256."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        reader = _Hashing(file)
        archive.addfile(info, reader)
    return info.size, reader.sha256


def _files_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _place(folder: Path, name: str) -> Path:
    """Give where a file of this name belongs. Raises ``BackupError`` for one that belongs nowhere."""
    parts = PurePosixPath(name).parts
    is_media = len(parts) > 1 and parts[0] == MEDIA and ".." not in parts
    if not is_media and name != DATABASE:
        raise BackupError(DAMAGED)
    return folder.joinpath(*parts)


def _write(content: IO[bytes], place: Path) -> tuple[int, str]:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with place.open("xb") as file:
        while block := content.read(_BLOCK):
            digest.update(block)
            size += len(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()
