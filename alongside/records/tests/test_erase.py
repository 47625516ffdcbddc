"""What has expired is erased at each tick, and its traces are swept from the file."""

import sqlite3
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alongside.people.models import User
from alongside.records import clock, erasure
from alongside.records.models import Unswept
from conftest import bytes_on_disk


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads an SQLite file")
def test_what_a_reader_holds_up_is_swept_by_a_later_tick(ruth):
    email = ruth.email.encode()
    reader = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM people_user").fetchone() == (1,)
    with transaction.atomic():
        ruth.delete()
        erasure.sweep_after_commit()
    assert Unswept.objects.count() == 1
    assert not erasure.sweep()
    assert email in bytes_on_disk()
    reader.close()
    call_command("tick", verbosity=0)
    assert not Unswept.objects.exists()
    assert email not in bytes_on_disk()


@pytest.fixture
def erasers(monkeypatch) -> dict[str, erasure.Eraser]:
    """The erasers of the house, to be added to for one test."""
    erasers = dict(erasure._erasers)
    monkeypatch.setattr(erasure, "_erasers", erasers)
    return erasers


def test_an_eraser_that_fails_holds_up_nothing_else(ruth, erasers, caplog, capsys):
    def fail(moment):
        User.objects.update(name="half done")
        raise ZeroDivisionError

    def note(moment):
        seen.append(moment)
        return 0

    seen: list[datetime] = []
    erasers |= {"a first": fail, "z last": note}
    with pytest.raises(CommandError, match="Not everything could be done"):
        call_command("tick", at="2027-05-01T12:00")
    assert [moment.isoformat() for moment in seen] == ["2027-05-01T12:00:00+00:00"]
    ruth.refresh_from_db()
    assert ruth.name == "Ruth"
    assert "a first failed." in caplog.messages


def test_the_tick_says_how_much_was_erased(db, erasers, capsys):
    erasers["attic"] = lambda moment: 3
    call_command("tick")
    assert "attic: 3\n" in capsys.readouterr().out


def test_a_moment_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="“soon” is no time"):
        call_command("tick", at="soon")


def test_a_tick_acts_as_of_now(db, erasers):
    def note(moment):
        seen.append(moment)
        return 0

    seen: list[datetime] = []
    erasers["attic"] = note
    before = clock.now()
    call_command("tick", verbosity=0)
    assert before <= seen[0] <= clock.now()
