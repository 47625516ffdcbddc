"""How a test's database is put back as it was before the first test, after a test that commits.

Django would empty all tables and fill them anew with what every database has from the start, which takes far longer.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.db import connection

PutsBack = Callable[[], None]
SECONDS_TO_WAIT = 10


def remember() -> PutsBack:
    """Give what puts the database back to how it is now, whatever is committed from now on."""
    connection.ensure_connection()
    return _remember_sqlite() if connection.vendor == "sqlite" else _remember_postgres()


def _remember_sqlite() -> PutsBack:
    memory = sqlite3.connect(":memory:")
    connection.connection.backup(memory)
    connection.close()

    def put_back() -> None:
        last_moment = time.monotonic() + SECONDS_TO_WAIT

        def give_up(*_progress: int) -> None:
            if time.monotonic() > last_moment:
                raise TimeoutError("Somebody still writes to the test's database.")

        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
            file.execute("PRAGMA synchronous = OFF")
            memory.backup(file, progress=give_up)
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return put_back


def _remember_postgres() -> PutsBack:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [table for (table,) in cursor.fetchall()]
        held = {table: rows for table in tables if (rows := _rows_of(cursor, table))}
    # Whoever holds a lock is not waited for without end; foreign keys and triggers are not asked.
    emptying = [f"SET LOCAL lock_timeout = '{SECONDS_TO_WAIT}s'", "SET LOCAL session_replication_role = replica"]
    emptying += [f"DELETE FROM {table}" for table in tables]

    def put_back() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; " + "; ".join(emptying))
            for table, rows in held.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
            cursor.execute("COMMIT")

    return put_back


def _rows_of(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)
