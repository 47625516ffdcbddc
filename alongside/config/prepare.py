"""What must be there before the first page: tables, style sheets, content. Quick when all is up to date."""

import hashlib
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from alongside.config import checks, paper, tables
from alongside.config.environment import SettingError
from alongside.config.keys import SEALING_KEYS_FILE
from alongside.config.terminal import say, warn
from alongside.records import server_keys
from alongside.review import importing
from alongside.review.importing import NotImportedError, Outcome


def prepare(*, may_update: bool = False) -> None:
    """Bring database, style sheets and content up to date, saying what takes a while.

    Content that cannot be imported is told of and stops nothing: what was there before is still served. A database of
    an earlier version that holds people's accounts is left alone unless ``may_update``: ``SettingError`` says so.
    """
    update_tables(may_update=may_update)
    note_sealing_keys()
    if not settings.DEBUG:  # then style sheets are served from where they were written
        collect_style_sheets()
    import_content()


def refuse_unprepared() -> None:
    """Raise ``SettingError`` when something is not ready, or the sealing keys are others than the database's."""
    checks.refuse_old_tables()
    refuse_other_sealing_keys()
    if not (settings.DEBUG or _manifest().exists()):
        raise SettingError("The style sheets are not collected yet. Start the server that has all addresses first.")


def update_tables(*, may_update: bool = False) -> None:
    """Make the database's tables what this version needs; raises ``SettingError`` where that is for “update” to do."""
    if tables.is_older():
        if tables.is_in_use() and not may_update:
            raise SettingError(tables.NEEDS_AN_UPDATE)
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def note_sealing_keys() -> None:
    """Note which sealing keys the database is written with; when they are the first, say that paper is needed.

    Raises ``SettingError`` when it was written with others.
    """
    refuse_other_sealing_keys()
    if server_keys.note(settings.SEALING_KEYS):
        say(
            f"The sealing keys were made, in {settings.ENVIRONMENT.keys}. No backup holds them, and without them a "
            "backup is worth nothing. Print them now, once, on paper: alongside sealing-key print"
        )


def refuse_other_sealing_keys() -> None:
    """Raise ``SettingError`` when a sealing key is missing or another with which the database was written."""
    missing = server_keys.missing_from(settings.SEALING_KEYS)
    if missing:
        raise SettingError(
            f"This database was written with other sealing keys than those in {settings.ENVIRONMENT.keys} (the "
            f"{', the '.join(map(paper.name_of, missing))}). Put the saved file {SEALING_KEYS_FILE} back, or type the "
            "keys from paper: alongside sealing-key restore-from-paper. With other keys nobody could open what is "
            "theirs."
        )


def collect_style_sheets() -> None:
    """Collect and compress style sheets, scripts and pictures into the data folder, unless nothing changed."""
    made_from = settings.DATA / "static.made-from"
    state = _state_of_static_files()
    if _manifest().exists() and made_from.exists() and made_from.read_text("ascii") == state:
        return
    say("Collecting style sheets …")
    call_command("collectstatic", verbosity=0, interactive=False)
    made_from.write_text(state, "ascii")


def import_content() -> None:
    """Import the content that ships, and say what came of it unless nothing did."""
    try:
        outcomes = Counter(each.outcome for each in importing.import_content(settings.CONTENT))
    except NotImportedError as failure:
        warn("\n".join(["The content was not imported:", *map(str, failure.errors)]))
        return
    fresh = outcomes[Outcome.NEW] + outcomes[Outcome.UPDATED]
    if fresh:
        say(f"Pieces of content imported: {fresh}.")
    if outcomes[Outcome.LEFT_ALONE]:
        say(f"Left alone, because they were changed here: {outcomes[Outcome.LEFT_ALONE]} (see “alongside import”).")


def _manifest() -> Path:
    return Path(settings.STATIC_ROOT / "staticfiles.json")


def _state_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            digest.update(f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
