"""The command line: ``alongside …``."""

import os
import sys
from importlib.metadata import version

from alongside.config.alone import refuse_unfinished_restore
from alongside.config.environment import SettingError, read_environment
from alongside.config.terminal import say, warn

COMMANDS: dict[str, str] = {
    "serve": "starts everything: the web server, the task worker and the ticker (`--only talk`: survivors alone)",
    "demo": "fills an empty house with made-up people, and serves it on this machine, for trying",
    "rate": "shows what a reply does, sentence by sentence",
    "coordinator-link": "makes a link by which one person becomes a coordinator",
    "signin-link": "makes a link by which one person chooses a new password",
    "import": "loads the content that ships, or another's, and leaves alone what was changed here",
    "export": "writes the whole workshop into one file, for other organisations",
    "corrections": "writes what survivor leaders decided about readings as lines for the corpus",
    "prepare": "makes an empty database, style sheets and content ready (`serve` does it too)",
    "sealing-key": "prints the server's own keys for paper, reads them back, or makes a new one",
    "backup-key": "makes the key pair of backups, whose private half you keep elsewhere",
    "backup": "copies everything but the keys into one sealed file, while the server runs",
    "restore": "puts a backup in the place of what is here, without what was erased since",
    "update": "brings the database of an earlier version up to date, once there is a backup",
    "tick": "does what must happen by itself: erases what expired, publishes what is due",
    "audit": "says whether the audit trail is as it was written",
}
ASKS_FOR_HELP = ("help", "--help", "-h")


def main() -> None:
    """Run the command that the arguments name, and end the process with its status.

    The status is 2 when a setting stops the start, with a sentence that says what to do.
    """
    arguments = sys.argv[1:]
    try:
        sys.exit(run(arguments))
    except SettingError as error:
        warn(f"Alongside cannot start. {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit status. Raises ``SettingError`` when a setting cannot be right."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command == "rate":
        from alongside.config import rate  # the core alone: no database, no Django

        return rate.main(rest)
    if command in ASKS_FOR_HELP and not rest:
        say(overview())
        return 0
    if command in ("version", "--version"):
        say(f"Alongside {version('alongside')}")
        return 0
    if command == "help" and rest[0] in ("rate", "sealing-key", "serve"):
        return run([rest[0], "--help"])
    if command == "sealing-key":
        from alongside.config import sealing_key

        return sealing_key.main(rest)
    return _serve(rest) if command == "serve" else _manage(command, rest)


def overview() -> str:
    """Give what ``alongside help`` shows: our own commands, a line each."""
    width = max(map(len, COMMANDS)) + 2
    return "\n".join(
        [
            "Alongside prepares people to be allies, and lets survivors meet them. Its commands:",
            "",
            *(f"  {name:<{width}}{sentence}" for name, sentence in COMMANDS.items()),
            "",
            "`alongside help COMMAND` explains one; `alongside help --commands` lists Django’s and Wagtail’s as well.",
            "Settings come from the environment; docs/settings.md has them all.",
        ]
    )


def _serve(arguments: list[str]) -> int:
    from alongside.config import serve

    return serve.main(arguments)


def _manage(command: str, arguments: list[str]) -> int:
    """Hand over to Django."""
    from alongside.config import checks

    environment = read_environment()
    checks.refuse_contradictions(environment)
    checks.make_data_folder(environment)
    if command in COMMANDS and command != "restore":
        refuse_unfinished_restore(environment.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(["alongside", command, *arguments])
    except DatabaseError:
        checks.refuse_silent_database(environment)
        checks.refuse_old_tables()
        raise
    return 0
