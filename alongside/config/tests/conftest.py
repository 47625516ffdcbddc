"""Starting the real command, with an environment of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from alongside.config.environment import SETTINGS
from alongside.core.rating.moves import Move

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
        last_moment = time.monotonic() + SECONDS_TO_OPEN
        while "coordinates it yet" not in self.said():
            assert self.running.poll() is None, self.said()
            assert time.monotonic() < last_moment, self.said()
            time.sleep(0.1)
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
