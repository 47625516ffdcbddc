"""The way back: all that was there when the backup was taken, and nothing that was erased since."""

import shutil
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from nacl.public import PrivateKey

from alongside.config.alone import RESTORING, SERVING, UNFINISHED_RESTORE, alone
from alongside.config.backups import restoring
from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import private_key_as_text, private_key_from_text
from alongside.config.backups.packing import Manifest
from alongside.people.models import Letter, User
from alongside.practice import acts
from alongside.practice.models import Attempt, Scenario
from alongside.practice.tests.conftest import keep_scenario, read_key_words
from alongside.records import clock, tombstones
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

SECONDS_OF_LOAD = 6
WRONG_LENGTHS = """
    SELECT a.id FROM practice_attempt a LEFT JOIN practice_turn t ON t.attempt_id = a.id
    GROUP BY a.id, a.length HAVING count(t.id) <> a.length
"""


@pytest.fixture
def the_rent(transactional_db, monkeypatch):
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)
    return keep_scenario("the-rent")


@pytest.fixture
def written(ruth, the_rent, vault) -> Attempt:
    """A conversation with words in it that stand nowhere else."""
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, "Zanzibarquince was here all along.")
    return attempt


# --- Under load ----------------------------------------------------------------------------------------------------


@dataclass
class Practising:
    """A learner who writes, and now and then deletes what she wrote, until she is told to stop."""

    learner: User
    scenario: Scenario
    stopping: threading.Event
    kept: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)

    def practise(self) -> None:
        """Write one conversation after the other; every second one is deleted, with its words."""
        try:
            for number in count():
                if self.stopping.is_set():
                    return
                self._one(number)
        except BaseException as error:
            self.failed.append(error)
        finally:
            connection.close()

    def _one(self, number: int) -> None:
        word = f"{self.learner.name}quince{number:04d}x"
        attempt = acts.begin(self.learner, self.scenario)
        for turn in (1, 2):
            acts.answer(self.learner, attempt.id, turn, f"That {word} is a feeling, {turn}.")
        if number % 2:
            acts.delete_attempt(self.learner, attempt.id)
            self.deleted.append(word)
        else:
            self.kept.append(word)


def test_backups_that_are_taken_while_people_write_are_whole(make_account, the_rent, vault, other_house, monkeypatch):
    monkeypatch.setattr("alongside.practice.acts.conversing.MOST_IN_AN_HOUR", 100_000)
    stopping = threading.Event()
    people = [Practising(make_account(name), the_rent, stopping) for name in ("ana", "bea", "cleo")]
    threads = [threading.Thread(target=each.practise) for each in people]
    for thread in threads:
        thread.start()
    taken = []
    for number in range(3):
        time.sleep(SECONDS_OF_LOAD / 3)
        before = [word for each in people for word in each.kept]
        taken.append((before, vault.take(timedelta(seconds=number * 5))))
    stopping.set()
    for thread in threads:
        thread.join()
    assert [each.failed for each in people] == [[], [], []]
    deleted = [word for each in people for word in each.deleted]
    assert len(deleted) > 5
    assert len(taken[-1][0]) > len(taken[0][0]) > 0

    for number, (before, backup) in enumerate(taken[::2]):
        house = other_house(f"house{number}")
        restored = house.run("restore", backup, "--key", vault.private_key)
        assert restored.returncode == 0, restored.stderr
        assert house.ask(WRONG_LENGTHS) == []
        if connection.vendor == "sqlite":
            assert house.ask("PRAGMA integrity_check") == [("ok",)]
            assert house.ask("PRAGMA foreign_key_check") == []
        replies = " ".join(reply for (reply,) in house.ask("SELECT reply FROM practice_turn"))
        assert [word for word in before if word not in replies] == []
        everything = house.everything()
        assert [word for word in deleted if word.encode() in everything] == []


# --- What was erased since --------------------------------------------------------------------------------------------


@pytest.fixture
def key(vault) -> PrivateKey:
    """The private key, as somebody brings it along."""
    return private_key_from_text(vault.private_key.read_text(), "the paper")


def test_what_was_erased_after_the_backup_does_not_come_back(written, ruth, noor, vault, other_house, as_):
    as_(ruth)
    Letter.objects.create(user=ruth, kind="again")
    Letter.objects.create(user=ruth, kind="next month", due_at=clock.now() + timedelta(days=30))
    acts.see_differently(ruth, acts.find_sentence(ruth, written.id, 1, 0), "Mandrakepalimpsest is how I see it.")
    backup = vault.take()
    acts.delete_attempt(ruth, written.id)
    with transaction.atomic():
        noor.delete()
        Tombstone.objects.update(at=clock.now() - timedelta(days=1))  # a clock that went wrong
    tombstones.write_down()

    house = other_house()
    restored = house.run("restore", backup, "--key", vault.private_key)

    assert restored.returncode == 0, restored.stderr
    assert "Erased again, because it was erased after this backup: 4." in restored.stdout  # noor’s address too
    for words in ("Zanzibarquince", "Mandrakepalimpsest", "noor@alongside.example"):
        assert not house.holds(words)
    assert house.holds("ruth@alongside.example")
    assert house.ask("SELECT count(*) FROM people_session") == [(0,)], "everybody signs in anew"
    letters = house.ask("SELECT kind, state FROM people_letter ORDER BY kind")
    assert letters == [("again", "not_known"), ("next month", "waiting")], "no letter goes twice"


def test_what_expired_since_does_not_come_back(written, vault, other_house):
    Attempt.objects.update(expires_at=clock.now() + timedelta(seconds=1))
    backup = vault.take()
    time.sleep(1.5)
    house = other_house()
    restored = house.run("restore", backup, "--key", vault.private_key)
    assert restored.returncode == 0, restored.stderr
    assert "Expired since: 1." in restored.stdout
    assert not house.holds("Zanzibarquince")


def test_without_the_list_nothing_is_restored_unless_one_insists(written, ruth, vault, other_house, tmp_path):
    backup = Path(shutil.copy(vault.take(), tmp_path))
    acts.delete_attempt(ruth, written.id)
    house = other_house()
    refused = house.run("restore", backup, "--key", vault.private_key)
    assert refused.returncode == 1
    assert "There is no list of what was erased since" in refused.stderr
    assert not (house.data / "alongside.sqlite3").exists() or not house.holds("ruth")

    named = house.run("restore", backup, "--key", vault.private_key, "--erased", vault.folder / "erased")
    assert named.returncode == 0, named.stderr
    assert not house.holds("Zanzibarquince")

    insisted = house.run("restore", backup, "--key", vault.private_key, "--without-erased", "--over")
    assert insisted.returncode == 0, insisted.stderr
    assert not house.holds("Zanzibarquince"), "this house knows by itself that it was erased"


def test_a_list_that_does_not_reach_back_is_no_list(written, vault, key):
    backup, path = vault.take(), vault.folder / "erased"
    line = path.read_text().partition(". ")[2]
    path.write_text(f"Erased since {(clock.now() + timedelta(days=1)).isoformat()}. {line}")
    with pytest.raises(BackupError, match="the list of what was erased begins on"):
        restoring.restore(backup, key, [path], over=True)
    path.write_text("torn")
    with pytest.raises(BackupError, match="is no list of what was erased"):
        restoring.restore(backup, key, [path], over=True)
    assert User.objects.exists()


def test_what_stays_erased_is_known_to_the_next_backup_too(written, ruth, vault, other_house):
    backup = vault.take()
    acts.delete_attempt(ruth, written.id)
    house = other_house()
    (house.folder / "backups").mkdir()
    assert house.run("restore", backup, "--key", vault.private_key).returncode == 0
    assert str(written.id) in (house.folder / "backups" / "erased").read_text()
    assert str(written.id) in str(house.ask("SELECT row FROM records_tombstone")).replace("UUID", "")


# --- What is refused --------------------------------------------------------------------------------------------------


def spoil(backup: Path, how: str) -> None:
    """Do to a backup what disks and people do."""
    sealed = bytearray(backup.read_bytes())
    match how:
        case "cut":
            del sealed[-500:]
        case "nearly empty":
            del sealed[10:]
        case "flipped":
            sealed[len(sealed) // 2] ^= 1
        case "added to":
            sealed += b"x"
        case "another file":
            sealed[:] = b"SQLite format 3\0" + bytes(4000)
        case "gone":
            backup.unlink()
            return
    backup.write_bytes(sealed)


SPOILT = {
    "cut": "cut short",
    "nearly empty": "It is cut short",
    "flipped": "damaged",
    "added to": "damaged",
    "another file": "It is no backup of Alongside",
    "gone": "There is no file",
}


@pytest.mark.parametrize(("how", "sentence"), SPOILT.items(), ids=SPOILT)
def test_a_file_that_is_not_whole_touches_nothing(written, vault, key, settings, how, sentence):
    backup = vault.take()
    spoil(backup, how)
    with pytest.raises(BackupError, match=sentence):
        restoring.restore(backup, key, [vault.folder / "erased"], over=True)
    assert acts.find_attempt(written.learner, written.id).answered
    assert not (settings.DATA / UNFINISHED_RESTORE).exists()
    assert not (settings.DATA / RESTORING).exists()


def test_another_key_is_told_from_a_damaged_file(written, vault, tmp_path):
    backup = vault.take()
    (tmp_path / "another").write_text(private_key_as_text(PrivateKey.generate()))
    keys = {
        tmp_path / "another": "It opens with the private key of the pair",
        tmp_path / "keys" / "backup_public_key": "holds the public key, which opens nothing",
        tmp_path / "nowhere": "cannot be read",
    }
    for file, sentence in keys.items():
        with pytest.raises(CommandError, match=sentence):
            call_command("restore", str(backup), key=str(file), over=True)


def test_a_key_can_be_typed_so_that_it_never_lies_on_the_server(written, vault, other_house):
    house = other_house()
    checked = house.run("restore", vault.take(), "--key", "-", "--check", typed=vault.private_key.read_text())
    assert checked.returncode == 0, checked.stderr
    assert "is whole. It was taken at" in checked.stdout
    assert not any(house.data.rglob("*.sqlite3"))
    assert {path.name for path in house.data.iterdir()} == {"backing-up.lock"}


def test_what_is_here_is_replaced_only_when_one_says_so(written, vault, other_house, settings):
    (settings.MEDIA_ROOT / "documents").mkdir(parents=True)
    (settings.MEDIA_ROOT / "documents" / "then.txt").write_text("then")
    house, backup = other_house(), vault.take()
    first = house.run("restore", backup, "--key", vault.private_key)
    assert "are not those of the server that was backed up (secret_key)" in first.stderr
    shutil.copy(vault.private_key.parent / "keys" / "secret_key", house.folder / "keys")
    (house.data / "media" / "documents" / "now.txt").write_text("now")

    refused = house.run("restore", backup, "--key", vault.private_key)

    assert refused.returncode == 1
    assert "say --over" in refused.stderr
    assert {path.name for path in (house.data / "media").rglob("*.txt")} == {"then.txt", "now.txt"}

    replaced = house.run("restore", backup, "--key", vault.private_key, "--over")

    assert replaced.returncode == 0, replaced.stderr
    assert "are not those" not in replaced.stderr
    assert {path.name for path in (house.data / "media").rglob("*.txt")} == {"then.txt"}
    assert not (house.data / RESTORING).exists()


def test_while_a_server_runs_nothing_is_restored(written, vault, other_house):
    house = other_house()
    backup = vault.take()
    house.data.mkdir()
    with alone(house.data, SERVING):
        refused = house.run("restore", backup, "--key", vault.private_key)
        update = house.run("update")
    assert (refused.returncode, update.returncode) == (1, 1)
    assert "A server runs on this data. Stop it first" in refused.stderr
    assert "A server runs on this data. Stop it first" in update.stderr


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite’s users are found by the lock")
def test_while_others_are_connected_nothing_is_restored(written, vault, other_house):
    import psycopg

    house, backup = other_house(), vault.take()
    with psycopg.connect(house.environment["DATABASE_URL"]):
        refused = house.run("restore", backup, "--key", vault.private_key)
    assert "Others are connected to this database" in refused.stderr


def test_a_restore_that_was_interrupted_lets_nobody_in_until_it_is_done(written, vault, other_house):
    house, backup = other_house(), vault.take()
    house.data.mkdir()
    (house.data / UNFINISHED_RESTORE).touch()
    for command in ("serve", "tick", "coordinator-link", "backup"):
        refused = house.run(command)
        assert refused.returncode == 2, command
        assert "A restore was interrupted" in refused.stderr
    assert house.run("restore", backup, "--key", vault.private_key, "--over").returncode == 0
    assert house.run("coordinator-link").returncode == 0


def test_a_backup_that_cannot_be_made_ready_leaves_what_is_here(written, vault, key, monkeypatch, settings):
    """Only on SQLite is it made ready beside what is here; on PostgreSQL nobody is served until it is."""
    if connection.vendor != "sqlite":
        pytest.skip("made ready in place")
    backup = vault.take()
    before = bytes_on_disk()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BackupError, match="could not be made ready"):
        restoring.restore(backup, key, [vault.folder / "erased"], over=True)
    assert bytes_on_disk() == before
    assert not (settings.DATA / UNFINISHED_RESTORE).exists()
    assert not (settings.DATA / RESTORING).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": "99.1.0"}, "It was made by Alongside 99.1.0, and this is"),
        ({"migrations": [("people", "0999_later")]}, "too old for it"),
        ({"engine": "oracle"}, "This is a backup of oracle"),
    ],
)
def test_a_backup_of_a_newer_version_or_another_database_is_refused(written, vault, key, monkeypatch, change, sentence):
    to_json = Manifest.to_json

    def other(manifest: Manifest) -> str:
        for name, value in change.items():
            object.__setattr__(manifest, name, value)
        return to_json(manifest)

    monkeypatch.setattr(Manifest, "to_json", other)
    backup = vault.take()
    with pytest.raises(BackupError, match=sentence):
        restoring.check_backup(backup, key)
