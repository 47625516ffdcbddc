"""Whoever runs the site imports the content files; what staff changed is never written over."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.practice.models import Scenario
from alongside.practice.tests.conftest import CONTENT
from alongside.review.kinds import kinds

FILE = "en/scenarios/the-rent.yaml"


@pytest.fixture
def content(tmp_path: Path, settings) -> Path:
    """A content folder with one scenario, to be changed at will."""
    (tmp_path / "en" / "scenarios").mkdir(parents=True)
    shutil.copy(CONTENT / FILE, tmp_path / FILE)
    settings.CONTENT = tmp_path
    return tmp_path


def run_import(capsys) -> str:
    call_command("import")
    return str(capsys.readouterr().out)


def change(content: Path, old: str, new: str) -> None:
    text = (content / FILE).read_text()
    assert old in text
    (content / FILE).write_text(text.replace(old, new))


def test_a_new_file_goes_live_and_is_skipped_the_next_time(db, content, capsys):
    assert run_import(capsys) == f"{FILE}: new, and live.\n"
    scenario = Scenario.objects.get()
    assert (scenario.live, scenario.has_unpublished_changes, scenario.live_revision.content["title"]) == (
        True,
        False,
        "The rent",
    )
    assert run_import(capsys) == f"{FILE}: unchanged.\n"
    assert scenario.revisions.count() == 1


def test_everything_that_ships_can_be_imported(db, capsys):
    call_command("import")
    lines = capsys.readouterr().out.splitlines()
    live = sum(kind.model.objects.filter(live=True).count() for kind in kinds())
    assert len(lines) == live == len(list(CONTENT.glob("*/*/*.yaml")))


def test_comments_and_layout_are_no_change(db, content, capsys):
    run_import(capsys)
    (content / FILE).write_text("# a comment\n" + (content / FILE).read_text())
    assert run_import(capsys) == f"{FILE}: unchanged.\n"


def test_a_changed_file_becomes_a_new_version_and_keeps_the_identity_of_its_beats(db, content, capsys):
    run_import(capsys)
    before = [beat.id for beat in Scenario.objects.get().beats]
    change(content, "title: The rent", "title: Due on Friday")
    assert run_import(capsys) == f"{FILE}: updated, and live.\n"
    scenario = Scenario.objects.get()
    assert (scenario.title, scenario.revisions.count(), scenario.live) == ("Due on Friday", 2, True)
    assert [beat.id for beat in scenario.beats] == before


def test_what_was_changed_here_is_left_alone_and_listed(db, content, capsys):
    run_import(capsys)
    scenario = Scenario.objects.get()
    scenario.person = "Didi"
    scenario.save_revision().publish()
    assert run_import(capsys) == f"{FILE}: unchanged.\n", "the same file is skipped"
    change(content, "title: The rent", "title: Due on Friday")
    told = run_import(capsys)
    assert "left alone" in told
    for line in ("-person: Didi", "+person: Dee", "-title: The rent", "+title: Due on Friday"):
        assert line in told.splitlines()
    scenario.refresh_from_db()
    assert (scenario.person, scenario.title, scenario.revisions.count()) == ("Didi", "The rent", 2)


def test_an_open_draft_is_not_buried(db, content, capsys):
    run_import(capsys)
    scenario = Scenario.objects.get()
    scenario.title = "A draft"
    scenario.save_revision()
    change(content, "title: The rent", "title: Due on Friday")
    told = run_import(capsys)
    assert "left alone" in told
    assert "\n-title: A draft\n" in told
    scenario = Scenario.objects.get()
    assert scenario.has_unpublished_changes
    assert (scenario.title, scenario.get_latest_revision_as_object().title) == ("The rent", "A draft")


@pytest.mark.parametrize("state", ["locked", "offline"])
def test_what_is_locked_or_was_taken_offline_is_left_alone(db, content, capsys, state):
    run_import(capsys)
    if state == "locked":
        Scenario.objects.update(locked=True)
    else:
        Scenario.objects.get().unpublish()
    change(content, "title: The rent", "title: Due on Friday")
    assert "left alone" in run_import(capsys)
    scenario = Scenario.objects.get()
    assert (scenario.title, scenario.live) == ("The rent", state == "locked")


def test_the_same_change_made_here_and_in_the_file_is_no_conflict(db, content, capsys):
    run_import(capsys)
    scenario = Scenario.objects.get()
    scenario.title = "Due on Friday"
    scenario.save_revision().publish()
    change(content, "title: The rent", "title: Due on Friday")
    assert run_import(capsys) == f"{FILE}: unchanged.\n"
    change(content, "title: Due on Friday", "title: Due on Monday")
    assert run_import(capsys) == f"{FILE}: updated, and live.\n"


def test_all_errors_of_all_files_are_listed_and_nothing_is_imported(db, content, capsys):
    good = (content / FILE).read_text()
    broken = good.replace("opening: hi", "opening: nowhere").replace("goto: careful", "goto: carefool", 1)
    (content / "en/scenarios/broken.yaml").write_text(broken.replace("source_id: the-rent", "source_id: broken"))
    (content / "en/scenarios/not-yaml.yaml").write_text("source_id: [")
    (content / "en/scenarios/misnamed.yaml").write_text(good)
    (content / "en/scenarios/latin.yaml").write_bytes(b"source_id: latin\ntitle: \xe9t\xe9\n")
    (content / "xx/scenarios").mkdir(parents=True)
    (content / "xx/scenarios/the-rent.yaml").write_text(good)
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        call_command("import")
    assert refused.value.returncode == 1
    errors = capsys.readouterr().err
    line = broken.splitlines().index("opening: nowhere") + 1
    for told in (
        f"en/scenarios/broken.yaml:{line}: opening: There is no beat “nowhere” to open with.",
        "There is no beat or ending “carefool” to go to.",
        "en/scenarios/not-yaml.yaml:",
        "en/scenarios/misnamed.yaml:1: source_id: The file is called “misnamed”",
        "en/scenarios/latin.yaml:2: This is not text in UTF-8.",
        "xx/scenarios/the-rent.yaml:1: “xx” is not a language of this site.",
    ):
        assert told in errors
    assert not Scenario.objects.exists()


def test_an_empty_content_folder_is_said(db, tmp_path, settings, capsys):
    settings.CONTENT = tmp_path
    assert "There are no content files" in run_import(capsys)
