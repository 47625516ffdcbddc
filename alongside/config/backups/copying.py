"""A consistent copy of the database while others write to it, without what a backup leaves out."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from alongside.config.backups.errors import BackupError
from alongside.records.leaving_out import left_out_tables

SECONDS_TO_WAIT = 30
_KNOWN_TO_LIBPQ = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")


# Of those who know nothing of our backups: links by mail, background tasks, what an editor has open.
MODELS_OF_OTHERS_LEFT_OUT = (
    "account.EmailConfirmation",
    "django_tasks_database.DBTaskResult",
    "sessions.Session",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.UploadedFile",
)


def tables_to_leave_out() -> list[str]:
    """Give the tables of this database whose rows stay out of backups."""
    of_others = [apps.get_model(label)._meta.db_table for label in MODELS_OF_OTHERS_LEFT_OUT]
    here = set(connection.introspection.table_names())
    return sorted(here & {*left_out_tables(), *of_others, settings.CACHES["default"]["LOCATION"]})


def copy_database(folder: Path) -> Path:
    """Copy the database into ``folder``, which is empty and nobody else's; give the copy. Raises ``BackupError``."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(Path(connection.settings_dict["NAME"]), folder, tables_to_leave_out())
    dump = folder / "dump"
    leaving_out = [f"--exclude-table-data={table}" for table in tables_to_leave_out()]
    run_postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", *leaving_out)
    return dump


def faults_in_sqlite(file: Path) -> list[str]:
    """Give what SQLite itself finds wrong in a database file that nobody else has open; no faults, an empty list."""
    try:
        with closing(sqlite3.connect(file)) as database:
            return [str(row[0]) for row in database.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def run_postgres(program: str, *arguments: str, takes_connection: bool = True) -> str:
    """Run one of PostgreSQL's own programs on our database; give what it says.

    The password goes by the environment, so that no list of processes shows it. Raises ``BackupError``.
    """
    path = _find_program(program)
    password = ""
    if takes_connection:
        from psycopg.conninfo import make_conninfo

        parameters: dict[str, Any] = connection.get_connection_params()
        password = str(parameters.get("password") or "")
        known = {name: parameters[name] for name in _KNOWN_TO_LIBPQ if parameters.get(name)}
        arguments = (f"--dbname={make_conninfo(**known)}", *arguments)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(  # noqa: S603
        [path, *arguments], env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = next((line.strip() for line in done.stderr.splitlines() if line.strip()), f"status {done.returncode}")
        raise BackupError(f"{program} did not succeed: {said.replace(password, '…') if password else said}")
    return done.stdout


def _copy_sqlite(source: Path, folder: Path, leaving_out: Iterable[str]) -> Path:
    """Copy by SQLite's own backup, in one step: one moment of the database, and nobody who writes waits for it."""
    whole, small = folder / "whole", folder / "database"
    whole.touch(mode=0o600)
    with (
        closing(sqlite3.connect(source, timeout=SECONDS_TO_WAIT)) as original,
        closing(sqlite3.connect(whole, isolation_level=None)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in leaving_out:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608
        # Into a new file, so that nothing of what was deleted, now or ever, is copied along.
        copy.execute("VACUUM INTO ?", [str(small)])
    whole.unlink()
    faults = faults_in_sqlite(small)
    if faults:
        raise BackupError(f"The database itself is damaged ({faults[0]}), so no backup was taken of it.")
    return small


def _find_program(name: str) -> str:
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_major_version, reverse=True)
    found = shutil.which(name) or next(map(str, newest_first), None)
    if found is None:
        raise BackupError(f"“{name}” is needed and not here. Install PostgreSQL’s client (Debian: postgresql-client).")
    return found


def _major_version(program: Path) -> float:
    try:
        return float(program.parents[1].name)
    except ValueError:
        return 0.0
