"""``make test``: every test on SQLite, with Chromium for pages, and again on PostgreSQL what that may change.

With ``CI`` set a missing browser or a missing PostgreSQL fails; without, it is said and the rest is run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from alongside.config.environment import SETTINGS
from tests.browser.chromium import HOW_TO_GET_IT, find_chromium
from tests.postgres import find_programs, make_database, throw_away_postgres
from tests.second_database import SENTENCE

ROOT = Path(__file__).parent.parent
CLOSING_LINE = re.compile(r"^(\x1b\[[\d;]*m)*=* ?.*\b(passed|failed|errors?|no tests ran)\b.* in [\d.]+s")
MUST_HAVE_ALL = bool(os.environ.get("CI"))
# One more than there are processors: now and then a test waits for a browser or for a server to open.
WORKERS = (os.cpu_count() or 1) + 1
Environment = dict[str, str]


@dataclass(frozen=True)
class Run:
    """Tests on one kind of database: where its tables are made, what the tests then see, and options of pytest."""

    database: str
    is_prepared_in: Environment
    environment: Environment
    options: tuple[str, ...] = ()


def main(arguments: list[str]) -> int:
    """Run what the arguments choose (they go to pytest) and give 0 when all of it passed."""
    browser, closing = _find_or_install_chromium(), {}
    with ExitStack() as stack:
        runs = [_on_sqlite(stack)]
        if programs := find_programs():
            runs.append(_on_postgres(stack, programs))
        else:
            closing["PostgreSQL"] = _not_run("There is no PostgreSQL here. On Debian: apt install postgresql.")
        if not _prepare(runs):
            return 1
        closing = {run.database: _pytest(run, arguments) for run in runs} | closing
    if not browser:
        closing["Browser"] = _not_run(HOW_TO_GET_IT)
    _say("")
    for name, (passed, line) in closing.items():
        _say(f"{name + ':':<12}{line}" if passed else f"{name + ':':<12}{line}  ← look above")
    return 0 if all(passed for passed, _ in closing.values()) else 1


def _on_sqlite(stack: ExitStack) -> Run:
    preparing, testing = _own_environment(stack), _own_environment(stack)
    prepared = str(Path(preparing["ALONGSIDE_DATA"]) / "alongside.sqlite3")
    return Run("SQLite", preparing, {**testing, "PREPARED_DATABASE": prepared})


def _on_postgres(stack: ExitStack, programs: Path) -> Run:
    address = stack.enter_context(throw_away_postgres(programs))
    preparing = {**_own_environment(stack), "DATABASE_URL": make_database(address, "prepared")}
    testing = {**_own_environment(stack), "DATABASE_URL": address, "PREPARED_DATABASE": "prepared"}
    return Run("PostgreSQL", preparing, testing, ("-p", "tests.second_database"))


def _own_environment(stack: ExitStack) -> Environment:
    """Give an environment in which no setting of whoever runs the tests counts, and no data is touched."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alongside-tests-")))
    (folder / "var").mkdir(mode=0o700)
    ours = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **ours,
        "ALONGSIDE_DATA": str(folder / "var"),
        "ALONGSIDE_KEYS": str(folder / "keys"),
        "ALONGSIDE_BACKUPS": str(folder / "backups"),
    }


def _find_or_install_chromium() -> str | None:
    if find_chromium() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return find_chromium()
    _say("Installing Chromium, which the browser tests need …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
    return find_chromium()


def _prepare(runs: list[Run]) -> bool:
    """Make the tables of all databases at once: each keeps a processor busy for a while. Say whether all came about."""
    _say("Making the tables …")
    command = [sys.executable, "-m", "tests.prepared_database"]
    making = [subprocess.Popen(command, cwd=ROOT, env=run.is_prepared_in) for run in runs]
    ended = [each.wait() for each in making]
    return not any(ended)


def _not_run(sentence: str) -> tuple[bool, str]:
    return not MUST_HAVE_ALL, f"not run. {sentence}"


def _pytest(run: Run, arguments: list[str]) -> tuple[bool, str]:
    """Run pytest, passing on what it prints as it comes. Gives whether it passed, and its closing line."""
    # By file: some tests share what their file started. In our own order: see ``pytest_collection_modifyitems``.
    workers = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", "-q", *workers, *colour, *run.options, *arguments]
    _say(f"\n{run.database}:")
    closing, left_out = "it ended without a word", ""
    with subprocess.Popen(command, cwd=ROOT, env=run.environment, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith(SENTENCE):
                left_out = f". {line.strip()}"
            if CLOSING_LINE.match(line):
                closing = line.strip()
    return running.returncode == 0, closing + left_out


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
