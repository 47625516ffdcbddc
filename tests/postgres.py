"""A PostgreSQL server to throw away: a folder of its own, a socket of its own, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

SECONDS_TO_START = 30
# Nothing of it is meant to last, so it need not reach the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


def find_programs() -> Path | None:
    """Give the folder that holds ``initdb`` and ``postgres``, the newest version's if there are several."""
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True),
        *(Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder),
    ]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def throw_away_postgres(programs: Path) -> Iterator[str]:
    """Run a server and give the address of a database on it, as ``DATABASE_URL`` wants it.

    PostgreSQL refuses to run as root: then it runs as ``postgres``, or ``nobody``. Raises ``RuntimeError`` with the
    server's own words when it does not start.
    """
    user = _unprivileged_user()
    # A socket's path may have 107 characters: not in a long TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="alongside-postgres-", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)
        log = folder / "log"
        _run([programs / "initdb", "-D", folder / "data", "-U", "alongside", "-A", "trust", "-E", "UTF8", "--no-sync",
              "--locale=C.UTF-8"], user)  # fmt: skip
        settings = [word for setting in FAST for word in ("-c", setting)]
        command: list[Path | str] = [programs / "postgres", "-D", folder / "data", "-k", folder, *settings]
        with log.open("w") as file:
            server = subprocess.Popen(command, stdout=file, stderr=file, user=user, cwd=folder, start_new_session=True)
        try:
            _wait(server, folder, log)
            _run([programs / "createdb", "-h", folder, "-U", "alongside", "alongside"], user)
            yield f"postgres://alongside@{quote(str(folder), safe='')}/alongside"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_database(address: str, name: str) -> str:
    """Make another database on the server at ``address``, and give that one's address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address.rpartition('/')[0]}/{name}"


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[Path | str], user: str | None) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name}: {done.stderr.strip()}")


def _wait(server: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    last_moment = time.monotonic() + SECONDS_TO_START
    while not _is_ready(folder / "data" / "postmaster.pid"):
        if server.poll() is not None or time.monotonic() > last_moment:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _is_ready(file: Path) -> bool:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"
