"""What anybody changes in the audit trail shows, and what has expired goes a batch at a time."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import QuerySet

from alongside.core.sealing import ServerKeys
from alongside.records import clock, erasure
from alongside.records.models import TRAIL_KEPT, Batch, Entry, Verb, append
from alongside.records.trail.chain import Fault, FaultKind
from alongside.records.trail.closing import close_batch, drop_expired_batches
from alongside.records.trail.verifying import Found, Note, find, look_through

A_YEAR = timedelta(days=365)
SOMEBODY, ANOTHER = UUID(int=1), UUID(int=2)
DROPPING = "alongside.records.trail.closing.drop_expired_batches"
COPIED = "at, expires_at, verb, actor, subject, batch_id"


def by_hand(statement: str, *values: Any) -> None:
    """Do what somebody would who has got at the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fault() -> Fault | None:
    return look_through().verdict.fault


def of_batch(number: int) -> list[int]:
    """The ids of its entries."""
    return list(Entry.objects.filter(batch=number).order_by("id").values_list("id", flat=True))


@pytest.fixture
def trail(db: None) -> None:
    """Three batches of three entries, and one entry that no batch has yet."""
    for _ in range(3):
        append(Verb.TALK_NOTED, actor=SOMEBODY, subject=ANOTHER)
        append(Verb.DECLARED_READY, actor=SOMEBODY, subject=ANOTHER)
        append(Verb.STAFF_LEFT, actor=ANOTHER)
        close_batch(clock.now())
    append(Verb.STAFF_LEFT, actor=SOMEBODY)


@pytest.mark.usefixtures("trail")
def test_whoever_verifies_is_told_what_holds_and_what_to_note(capsys):
    call_command("audit", "verify")
    said = capsys.readouterr().out
    assert "Batches that hold, from the first to the last: 3, with entries: 9." in said
    assert "Entries that no batch has yet, of which nothing can be said: 1." in said
    newest = Batch.objects.get(number=3)
    digits = bytes(newest.digest).hex()
    assert f"to be noted on paper: 3-{digits[:4]}-{digits[4:8]}-{digits[8:12]}-{digits[12:16]}\n" in said


def test_an_empty_trail_holds(db, capsys):
    call_command("audit", "verify")
    assert "from the first to the last: 0, with entries: 0." in capsys.readouterr().out


@pytest.mark.usefixtures("trail")
def test_the_tick_closes_what_is_new_and_nothing_when_nothing_is():
    for _ in range(2):
        call_command("tick", verbosity=0)
    assert Batch.objects.count() == 4
    assert Entry.objects.filter(batch=4).count() == 1
    assert fault() is None


@pytest.mark.usefixtures("trail")
def test_a_tick_that_finds_another_has_just_closed_what_was_new_closes_nothing(monkeypatch):
    close_batch(clock.now())
    monkeypatch.setattr(QuerySet, "exists", lambda self: True)  # it was so a moment ago
    close_batch(clock.now())
    assert numbers() == [1, 2, 3, 4]
    assert fault() is None


@pytest.mark.usefixtures("trail")
def test_what_is_committed_late_goes_into_a_later_batch():
    """On PostgreSQL an entry may be committed after others that have higher ids."""
    first = of_batch(1)[0]
    Entry.objects.create(id=first - 1_000, verb=Verb.TALK_NOTED)
    close_batch(clock.now())
    assert fault() is None
    assert first - 1_000 in of_batch(4)


# --- Somebody has got at the database ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE records_entry SET verb = 'ally_ready' WHERE id = %s",
        "UPDATE records_entry SET actor = NULL WHERE id = %s",
        "UPDATE records_entry SET subject = actor WHERE id = %s",
        "UPDATE records_entry SET at = expires_at WHERE id = %s",
        "UPDATE records_entry SET expires_at = at WHERE id = %s",
        "UPDATE records_entry SET id = id + 1000 WHERE id = %s",
    ],
)
def test_a_changed_entry_is_found(change):
    by_hand(change, of_batch(2)[0])
    assert fault() == Fault(FaultKind.CHANGED, 2)


@pytest.mark.usefixtures("trail")
def test_a_deleted_entry_is_found():
    by_hand("DELETE FROM records_entry WHERE id = %s", of_batch(2)[1])
    assert fault() == Fault(FaultKind.ENTRY_MISSING, 2)


@pytest.mark.usefixtures("trail")
def test_an_entry_that_is_taken_out_of_its_batch_is_found_although_the_tick_closes_it_again():
    by_hand("UPDATE records_entry SET batch_id = NULL WHERE id = %s", of_batch(2)[1])
    close_batch(clock.now())
    assert fault() == Fault(FaultKind.ENTRY_MISSING, 2)


@pytest.mark.usefixtures("trail")
def test_an_entry_that_was_put_in_is_found():
    by_hand(f"INSERT INTO records_entry ({COPIED}) SELECT {COPIED} FROM records_entry WHERE id = %s", of_batch(2)[0])
    assert fault() == Fault(FaultKind.ENTRY_ADDED, 2)


@pytest.mark.usefixtures("trail")
def test_entries_that_changed_places_are_found():
    first, second, _third = of_batch(2)
    for before, after in ((first, -1), (second, first), (-1, second)):
        by_hand("UPDATE records_entry SET id = %s WHERE id = %s", after, before)
    assert fault() == Fault(FaultKind.CHANGED, 2)


@pytest.mark.usefixtures("trail")
def test_entries_that_changed_batches_are_found():
    for entry, number in ((of_batch(2)[0], 3), (of_batch(3)[0], 2)):
        by_hand("UPDATE records_entry SET batch_id = %s WHERE id = %s", number, entry)
    assert fault() == Fault(FaultKind.CHANGED, 2)


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(("number", "follows"), [(1, 1), (2, 2)])
def test_a_missing_batch_is_found(number, follows):
    by_hand("DELETE FROM records_entry WHERE batch_id = %s", number)
    by_hand("DELETE FROM records_batch WHERE number = %s", number)
    assert fault() == Fault(FaultKind.BATCH_MISSING, follows)


@pytest.mark.usefixtures("trail")
def test_a_later_beginning_is_found():
    by_hand("DELETE FROM records_entry WHERE batch_id <= 2")
    by_hand("DELETE FROM records_batch WHERE number = 1")
    by_hand("UPDATE records_batch SET anchor = digest WHERE number = 2")
    assert fault() == Fault(FaultKind.BEGINNING_CHANGED, 2)


@pytest.mark.django_db(transaction=True)
def test_entries_whose_newest_batch_is_gone_are_found():
    for _ in range(2):
        append(Verb.TALK_NOTED)
        close_batch(clock.now())
    without_keys_of_others("DELETE FROM records_batch WHERE number = 2")
    assert fault() == Fault(FaultKind.BATCH_MISSING, 2)


def without_keys_of_others(statement: str) -> None:
    """Do something by hand although other rows refer to what goes."""
    if connection.vendor == "sqlite":
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:  # it asks for nothing by itself
            database.execute(statement)
            database.commit()
    else:
        for each in ("SET session_replication_role = replica", statement, "SET session_replication_role = DEFAULT"):
            by_hand(each)


@pytest.mark.usefixtures("trail")
def test_whoever_verifies_is_told_of_the_first_fault_and_gets_status_1(capsys):
    by_hand("UPDATE records_entry SET verb = 'ally_ready' WHERE batch_id >= 2")
    with pytest.raises(CommandError, match=r"^Batch 2 was changed: an entry in it") as failed:
        call_command("audit", "verify")
    assert failed.value.returncode == 1
    said = capsys.readouterr().out
    assert "Batches that hold, up to the first fault: 1, with entries: 3." in said
    assert "noted on paper" not in said


# --- A note on paper --------------------------------------------------------------------------------------------------


@pytest.fixture
def note(trail: None) -> Note:
    newest = look_through().verdict.newest
    assert newest is not None
    return Note.of(newest)


def test_a_note_is_found_again_however_it_is_typed(note, capsys):
    append(Verb.TALK_NOTED)
    close_batch(clock.now())
    for typed in (str(note), str(note).upper(), str(note).replace("-", " ").replace(" ", "-", 1), f" {note}\n"):
        call_command("audit", "verify", newest=typed)
        assert f"Everything up to the batch of your note, {note}, is as it was." in capsys.readouterr().out


def test_a_note_shows_that_the_newest_batches_were_taken_away(note):
    by_hand("DELETE FROM records_entry WHERE batch_id = 3 OR batch_id IS NULL")
    by_hand("DELETE FROM records_batch WHERE number = 3")
    assert fault() is None  # the chain by itself cannot tell
    with pytest.raises(CommandError, match="is not in the trail") as failed:
        call_command("audit", "verify", newest=str(note), verbosity=0)
    assert failed.value.returncode == 1


def test_a_note_shows_that_the_newest_batches_were_made_anew_with_the_key(note):
    by_hand("DELETE FROM records_entry WHERE batch_id = 3")
    by_hand("DELETE FROM records_batch WHERE number = 3")
    close_batch(clock.now())
    assert fault() is None
    assert find(note) == Found.NOT_THERE


@pytest.mark.parametrize("typed", ["", "3", "3-", "three", "3-12ab", "-1-1111-2222-3333-4444", "3-1111-2222-3333-444x"])
def test_what_is_no_note_is_refused(db, typed):
    with pytest.raises(CommandError, match="no note of a batch") as failed:
        call_command("audit", "verify", newest=typed)
    assert failed.value.returncode == 2


# --- What has expired -------------------------------------------------------------------------------------------------


@pytest.fixture
def years(db: None) -> datetime:
    """A batch for each of four years, the last of them today."""
    now = clock.now()
    for ago in (3, 2, 1, 0):
        with clock.moved_to(now - ago * A_YEAR):
            append(Verb.TALK_NOTED, actor=SOMEBODY)
            append(Verb.STAFF_LEFT)
            close_batch(clock.now())
    return now


def numbers() -> list[int]:
    return list(Batch.objects.values_list("number", flat=True))


def test_an_entry_is_born_with_its_expiry(db):
    append(Verb.TALK_NOTED)
    entry = Entry.objects.get()
    assert abs(entry.expires_at - entry.at - TRAIL_KEPT) < timedelta(seconds=1)


def test_what_expired_goes_a_batch_at_a_time_and_the_chain_holds(years):
    assert erasure.erase_expired(years - timedelta(days=1))[DROPPING] == 0
    assert erasure.erase_expired(years + timedelta(hours=1))[DROPPING] == 2
    assert erasure.erase_expired(years + timedelta(hours=1))[DROPPING] == 0
    assert numbers() == [1, 2, 3, 4]
    assert of_batch(1) == []
    assert look_through().verdict.entries == 6
    assert erasure.erase_expired(years + 2 * A_YEAR + timedelta(hours=1))[DROPPING] == 4
    assert numbers() == [3, 4]
    verdict = look_through().verdict
    assert (verdict.fault, verdict.batches, verdict.entries) == (None, 1, 2)


def test_a_batch_stays_until_its_last_entry_has_expired(years):
    append(Verb.TALK_NOTED)
    with clock.moved_to(years - 10 * A_YEAR):
        append(Verb.STAFF_LEFT)
    close_batch(years)
    erasure.erase_expired(years + 2 * A_YEAR + timedelta(hours=1))
    assert Entry.objects.filter(batch=5).count() == 2


def test_an_older_batch_that_has_not_expired_keeps_those_after_it(years):
    Batch.objects.filter(number=1).update(expires_at=years + 10 * A_YEAR)
    assert erasure.erase_expired(years + 2 * A_YEAR)[DROPPING] == 0


def test_the_chain_goes_on_when_everything_has_expired(years):
    erasure.erase_expired(years + 4 * A_YEAR)
    assert numbers() == [4]
    assert not Entry.objects.exists()
    with clock.moved_to(years + 4 * A_YEAR):
        append(Verb.TALK_NOTED)
        close_batch(clock.now())
    assert numbers() == [4, 5]
    assert fault() is None


def test_a_note_of_a_batch_that_expired_says_so(years, capsys):
    notes = [Note(number, bytes(digest).hex()[:16]) for number, digest in Batch.objects.values_list("number", "digest")]
    erasure.erase_expired(years + A_YEAR + timedelta(hours=1))
    assert [find(note) for note in notes] == [Found.EXPIRED, Found.UNCHANGED, Found.UNCHANGED, Found.UNCHANGED]
    call_command("audit", "verify", newest=str(notes[0]))
    assert f"The batch of your note, {notes[0]}, has expired." in capsys.readouterr().out
    assert find(Note(0, "0" * 16)) == find(Note(9, "0" * 16)) == Found.NOT_THERE


@pytest.mark.parametrize("has_begun_later", [False, True])
def test_rotated_keys_change_nothing_and_other_keys_open_nothing(years, settings, has_begun_later):
    if has_begun_later:
        drop_expired_batches(years + timedelta(hours=1))
    settings.SEALING_KEYS = ServerKeys({7: bytes(32)}, settings.SEALING_KEYS.handle_key)
    assert fault() is None
    settings.SEALING_KEYS = ServerKeys({7: bytes(32)}, bytes(32))
    with pytest.raises(CommandError, match="or the keys here are not those of the server that wrote it"):
        call_command("audit", "verify", verbosity=0)


# --- At the same moment -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_one_closes_while_others_append():
    started = threading.Barrier(4)

    def often(act: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            try:
                connection.ensure_connection()
                started.wait(10)
                for _ in range(25):
                    act()
            except BaseException as error:
                failed.append(error)
            finally:
                connection.close()

        return do

    failed: list[BaseException] = []
    acts = [lambda: close_batch(clock.now())] * 2 + [lambda: append(Verb.TALK_NOTED)] * 2
    threads = [threading.Thread(target=often(act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    close_batch(clock.now())
    verdict = look_through().verdict
    assert (verdict.fault, verdict.entries) == (None, 50)
    assert verdict.batches == len(numbers())
    assert 0 not in Batch.objects.values_list("count", flat=True)


@pytest.mark.django_db(transaction=True)
def test_two_ticks_that_drop_and_one_who_verifies_do_not_disturb_each_other():
    now, days = clock.now(), 60
    for ago in range(days, 0, -1):
        with clock.moved_to(now - timedelta(days=ago)):
            append(Verb.TALK_NOTED)
            close_batch(clock.now())
    started = threading.Barrier(3)
    faults: list[Fault | None] = []

    def drop() -> None:
        try:
            started.wait(10)
            for ago in range(days, 2, -1):
                with transaction.atomic():
                    drop_expired_batches(now + TRAIL_KEPT - timedelta(days=ago, hours=-1))
        finally:
            connection.close()

    threads = [threading.Thread(target=drop) for _ in range(2)]
    for thread in threads:
        thread.start()
    started.wait(10)
    while any(thread.is_alive() for thread in threads):
        faults.append(fault())
    for thread in threads:
        thread.join()
    assert len(faults) > 1
    assert set(faults) == {None}
    assert numbers() == [58, 59, 60]
