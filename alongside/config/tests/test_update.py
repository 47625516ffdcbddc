"""A database of an earlier version becomes one of this version only when there is a way back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from alongside.config import prepare, tables
from alongside.config.backups.folder import name_for
from alongside.config.environment import SettingError
from alongside.records import clock


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """What was done to the database, instead of doing it; it passes for one of an earlier version until then."""
    done: list[str] = []
    monkeypatch.setattr(tables, "is_older", lambda: not done)
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: done.append(name))
    monkeypatch.setattr(prepare, "collect_style_sheets", lambda: None)
    monkeypatch.setattr(prepare, "import_content", lambda: None)
    return done


def test_with_a_backup_of_today_it_is_brought_up_to_date(ruth, vault, done, capsys):
    vault.take()
    call_command("update")
    assert done == ["migrate", "createcachetable"]
    assert "The database is up to date." in capsys.readouterr().out


@pytest.mark.parametrize("age", [None, timedelta(hours=25)])
def test_without_one_it_is_refused(ruth, vault, done, age):
    if age:
        (vault.folder / name_for(clock.now() - age)).write_bytes(b"sealed")
    (vault.folder / f"{name_for(clock.now())}.part").write_bytes(b"half")
    with pytest.raises(CommandError, match="There is no backup of the last 24 hours"):
        call_command("update")
    assert done == []


def test_one_can_insist_and_is_told_what_that_means(ruth, vault, done, capsys):
    call_command("update", without_backup=True)
    assert done == ["migrate", "createcachetable"]
    assert "there is no way back from this update" in capsys.readouterr().err


def test_where_nobody_has_an_account_there_is_nothing_to_lose(vault, done):
    call_command("update")
    assert done == ["migrate", "createcachetable"]


def test_what_is_up_to_date_needs_no_backup(ruth, vault, done, capsys):
    done.append("before")
    call_command("update")
    assert "The database is up to date." in capsys.readouterr().out
    assert "migrate" not in done


def test_the_start_leaves_an_earlier_database_alone(ruth, vault, done):
    with pytest.raises(SettingError, match="run “alongside update”"):
        call_command("prepare")
    assert done == []


def test_the_start_makes_the_tables_of_an_empty_one(vault, done):
    prepare.prepare()
    assert done == ["migrate", "createcachetable"]


def test_a_database_of_a_newer_version_is_left_alone(ruth, vault, done, monkeypatch):
    vault.take()
    monkeypatch.setattr(tables, "applied", lambda: [("people", "0001_initial"), ("people", "0999_later")])
    with pytest.raises(CommandError, match="made by a newer version"):
        call_command("update")
    assert done == []


def test_what_an_unknown_app_once_did_is_no_newer_version(vault, done, monkeypatch):
    monkeypatch.setattr(tables, "applied", lambda: [("gone", "0001_initial")])
    call_command("update")
    assert done == ["migrate", "createcachetable"]
