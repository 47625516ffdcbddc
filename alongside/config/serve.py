"""``alongside serve``: web server, task worker and ticker start together and end together.

``alongside serve --only talk`` is a second server beside it, on the same data and at a port of its own: a web server
with the addresses of survivors alone. What must happen by itself is left to the first.
"""

import argparse
import errno
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue

from alongside.config import checks
from alongside.config.alone import (
    KEEPING_HOUSE,
    RESTORING,
    SERVING,
    TakenError,
    alone,
    beside_others,
    delete_folder,
    refuse_unfinished_restore,
)
from alongside.config.environment import Environment, SettingError, read_environment
from alongside.config.processes import SECONDS_TO_END
from alongside.config.terminal import say, warn

SECONDS_BETWEEN_TICKS = 60
SECONDS_TO_OPEN = 120
CHILDREN = {"web": "The web server", "tasks": "The task worker"}
TALK = "talk"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
ASKED_TO_END = ""

logger = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    """Serve until told to end. Gives 0 then, and 1 when a part ended by itself.

    Raises ``SettingError`` when a setting stops the start.
    """
    parser = argparse.ArgumentParser(
        prog="alongside serve",
        description="Starts the web server, the task worker and the ticker; they end together. "
        "Settings come from the environment (docs/settings.md).",
    )
    parser.add_argument(
        "--only",
        choices=[TALK],
        help="a web server that has no other addresses than those of /talk/, beside the server that has all and runs "
        "what happens by itself; give it a PORT of its own",
    )
    only_talk = parser.parse_args(arguments).only == TALK
    environment = read_environment()
    checks.refuse_contradictions(environment)
    checks.make_data_folder(environment)
    refuse_taken_port(environment)
    try:
        with _locked(environment.data, only_talk=only_talk) as locks:
            refuse_unfinished_restore(environment.data)
            delete_folder(environment.data / RESTORING)  # a restore that was interrupted may have left it
            _say_warnings(environment)
            if only_talk:
                return _find_ready_to_talk() or supervise(environment, locks, only_talk=True)
            _set_up(environment)
            return supervise(environment, locks)
    except TakenError:
        raise SettingError(
            f"The data in {environment.data} is taken by another server, a restore or an update. Wait for it or end "
            "it, or set ALONGSIDE_DATA to another folder."
        ) from None


@contextmanager
def _locked(data: Path, *, only_talk: bool) -> Iterator[tuple[int, ...]]:
    """Keep out whoever must be alone, and a second server that runs tasks. Gives the locks' descriptors."""
    # Parts of a server that was killed have this long to end.
    with beside_others(data, SERVING, patience=SECONDS_TO_END) as serving:
        if only_talk:
            yield (serving,)
            return
        with alone(data, KEEPING_HOUSE, patience=SECONDS_TO_END) as keeping_house:
            yield serving, keeping_house


def _set_up(environment: Environment) -> None:
    """Check and make ready all that the house needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    checks.refuse_silent_database(environment)
    checks.refuse_missing_model(environment)
    _prepare(environment)


def _find_ready_to_talk() -> int:
    """Check that all is ready, in a process of its own: Django takes much memory, and waiting needs none of it.

    Gives 0, or the status with which to end; why has been said then.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.config.talk_settings"  # the web server's as well
    return subprocess.run([sys.executable, "-m", "alongside.config.ready_to_talk"], check=False).returncode


def _say_warnings(environment: Environment) -> None:
    for sentence in checks.warnings(environment):
        warn(f"Please note: {sentence}")


def refuse_taken_port(environment: Environment) -> None:
    """Raise ``SettingError`` when nothing can listen at the address that is set."""
    host, port = environment.host, environment.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise SettingError(f"HOST is “{host}”, which is no address. Leave it empty for this machine alone.") from None
    except OSError as error:
        raise SettingError(
            {
                errno.EADDRINUSE: f"Port {port} is taken. Stop what uses it, or set PORT to another.",
                errno.EACCES: f"Port {port} is for the system’s own services. Set PORT to one above 1023.",
                errno.EADDRNOTAVAIL: f"HOST is {host}, which is no address of this machine. Leave it empty, or "
                "set it to one that is.",
            }.get(error.errno or 0, f"Nothing can listen at {host}, port {port} ({error.strerror}).")
        ) from None


def supervise(environment: Environment, locks: tuple[int, ...], *, only_talk: bool = False) -> int:
    """Start all parts and wait until one ends or a signal asks to. Gives 0 for the signal, 1 otherwise.

    ``locks`` are descriptors of locks on the data folder; every part holds them, so that they last as long as it does.
    """
    endings: SimpleQueue[str] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: endings.put(ASKED_TO_END))
    stopping = threading.Event()
    children = [_start(name, locks) for name in CHILDREN if name == "web" or not only_talk]
    watchers = [threading.Thread(target=_watch, args=(child, endings), daemon=True) for child in children]
    threads = [threading.Thread(target=_open, args=(environment, only_talk, stopping, endings), daemon=True)]
    if not only_talk:
        threads.append(threading.Thread(target=_tick_each_minute, args=(stopping, endings), daemon=True))
    for thread in (*watchers, *threads):
        thread.start()
    reason = endings.get()
    if reason != ASKED_TO_END:
        warn(f"{reason} Everything ends with it.")
    stopping.set()
    _stop(children, [*watchers, *threads])
    return 0 if reason == ASKED_TO_END else 1


def _prepare(environment: Environment) -> None:
    from django.db import connections

    from alongside.config.demo import bounds
    from alongside.config.prepare import prepare

    prepare()
    if bounds.is_here():
        bounds.refuse_others(environment)
    connections.close_all()


def _start(name: str, locks: tuple[int, ...]) -> "subprocess.Popen[bytes]":
    """Start a child in a group of its own, on whose standard input it notices that this process is gone."""
    command = [sys.executable, "-m", "alongside.config.processes", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, pass_fds=locks)  # noqa: S603


def _watch(child: "subprocess.Popen[bytes]", endings: "SimpleQueue[str]") -> None:
    status = child.wait()
    how = f"status {status}" if status >= 0 else f"signal {signal.Signals(-status).name}"
    endings.put(f"{CHILDREN[str(child.args[-1])]} ended by itself ({how}).")  # type: ignore[index]


def _stop(children: "list[subprocess.Popen[bytes]]", threads: list[threading.Thread]) -> None:
    """Ask each to end, and make sure of it. What a part is in the middle of has ten seconds to be finished."""
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    last_moment = time.monotonic() + SECONDS_TO_END
    for thread in threads:
        thread.join(max(0.0, last_moment - time.monotonic()))
    for child in children:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # also a worker whose own parent was killed


def _open(environment: Environment, only_talk: bool, stopping: threading.Event, endings: "SimpleQueue[str]") -> None:
    """Say where the site is as soon as it answers, and how to become the first coordinator."""
    last_moment = time.monotonic() + SECONDS_TO_OPEN
    while (status := _answer(environment, "/talk/" if only_talk else "/")) is None:
        if stopping.wait(0.1):
            return
        if time.monotonic() > last_moment:
            endings.put(f"The web server did not answer within {SECONDS_TO_OPEN} seconds.")
            return
    if status >= 500:
        warn(f"The first page answers with an error ({status}); what was written above says why.")
    if only_talk:
        say(f"Survivors alone are served, at {environment.talk_address} (Ctrl+C ends it)")
        return
    say(f"Alongside is open at {environment.address}/ (Ctrl+C ends it)")
    try:
        _say_how_to_become_a_coordinator(environment)
    except Exception:
        logger.exception("The link for the first coordinator could not be made.")


def _answer(environment: Environment, path: str) -> int | None:
    """Give the status of the page at ``path``, or nothing while nobody answers."""
    host = EVERYWHERE.get(environment.host, environment.host)
    connection = http.client.HTTPConnection(host, environment.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _say_how_to_become_a_coordinator(environment: Environment) -> None:
    from django.db import connections

    from alongside.people import acts

    try:
        if not acts.has_coordinator():
            say(f"Nobody coordinates it yet. Whoever opens this link can, once: {acts.make_coordinator_link()}")
    finally:
        connections.close_all()


def _tick_each_minute(stopping: threading.Event, endings: "SimpleQueue[str]") -> None:
    """Tick at once and then each minute. A tick that fails is logged, and the next one comes all the same."""
    from django.core.management import call_command
    from django.db import connections

    try:
        while not stopping.is_set():
            try:
                call_command("tick", verbosity=0)
            except Exception:
                logger.exception("A tick failed. The next one comes in a minute.")
            finally:
                connections.close_all()
            stopping.wait(SECONDS_BETWEEN_TICKS)
    finally:
        endings.put("The ticker ended by itself.")
