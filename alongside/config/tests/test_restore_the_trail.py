"""A restored audit trail is whole, goes on where it was, and says what was lost."""

from django.conf import settings

from alongside.config.keys import write_sealing_keys
from alongside.records import clock
from alongside.records.models import Verb, append
from alongside.records.trail.closing import close_batch
from alongside.records.trail.verifying import Note, look_through


def note_of_the_newest() -> str:
    newest = look_through().verdict.newest
    assert newest is not None
    return str(Note.of(newest))


def test_a_restored_trail_is_whole_and_goes_on_and_a_later_note_shows_what_is_lost(vault, other_house):
    append(Verb.TALK_NOTED)
    append(Verb.STAFF_LEFT)
    close_batch(clock.now())
    append(Verb.TALK_NOTED)
    noted_before = note_of_the_newest()
    backup = vault.take()
    close_batch(clock.now())
    noted_after = note_of_the_newest()

    house = other_house()
    write_sealing_keys(house.folder / "keys", settings.SEALING_KEYS)
    restored = house.run("restore", backup, "--key", vault.private_key)
    assert restored.returncode == 0, restored.stderr
    verified = house.run("audit", "verify", "--newest", noted_before)
    assert verified.returncode == 0, verified.stderr
    assert "Batches that hold, from the first to the last: 1, with entries: 2." in verified.stdout
    assert "of which nothing can be said: 1." in verified.stdout
    assert f"{noted_before}, is as it was." in verified.stdout

    assert house.run("tick").returncode == 0
    verified = house.run("audit", "verify", "--newest", noted_after)
    assert verified.returncode == 1
    assert "from the first to the last: 2, with entries: 3." in verified.stdout
    assert "or a backup was restored that is older than the note" in verified.stderr
