"""``make test``: every test on SQLite and again on PostgreSQL, with Chromium for those that open pages.

With ``CI`` set a missing browser or a missing PostgreSQL fails; without, it is said and the rest is run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from alongside.config.environment import SETTINGS
from tests.browser.chromium import HOW_TO_GET_IT, find_chromium
from tests.postgres import find_programs, throw_away_postgres

ROOT = Path(__file__).parent.parent
CLOSING_LINE = re.compile(r"^(\x1b\[[\d;]*m)*=* ?.*\b(passed|failed|errors?|no tests ran)\b.* in [\d.]+s")
MUST_HAVE_ALL = bool(os.environ.get("CI"))


def main(arguments: list[str]) -> int:
    """Run what the arguments choose (they go to pytest) and give 0 when all of it passed."""
    with tempfile.TemporaryDirectory(prefix="alongside-tests-") as folder:
        environment = _own_environment(Path(folder))
        browser = _find_or_install_chromium()
        closing = {"SQLite": _pytest(environment, arguments), "PostgreSQL": _pytest_on_postgres(environment, arguments)}
    if not browser:
        closing["Browser"] = _not_run(HOW_TO_GET_IT)
    _say("")
    for name, (passed, line) in closing.items():
        _say(f"{name + ':':<12}{line}" if passed else f"{name + ':':<12}{line}  ← look above")
    return 0 if all(passed for passed, _ in closing.values()) else 1


def _own_environment(folder: Path) -> dict[str, str]:
    """Give an environment in which no setting of whoever runs the tests counts, and no data is touched."""
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


def _pytest_on_postgres(environment: dict[str, str], arguments: list[str]) -> tuple[bool, str]:
    programs = find_programs()
    if programs is None:
        return _not_run("There is no PostgreSQL here. On Debian: apt install postgresql.")
    with throw_away_postgres(programs) as address:
        return _pytest({**environment, "DATABASE_URL": address}, arguments)


def _not_run(sentence: str) -> tuple[bool, str]:
    return not MUST_HAVE_ALL, f"not run. {sentence}"


def _pytest(environment: dict[str, str], arguments: list[str]) -> tuple[bool, str]:
    """Run pytest, passing on what it prints as it comes. Gives whether it passed, and its closing line."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    # By file: some tests share what their file started.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-q", *colour, *arguments]
    _say(f"\n{'PostgreSQL' if 'DATABASE_URL' in environment else 'SQLite'}:")
    closing = "it ended without a word"
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING_LINE.match(line):
                closing = line.strip()
    return running.returncode == 0, closing


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
