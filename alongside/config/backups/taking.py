"""To take a backup: by a command, and each day by the tick."""

import hashlib
import os
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from nacl.public import PublicKey

from alongside.config import tables
from alongside.config.alone import BACKING_UP, TakenError, alone, delete_folder, empty_folder
from alongside.config.backups import folder as folders
from alongside.config.backups.copying import copy_database, tables_to_leave_out
from alongside.config.backups.errors import BackupError, with_the_disk
from alongside.config.backups.keys import HOW_TO_MAKE_ONE, PUBLIC_FILE, read_public_key
from alongside.config.backups.packing import Manifest, pack
from alongside.config.backups.sealing import SealingStream
from alongside.records import erased_list, tombstones
from alongside.records.erased_list import sync_folder
from alongside.records.ticking import at_the_end_of_each_tick

WORKPLACE = "backing-up"
TRIED = "backup-tried"
EACH = timedelta(hours=24)
TRY_AGAIN = timedelta(hours=1)


def take_backup(folder: Path, moment: datetime) -> Path:
    """Take a backup into ``folder``, which is made when missing; give its file. Older ones than fourteen days go.

    It is called after ``moment``, and appears under its name when it is whole and on the disk. The list of what was
    erased lies beside it. Raises ``BackupError``: without a backup key, for one, or while another is being taken.
    """
    key = read_public_key(settings.ENVIRONMENT.keys)
    if key is None:
        raise BackupError(HOW_TO_MAKE_ONE)
    try:
        with alone(settings.DATA, BACKING_UP):
            return _take(folder, moment, key)
    except TakenError:
        raise BackupError("Another backup is being taken at this moment. Wait until it is there.") from None
    except OSError as error:
        raise with_the_disk(error) from error
    except erased_list.DamagedListError as error:
        raise BackupError(f"The backup was taken, but {error} Move that file away: it is then made anew.") from error


@at_the_end_of_each_tick
def take_backup_when_due(moment: datetime) -> None:
    """Take the day's backup if the newest is a day old, and delete those of more than fourteen days.

    Of two ticks one takes it. One that failed is tried again after an hour. Does nothing but delete without a backup
    key. Raises ``BackupError``, ``OSError`` and ``DamagedListError``, which the log then names.
    """
    folder = settings.BACKUPS
    folders.prune(folder, moment)
    key = read_public_key(settings.ENVIRONMENT.keys)
    with suppress(TakenError), alone(settings.DATA, BACKING_UP):
        delete_folder(settings.DATA / WORKPLACE)  # a backup that was interrupted may have left it
        if key is not None and _is_due(folder, moment):
            _note_the_try(moment)
            _take(folder, moment, key)


def _take(folder: Path, moment: datetime, key: PublicKey) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders.clear_unfinished(folder)
    backup = folder / folders.name_for(moment)
    unfinished = backup.with_name(backup.name + folders.UNFINISHED)
    if backup.exists():
        raise BackupError(f"{backup} is there already.")
    with empty_folder(settings.DATA / WORKPLACE) as workplace:
        manifest = _manifest(moment)
        database = copy_database(workplace)
        try:
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                sealing = SealingStream(file, key)
                pack(sealing, database, Path(settings.MEDIA_ROOT), manifest)
                sealing.finish()
                file.flush()
                os.fsync(file.fileno())
            os.rename(unfinished, backup)
        finally:
            unfinished.unlink(missing_ok=True)
    sync_folder(folder)
    folders.prune(folder, moment)
    _lay_the_list_beside(folder)
    return backup


def _manifest(moment: datetime) -> Manifest:
    return Manifest(
        version=version("alongside"),
        taken_at=moment,
        engine=connection.vendor,
        migrations=tables.applied(),
        left_out=tables_to_leave_out(),
        keys=hashes_of_keys(settings.ENVIRONMENT.keys),
    )


def hashes_of_keys(folder: Path) -> dict[str, str]:
    """Give a short hash of each secret key in ``folder``: it tells whether two are the same, and nothing else."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != PUBLIC_FILE
    }


def _lay_the_list_beside(folder: Path) -> None:
    """Bring the list of what was erased up to date, and copy it along when the backup goes to another folder."""
    with suppress(DatabaseError):  # in the middle of an update the table may not be there yet
        tombstones.write_down()
    ours = settings.BACKUPS / erased_list.FILE_NAME
    if ours.exists() and folder.resolve() != settings.BACKUPS.resolve():
        known = erased_list.read(ours)
        with suppress(FileNotFoundError):
            (folder / erased_list.FILE_NAME).unlink()
        erased_list.append(folder / erased_list.FILE_NAME, known.erasures, since=known.since)


def _is_due(folder: Path, moment: datetime) -> bool:
    newest = folders.newest(folder)
    if newest is not None and moment - newest < EACH:
        return False
    try:
        tried = datetime.fromisoformat((settings.DATA / TRIED).read_text("ascii"))
    except (OSError, ValueError):
        return True
    return not timedelta(0) <= moment - tried < TRY_AGAIN


def _note_the_try(moment: datetime) -> None:
    (settings.DATA / TRIED).write_text(moment.isoformat(), "ascii")
