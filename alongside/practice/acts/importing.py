"""To import the scenarios that ship as files.

After its first import the database is the truth: what staff changed, or are changing, is never written over.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale

from alongside.core import gettext_noop as _
from alongside.core import story
from alongside.practice.models import Scenario
from alongside.practice.scenario_data import fingerprint
from alongside.practice.scenario_file import LineError, ScenarioFileError, read_scenario, write_scenario

WRONG_NAME = _("The file is called “%(stem)s”, so its “source_id” must be “%(stem)s”.")
WRONG_LANGUAGE = _("The file lies in “%(folder)s”, so its “language” must be “%(folder)s”.")
UNKNOWN_LANGUAGE = _("“%(folder)s” is not a language of this site.")
NOT_UTF8 = _("This is not text in UTF-8.")


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"
    UPDATED = "updated"
    SAME = "same"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True)
class Imported:
    """A file (its path below the content folder) and what became of it.

    ``difference``: for one left alone, what the file says (+) against what stands here (-), as a unified diff of YAML.
    """

    name: str
    outcome: Outcome
    difference: str = ""


class NotImportedError(Exception):
    """Nothing was imported; ``errors`` lists all that is wrong in all files."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def import_scenarios(folder: Path) -> list[Imported]:
    """Import ``folder/<language>/scenarios/*.yaml``, all or none, and say what became of each file.

    A file that was imported before and is unchanged is skipped. One that changed becomes a new version and goes live,
    unless the scenario was changed here, has an open draft, is locked or was taken offline: then it is left alone.
    Raises ``NotImportedError``.
    """
    read = _read_all(folder)
    with transaction.atomic():
        return [_import(name, scenario) for name, scenario in read]


def _read_all(folder: Path) -> list[tuple[str, story.Scenario]]:
    read: list[tuple[str, story.Scenario]] = []
    errors: list[LineError] = []
    for path in sorted(folder.glob("*/scenarios/*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            scenario = read_scenario(path.read_text("utf-8"), name)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            errors.append(LineError(name, line, story.Problem((), NOT_UTF8)))
        except ScenarioFileError as error:
            errors += error.errors
        else:
            read.append((name, scenario))
            errors += _misplaced(name, scenario)
    if errors:
        raise NotImportedError(errors)
    return read


def _misplaced(name: str, scenario: story.Scenario) -> Iterator[LineError]:
    folder, stem = Path(name).parts[0], Path(name).stem
    if scenario.source_id != stem:
        yield LineError(name, 1, story.Problem(("source_id",), WRONG_NAME, {"stem": stem}))
    if scenario.language != folder:
        yield LineError(name, 1, story.Problem(("language",), WRONG_LANGUAGE, {"folder": folder}))
    if folder not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        yield LineError(name, 1, story.Problem((), UNKNOWN_LANGUAGE, {"folder": folder}))


def _import(name: str, scenario: story.Scenario) -> Imported:
    locale, _created = Locale.objects.get_or_create(language_code=scenario.language)
    known = Scenario.objects.select_for_update().filter(source_id=scenario.source_id)
    here = known.filter(locale=locale).first()
    hash_now = fingerprint(scenario)
    if here is None:
        other = known.first()
        kin = {"translation_key": other.translation_key} if other else {}
        _publish(Scenario(locale=locale, live=False, **kin), scenario, hash_now)
        return Imported(name, Outcome.NEW)
    if here.imported_hash == hash_now:
        return Imported(name, Outcome.SAME)
    if _is_as_imported(here):
        _publish(here, scenario, hash_now)
        return Imported(name, Outcome.UPDATED)
    latest: Scenario = here.get_latest_revision_as_object()
    if fingerprint(latest.story) == hash_now and here.live and not here.has_unpublished_changes:
        Scenario.objects.filter(pk=here.pk).update(imported_hash=hash_now)
        return Imported(name, Outcome.SAME)
    return Imported(name, Outcome.LEFT_ALONE, _difference(name, latest.story, scenario))


def _is_as_imported(here: Scenario) -> bool:
    """Say whether nobody has changed the scenario since the last import, or is about to."""
    return bool(
        here.live
        and not here.locked
        and not here.has_unpublished_changes
        and fingerprint(here.story) == here.imported_hash
    )


def _publish(row: Scenario, scenario: story.Scenario, imported_hash: str) -> None:
    row.tell(scenario)
    row.imported_hash = imported_hash
    row.save()
    row.save_revision(clean=False).publish()  # the file was found to be in order


def _difference(name: str, here: story.Scenario, file: story.Scenario) -> str:
    return "".join(
        difflib.unified_diff(
            write_scenario(here).splitlines(keepends=True),
            write_scenario(file).splitlines(keepends=True),
            fromfile=f"{name} (here)",
            tofile=name,
        )
    )
