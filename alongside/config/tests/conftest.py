"""Starting the real command, with an environment of its own."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from nacl.public import PrivateKey

from alongside.config.backups.keys import private_key_as_text, write_public_key
from alongside.config.backups.taking import take_backup
from alongside.config.environment import SETTINGS
from alongside.core.rating.moves import Move
from alongside.records import clock

ALONGSIDE = Path(sys.executable).with_name("alongside")
SECONDS_TO_OPEN = 180  # on a busy machine, with every table still to be made
SECONDS_TO_END = 30


def plain_environment(**settings: str) -> dict[str, str]:
    """Give this process's environment without any setting of Alongside but these."""
    return {**{name: value for name, value in os.environ.items() if name not in SETTINGS}, **settings}


@pytest.fixture
def alongside(tmp_path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run ``alongside`` to its end, in empty folders, with these settings."""

    def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        folders = {"ALONGSIDE_DATA": str(tmp_path / "var"), "ALONGSIDE_KEYS": str(tmp_path / "keys")}
        return subprocess.run(
            [ALONGSIDE, *arguments],
            env=plain_environment(**{**folders, **settings}),
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
        )

    return run


@pytest.fixture(scope="module")
def small_model(tmp_path_factory) -> Path:
    """A model's folder that is whole, and holds no model: serving does not rate."""
    folder = Path(tmp_path_factory.mktemp("model"))
    scale = {"slope": 1, "offset": 0, "threshold": 0.5, "doubt": 0.2}
    description = {"version": "small", "files": {}, "moves": {move.value: scale for move in Move}}
    (folder / "model.json").write_text(json.dumps(description))
    return folder


@dataclass
class House:
    """One ``alongside serve`` at a time, and what it said."""

    environment: dict[str, str]
    said_in: Path
    port: int
    running: "subprocess.Popen[bytes] | None" = None
    _seen: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Start it, and wait until it says how to become a coordinator."""
        with self.said_in.open("w") as file:
            self.running = subprocess.Popen([ALONGSIDE, "serve"], env=self.environment, stdout=file, stderr=file)
        wait_until_said(self.said_in, "coordinates it yet", self.running)
        self._seen |= self.parts()

    def said(self) -> str:
        """Give everything it has said since it was started."""
        return self.said_in.read_text()

    def parts(self) -> set[int]:
        """Give the process ids of everything below it."""
        assert self.running is not None
        return _descendants(self.running.pid)

    def part(self, name: str) -> int:
        """Give the process id of its child that runs ``name``."""
        assert self.running is not None
        children = _children(self.running.pid)
        return next(pid for pid in children if f"alongside.config.processes\0{name}" in _command(pid))

    def ends(self) -> int:
        """Wait for its end, see that nothing of it is left, and give its status."""
        assert self.running is not None
        status = self.running.wait(SECONDS_TO_END)
        last_moment = time.monotonic() + SECONDS_TO_END
        while left := {pid for pid in self._seen if "alongside" in _command(pid)}:
            assert time.monotonic() < last_moment, left
            time.sleep(0.1)
        return status


def wait_until_said(said_in: Path, words: str, server: "subprocess.Popen[bytes]") -> str:
    """Wait until a server that writes to ``said_in`` has said ``words``; give all that it has said."""
    last_moment = time.monotonic() + SECONDS_TO_OPEN
    while words not in (said := said_in.read_text()):
        assert server.poll() is None, said
        assert time.monotonic() < last_moment, said
        time.sleep(0.1)
    return said


@pytest.fixture(scope="module")
def folder_of_the_house(tmp_path_factory) -> Path:
    """Where the house keeps its things from one start to the next."""
    return Path(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(folder_of_the_house, small_model) -> Iterator[House]:
    """A house that others may reach; its folders last for the whole file, so that the second start is a restart."""
    port = free_port()
    settings = {
        "PORT": str(port),
        "ALONGSIDE_HOSTS": "allies.example.org,localhost",
        "ALONGSIDE_DATA": str(folder_of_the_house / "var"),
        "ALONGSIDE_KEYS": str(folder_of_the_house / "keys"),
        "ALONGSIDE_MODEL": str(small_model),
        "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    }
    house = House(plain_environment(**settings), folder_of_the_house / "said", port)
    yield house
    if house.running is not None and house.running.poll() is None:
        house.running.terminate()
        house.running.wait(SECONDS_TO_END)


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> set[int]:
    children = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == pid:
            children.add(int(status.parent.name))
    return children


def _descendants(pid: int) -> set[int]:
    children = _children(pid)
    return children.union(*(_descendants(child) for child in children))


def _command(pid: int) -> str:
    """Give the command line of a process that has not ended, its words separated by NUL."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


# --- Backups ----------------------------------------------------------------------------------------------------------


@dataclass
class Vault:
    """Where the backups of the test's own database go, and the private key that the server does not have."""

    folder: Path
    private_key: Path

    def take(self, after: timedelta = timedelta(0)) -> Path:
        """Take a backup as if it were this much later."""
        return take_backup(self.folder, clock.now() + after)


@pytest.fixture
def vault(transactional_db, tmp_path, settings) -> Vault:
    """A backup key, and folders of the test's own."""
    pair = PrivateKey.generate()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, keys=tmp_path / "keys")
    settings.BACKUPS, settings.DATA = tmp_path / "backups", tmp_path / "var"
    settings.MEDIA_ROOT = settings.DATA / "media"
    for folder in (settings.BACKUPS, settings.DATA):
        folder.mkdir()
    write_public_key(settings.ENVIRONMENT.keys, pair.public_key)
    (settings.ENVIRONMENT.keys / "secret_key").write_text("s" * 64)
    (tmp_path / "private").write_text(private_key_as_text(pair))
    return Vault(settings.BACKUPS, tmp_path / "private")


@dataclass
class OtherHouse:
    """Another server, on which a backup is restored: a folder of its own, and a database of its own."""

    folder: Path
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / "var"

    def run(self, *arguments: str | Path, typed: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run ``alongside`` there."""
        command = [str(argument) for argument in (ALONGSIDE, *arguments)]
        return subprocess.run(
            command, env=self.environment, input=typed, capture_output=True, text=True, timeout=120, cwd=self.folder
        )

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Give the rows that its database answers with."""
        if url := self.environment["DATABASE_URL"]:
            import psycopg

            with psycopg.connect(url) as database:
                return database.execute(question).fetchall()
        with closing(sqlite3.connect(self.data / "alongside.sqlite3")) as database:
            return database.execute(question).fetchall()

    def everything(self) -> bytes:
        """Give all that it keeps: its files as they are, and every row of PostgreSQL."""
        files = b"".join(path.read_bytes() for path in self.data.rglob("*") if path.is_file())
        if not self.environment["DATABASE_URL"]:
            return files
        tables = self.ask("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        rows = (row for (name,) in tables for (row,) in self.ask(f"SELECT row::text FROM {name} AS row"))
        return files + "\n".join(rows).encode()

    def holds(self, words: str) -> bool:
        """Look for ``words`` in all that it keeps."""
        return words.encode() in self.everything()


@pytest.fixture
def other_house(tmp_path, small_model) -> Iterator[Callable[[str], OtherHouse]]:
    """Make another server, with nothing on it; on PostgreSQL with an empty database beside the test's own."""
    made: list[str] = []

    def make(name: str = "other") -> OtherHouse:
        folder = tmp_path / name
        folder.mkdir()
        url = ""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                database = f"{name}_{os.getpid()}"  # files of tests run side by side on one PostgreSQL
                cursor.execute(f"CREATE DATABASE {database}")
            made.append(database)
            url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}"
        places = {"DATA": "var", "KEYS": "keys", "BACKUPS": "backups"}
        return OtherHouse(
            folder,
            plain_environment(
                DATABASE_URL=url,
                PORT=str(free_port()),
                ALONGSIDE_MODEL=str(small_model),
                **{f"ALONGSIDE_{setting}": str(folder / place) for setting, place in places.items()},
            ),
        )

    yield make
    for name in made:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
