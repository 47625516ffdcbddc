"""The way back: a backup is checked whole before anything is touched, and served only when all of it is in place."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from nacl.public import PrivateKey

from alongside.config import tables
from alongside.config.alone import (
    BACKING_UP,
    RESTORING,
    SERVING,
    UNFINISHED_RESTORE,
    TakenError,
    alone,
    empty_folder,
)
from alongside.config.backups import taking
from alongside.config.backups.copying import faults_in_sqlite, run_postgres
from alongside.config.backups.errors import BackupError, with_the_disk
from alongside.config.backups.packing import DATABASE, MEDIA, Manifest, unpack
from alongside.config.backups.sealing import DAMAGED, UnsealingStream
from alongside.records import erased_list, tombstones
from alongside.records.erased_list import ErasedList, sync_folder

SQLITE_FILE = "alongside.sqlite3"
STOP_IT = "A server runs on this data. Stop it first (systemctl stop alongside); the restore starts when nobody writes."


@dataclass(frozen=True)
class Restored:
    """What a backup says of itself, and which of the secret keys of then are not those that are here."""

    manifest: Manifest
    other_keys: list[str]


def check_backup(file: Path, key: PrivateKey) -> Restored:
    """Read all of a backup and touch nothing, while a server may run.

    Raises ``BackupError`` with a sentence for what is wrong with it.
    """
    try:
        with alone(settings.DATA, BACKING_UP), empty_folder(settings.DATA / taking.WORKPLACE) as workplace:
            return _read(file, key, workplace)
    except TakenError:
        raise BackupError("A backup is being taken at this moment. Wait until it is there.") from None
    except OSError as error:
        raise with_the_disk(error) from error


def restore(file: Path, key: PrivateKey, erased: list[Path] | None, *, over: bool) -> Restored:
    """Restore a backup into the data folder, or into the PostgreSQL that the settings name.

    ``erased``: lists of what was erased; ``None`` brings back what was erased after the backup was taken. ``over``:
    what is here is replaced. Raises ``BackupError``; then what was here is as it was, unless a file in the data folder
    says that the restore is unfinished, and no server starts.
    """
    try:
        with alone(settings.DATA, SERVING), empty_folder(settings.DATA / RESTORING) as workplace:
            _refuse_others()
            if not over:
                _refuse_what_is_here()
            lists = _read_lists(erased)
            restored = _read(file, key, workplace)
            if lists is not None:
                _refuse_short_lists(lists, restored.manifest.taken_at)
            _merge([*(lists or []), *_known_here()], workplace / erased_list.FILE_NAME)
            (_restore_sqlite if connection.vendor == "sqlite" else _restore_postgres)(workplace)
            return restored
    except TakenError:
        raise BackupError(STOP_IT) from None
    except erased_list.DamagedListError as error:
        raise BackupError(f"The list of what was erased cannot be used: {error}") from error
    except OSError as error:
        raise with_the_disk(error) from error


# --- Before anything is touched ---------------------------------------------------------------------------------------


def _read(file: Path, key: PrivateKey, workplace: Path) -> Restored:
    """Unpack the backup into ``workplace`` and check all of it."""
    try:
        with file.open("rb") as sealed, BufferedReader(UnsealingStream(sealed, key)) as source:
            manifest = unpack(source, workplace)
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except BackupError as error:
        raise BackupError(f"{file} cannot be restored. {error}") from error
    _refuse_newer(manifest)
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"This is a backup of {manifest.engine}, and the settings name {connection.vendor}. "
            "Set DATABASE_URL as it was then, or leave it empty for SQLite."
        )
    if manifest.engine == "sqlite":
        faults = faults_in_sqlite(workplace / DATABASE)
        if faults:
            raise BackupError(f"{file} cannot be restored. {DAMAGED} ({faults[0]})")
    else:
        run_postgres("pg_restore", "--list", str(workplace / DATABASE), takes_connection=False)
    here = taking.hashes_of_keys(settings.ENVIRONMENT.keys)
    return Restored(manifest, sorted(name for name, digest in manifest.keys.items() if here.get(name) != digest))


def _refuse_newer(manifest: Manifest) -> None:
    ours = version("alongside")
    if _in_order(manifest.version) > _in_order(ours) or tables.unknown_here(manifest.migrations):
        raise BackupError(
            f"It was made by Alongside {manifest.version}, and this is {ours}: too old for it. "
            "Install that version, or a newer one, first."
        )


def _in_order(name: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", name)]


def _refuse_others() -> None:
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise BackupError("Others are connected to this database. Stop every server and program that uses it.")


def _refuse_what_is_here() -> None:
    try:
        is_in_use = tables.is_in_use()
    except DatabaseError:  # whatever it is, it is not nothing
        is_in_use = True
    media = Path(settings.MEDIA_ROOT)
    if is_in_use or (media.exists() and any(media.iterdir())):
        raise BackupError(
            "There are people’s accounts or uploaded files here already, and a restore replaces all of it. "
            "If that is what you want, say --over."
        )


def _read_lists(paths: list[Path] | None) -> list[ErasedList] | None:
    if paths is None:
        return None
    found = [path for path in paths if path.exists()]
    if not found:
        raise BackupError(
            f"There is no list of what was erased since ({' or '.join(map(str, paths))}), so that would come back. "
            "Name the file “erased” that lay beside the backups with --erased FILE. If there is none any more, say "
            "--without-erased."
        )
    return [erased_list.read(path) for path in found]


def _refuse_short_lists(lists: list[ErasedList], taken_at: datetime) -> None:
    since = max(each.since for each in lists)
    if taken_at < since:
        raise BackupError(
            f"This backup is of {taken_at:%Y-%m-%d}, and the list of what was erased begins on {since:%Y-%m-%d}: "
            "what was erased in between would come back. Restore a newer one, or say --without-erased."
        )


def _known_here() -> list[ErasedList]:
    """Give what the database that is about to be replaced knows, in case it is not written down yet."""
    try:
        return [tombstones.known_here()]
    except DatabaseError:
        return []


def _merge(lists: list[ErasedList], path: Path) -> None:
    erasures = {erasure.id: erasure for each in lists for erasure in each.erasures}
    in_order = sorted(erasures.values(), key=lambda erasure: erasure.at)
    erased_list.append(path, in_order, since=min((each.since for each in lists), default=datetime.now(UTC)))


# --- Putting it in place ----------------------------------------------------------------------------------------------


def _restore_sqlite(workplace: Path) -> None:
    """Make the database ready where it was unpacked, then let it take the place of what is here."""
    os.rename(workplace / DATABASE, workplace / SQLITE_FILE)
    _settle(workplace)
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    with _unfinished():
        for ending in ("-wal", "-shm", "-journal"):  # they belong to the database that goes
            Path(f"{place}{ending}").unlink(missing_ok=True)
        os.replace(workplace / SQLITE_FILE, place)
        _replace_media(workplace)


def _restore_postgres(workplace: Path) -> None:
    """Replace all tables in one transaction, then make the database ready while no server may start."""
    script, emptying = workplace / "restore.sql", workplace / "empty.sql"
    archive = str(workplace / DATABASE)
    run_postgres("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", archive, takes_connection=False)
    names = [connection.ops.quote_name(table) for table in connection.introspection.table_names()]
    emptying.write_text(f"DROP TABLE {', '.join(names)} CASCADE;\n" if names else "", "utf-8")
    connection.close()
    with _unfinished():
        run_postgres(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--file={emptying}", f"--file={script}",
        )  # fmt: skip
        _settle(workplace)
        _replace_media(workplace)


def _settle(workplace: Path) -> None:
    """Run ``settling`` on what was unpacked."""
    command = [sys.executable, "-m", "alongside.config.backups.settling", str(workplace / erased_list.FILE_NAME)]
    environment = {**os.environ, "ALONGSIDE_DATA": str(workplace)}
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603
        raise BackupError("The backup could not be made ready; what is said above says why.")


def _replace_media(workplace: Path) -> None:
    new, place, old = workplace / MEDIA, Path(settings.MEDIA_ROOT), workplace / "replaced"
    if place.exists():
        os.rename(place, old)
    if new.exists():
        os.rename(new, place)


@contextmanager
def _unfinished() -> Iterator[None]:
    """Keep every server from starting until this is through."""
    marker = Path(settings.DATA / UNFINISHED_RESTORE)
    marker.touch(mode=0o600)
    sync_folder(settings.DATA)
    yield
    sync_folder(settings.DATA)
    marker.unlink()
    sync_folder(settings.DATA)
