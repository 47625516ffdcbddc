"""The folder of backups: what they are called, how old they are, which of them go."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alongside.records.tombstones import BACKUPS_KEPT

FRESH = timedelta(hours=24)
UNFINISHED = ".part"
_WRITTEN_AS = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"alongside-(\d{8}T\d{6}Z)\.backup")


def name_for(moment: datetime) -> str:
    """Give the name of a backup that is taken at ``moment``: it tells the second, in UTC."""
    return f"alongside-{moment.astimezone(UTC).strftime(_WRITTEN_AS)}.backup"


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Give the backups in ``folder`` and when each was taken, the newest first. What is unfinished is none."""
    found = []
    for path in folder.glob("alongside-*.backup"):
        if (name := _NAME.fullmatch(path.name)) and path.is_file():
            found.append((datetime.strptime(name[1], _WRITTEN_AS).replace(tzinfo=UTC), path))
    return sorted(found, reverse=True)


def newest(folder: Path) -> datetime | None:
    """Give when the newest backup in ``folder`` was taken; nothing when there is none."""
    return next((moment for moment, _ in backups_in(folder)), None)


def prune(folder: Path, moment: datetime) -> int:
    """Delete the backups that are more than fourteen days old at ``moment``; give how many."""
    old = [path for taken_at, path in backups_in(folder) if taken_at < moment - BACKUPS_KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def clear_unfinished(folder: Path) -> None:
    """Delete what a backup that was interrupted left. Only while no other is being taken."""
    for path in folder.glob(f"alongside-*.backup{UNFINISHED}"):
        path.unlink(missing_ok=True)
