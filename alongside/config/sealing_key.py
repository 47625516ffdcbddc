"""``alongside sealing-key``: the server's own keys on paper, back from paper, and a new one in the place of the old.

Printing and typing them in need no database and no settings of Django's: they work when nothing else does.
"""

import argparse
import os
import secrets
import sys
from pathlib import Path

from alongside.config import paper
from alongside.config.alone import SERVING, TakenError, alone, refuse_unfinished_restore
from alongside.config.environment import Environment, SettingError, read_environment
from alongside.config.keys import SEALING_KEYS_FILE, read_sealing_keys, write_sealing_keys
from alongside.config.terminal import say, warn
from alongside.core.sealing import ServerKeys, new_key

DONE, NOT_DONE = 0, 1
_TRIES = 3

_PURPOSE = """\
The sealing keys close what the running server must be able to read, and stand around everybody's own keys. They are in
no backup: print them once, on paper.

  print               writes them for paper
  restore-from-paper  reads them from the input, and keeps them in the folder of keys
  rotate              makes a new key, closes everything under it, forgets the earlier one (stop the server first)"""


def main(arguments: list[str]) -> int:
    """Run one of the three; give the exit status. Raises ``SettingError`` when the folder or the keys are not right."""
    parser = argparse.ArgumentParser(
        prog="alongside sealing-key", description=_PURPOSE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("print", "restore-from-paper", "rotate"))
    act = parser.parse_args(arguments).act
    environment = read_environment()
    if act == "print":
        return _print(environment)
    return _restore_from_paper(environment) if act == "restore-from-paper" else _rotate(environment)


def _print(environment: Environment) -> int:
    keys = read_sealing_keys(environment.keys)
    if keys is None:
        warn(f"There are no sealing keys in {environment.keys} yet. They are made when the server starts.")
        return NOT_DONE
    say(paper.write_down(keys))
    return DONE


# --- From paper -------------------------------------------------------------------------------------------------------


def _restore_from_paper(environment: Environment) -> int:
    warn("Type the keys as they stand on the paper, with their names and checks; then Ctrl+D on a line of its own.")
    try:
        typed = paper.read_back(sys.stdin.read())
        path = environment.keys / SEALING_KEYS_FILE
        here = _readable(environment.keys)
        fits = here is not None and all(here.get(number, key) == key for number, key in typed.items())
        keys = paper.keys_of({**here, **typed} if here and fits else typed)
        if path.exists() and not fits:
            aside = path.with_name(f"{path.name}.aside-{secrets.token_hex(4)}")
            os.rename(path, aside)
            warn(f"Other keys were there. They lie in {aside} now; delete that file when the server has started.")
        write_sealing_keys(environment.keys, keys)
    except paper.PaperError as error:
        warn(f"{error} Nothing was changed.")
        return NOT_DONE
    except OSError as error:
        raise SettingError(f"{error.filename} cannot be written ({error.strerror}).") from error
    warn(f"In {path} now: {', '.join(map(paper.name_of, sorted(paper.by_number(keys))))}. Start the server.")
    return DONE


def _readable(folder: Path) -> dict[int, bytes] | None:
    """Give the keys that are here; nothing when there are none or when they are damaged."""
    try:
        keys = read_sealing_keys(folder)
    except SettingError:
        return None
    return paper.by_number(keys) if keys else None


# --- A new one --------------------------------------------------------------------------------------------------------


def _rotate(environment: Environment) -> int:
    from alongside.config import checks

    checks.refuse_contradictions(environment)
    checks.make_data_folder(environment)
    refuse_unfinished_restore(environment.data)
    try:
        with alone(environment.data, SERVING):
            return _rotate_alone(environment)
    except TakenError:
        raise SettingError("A server runs on this data, with the earlier key. Stop it first, then try again.") from None


def _rotate_alone(environment: Environment) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from alongside.config import checks
    from alongside.config.prepare import refuse_other_sealing_keys

    checks.refuse_silent_database(environment)
    checks.refuse_old_tables()
    refuse_other_sealing_keys()
    try:
        return rotate(settings.SEALING_KEYS, environment.keys)
    except OSError as error:
        raise SettingError(f"{error.filename} cannot be written ({error.strerror}).") from error


def rotate(keys: ServerKeys, folder: Path) -> int:
    """Close all boxes under a new key, and forget every earlier one when nothing is under it; gives the exit status.

    Nobody else may write meanwhile. May be interrupted: run again, it goes on with the new key that is there.
    ``keys``: those in ``folder``, with which the database was written. Raises ``OSError``.
    """
    from alongside.people.reboxing import rebox_all
    from alongside.records import server_keys

    if len(keys.keys) == 1:
        keys = ServerKeys({**keys.keys, keys.newest + 1: new_key()}, keys.handle_key)
        write_sealing_keys(folder, keys)
    else:
        say(f"There are several keys here, from an earlier change or an earlier backup; key {keys.newest} stays.")
    server_keys.note(keys)
    for _ in range(_TRIES):
        done = rebox_all(keys)
        if not done.missed:
            break
    else:
        warn("Somebody else writes to this database. Stop every server and program that uses it, and run this again.")
        return NOT_DONE
    for number in sorted(keys.keys)[:-1]:
        server_keys.forget(number)
    write_sealing_keys(folder, ServerKeys({keys.newest: keys.keys[keys.newest]}, keys.handle_key))
    say(f"Closed anew under key {keys.newest}, the only one now: {done.moved} rows.")
    if done.closed:
        warn(f"No key opened {done.closed} boxes, before or now; they were left as they are.")
    say(
        "Print it now: alongside sealing-key print. Keep the earlier paper while there are backups from before this "
        "moment: they need the earlier key."
    )
    return DONE
