"""A backup is taken while people write: it is whole or it is not there, and holds no key, no session and no link."""

import io
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.backends.base import SessionBase
from django.core.management import CommandError, call_command
from django.db import connection, models
from nacl.public import PrivateKey

from alongside.config.alone import BACKING_UP, alone
from alongside.config.backups import folder as folders
from alongside.config.backups import taking
from alongside.config.backups.copying import tables_to_leave_out
from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import private_key_from_text
from alongside.config.backups.packing import unpack
from alongside.config.backups.sealing import UnsealingStream
from alongside.config.backups.taking import take_backup_when_due
from alongside.people.models import OneTimeLink, Session
from alongside.people.sessions import SessionStore
from alongside.records import clock

DAY = timedelta(days=1)


@pytest.fixture
def unpacked(vault, tmp_path):
    """Take a backup and unpack it; gives the folder and the manifest."""

    def unpack_now():
        key = private_key_from_text(vault.private_key.read_text(), "the paper")
        folder = tmp_path / "unpacked"
        folder.mkdir()
        with vault.take().open("rb") as sealed:
            return folder, unpack(io.BufferedReader(UnsealingStream(sealed, key)), folder)

    return unpack_now


def test_the_database_and_uploaded_files_are_in_it_and_shown_to_nobody(ruth, vault, unpacked, settings):
    (settings.MEDIA_ROOT / "documents").mkdir(parents=True)
    (settings.MEDIA_ROOT / "documents" / "líneas de ayuda.txt").write_text("a heron")
    folder, manifest = unpacked()
    assert (folder / "media" / "documents" / "líneas de ayuda.txt").read_text() == "a heron"
    assert set(manifest.files) == {"database", "media/documents/líneas de ayuda.txt"}
    (backup,) = vault.folder.glob("*.backup")
    for words in (b"a heron", ruth.email.encode()):
        assert words not in backup.read_bytes()
    if connection.vendor == "sqlite":
        assert ruth.email.encode() in (folder / "database").read_bytes()
    assert backup.stat().st_mode & 0o077 == 0


def test_no_session_no_link_and_no_key_is_in_it(ruth, unpacked, settings, as_):
    browser = as_(ruth)
    stored = SessionStore.stored_key(browser.cookies["sessionid"].value)
    OneTimeLink.make(OneTimeLink.Purpose.PASSWORD, DAY, user=ruth)
    link = OneTimeLink.objects.get()
    folder, manifest = unpacked()
    assert {"people_session", "people_onetimelink", "django_session", "cache"} <= set(manifest.left_out)
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for words in (stored, link.token_hash, "s" * 64):
        assert words.encode() not in everything
    assert Session.objects.exists(), "the server’s own sessions stay"
    assert isinstance(browser.session, SessionBase)


def test_nothing_that_was_deleted_before_is_in_its_pages(ruth, unpacked):
    if connection.vendor != "sqlite":
        pytest.skip("looks into an SQLite file")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        cursor.execute("CREATE TABLE attic (words TEXT)")
        cursor.execute("INSERT INTO attic VALUES (?)", ["kingfisher " * 2000])
        cursor.execute("DROP TABLE attic")
        cursor.execute("PRAGMA secure_delete=ON")
    folder, _manifest = unpacked()
    assert b"kingfisher" not in (folder / "database").read_bytes()


def test_nothing_that_is_in_it_refers_to_what_is_not(db):
    left_out = set(tables_to_leave_out())
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model._meta.db_table in left_out:
                assert model._meta.db_table in left_out, field


def test_a_backup_that_fails_half_way_leaves_nothing_behind(vault, settings, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device", "there")

    monkeypatch.setattr(taking, "pack", fail)
    with pytest.raises(BackupError, match="No space left on device"):
        vault.take()
    assert not list(vault.folder.iterdir())
    assert {path.name for path in settings.DATA.iterdir()} == {BACKING_UP}


def test_what_an_interrupted_backup_left_is_none_and_goes(vault, settings):
    part = vault.folder / "alongside-20270501T120000Z.backup.part"
    part.write_bytes(b"half")
    (settings.DATA / taking.WORKPLACE).mkdir()
    (settings.DATA / taking.WORKPLACE / "database").write_bytes(b"words in clear")
    assert folders.newest(vault.folder) is None
    taken = vault.take()
    assert [path for _, path in folders.backups_in(vault.folder)] == [taken]
    assert not part.exists()
    assert not (settings.DATA / taking.WORKPLACE).exists()


def test_two_at_once_are_not_taken(vault, settings):
    with alone(settings.DATA, BACKING_UP), pytest.raises(BackupError, match="Another backup is being taken"):
        vault.take()


def test_without_a_key_the_command_says_how_to_make_one(vault, settings):
    (settings.ENVIRONMENT.keys / "backup_public_key").unlink()
    with pytest.raises(CommandError, match="alongside backup-key"):
        call_command("backup")


def test_a_folder_of_ones_own_gets_the_backup_and_the_list(ruth, vault, tmp_path, capsys):
    hers = str(ruth.pk)
    ruth.delete()
    call_command("backup", str(tmp_path / "stick"))
    (_, backup), *none = folders.backups_in(tmp_path / "stick")
    assert capsys.readouterr().out == f"{backup}\n"
    assert none == []
    assert f"people_user {hers}" in (tmp_path / "stick" / "erased").read_text()


def test_a_folder_within_the_data_is_refused(vault, settings):
    with pytest.raises(CommandError, match="lies in the data folder"):
        call_command("backup", str(settings.DATA / "backups"))


# --- Each day, by the tick --------------------------------------------------------------------------------------------


def test_the_tick_takes_one_a_day_and_keeps_fourteen_days(vault):
    began = clock.now()
    for hour in range(0, 20 * 24, 6):
        moment = began + timedelta(hours=hour)
        for _ in range(2):
            take_backup_when_due(moment)
    moments = [moment for moment, _ in folders.backups_in(vault.folder)]
    assert len(moments) == 14
    assert {later - earlier for earlier, later in zip(moments[1:], moments, strict=False)} == {DAY}
    assert moment - moments[-1] <= 14 * DAY


def test_of_two_ticks_one_takes_it(vault):
    moment = clock.now()
    started = threading.Barrier(2)

    def tick():
        started.wait()
        try:
            take_backup_when_due(moment)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folders.backups_in(vault.folder)) == 1


def test_one_that_failed_is_tried_again_after_an_hour(vault, monkeypatch):
    tries = []

    def fail(*_args):
        tries.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "pack", fail)
    began = clock.now()
    for minute in range(0, 121, 10):
        try:
            take_backup_when_due(began + timedelta(minutes=minute))
        except OSError:
            continue
    assert len(tries) == 3


def test_the_tick_does_it_last_and_without_a_key_not_at_all(vault, settings):
    call_command("tick", verbosity=0)
    assert len(folders.backups_in(vault.folder)) == 1
    (settings.ENVIRONMENT.keys / "backup_public_key").unlink()
    call_command("tick", at=(clock.now() + 2 * DAY).isoformat(), verbosity=0)
    assert len(folders.backups_in(vault.folder)) == 1
    call_command("tick", at=(clock.now() + 15 * DAY).isoformat(), verbosity=0)
    assert folders.backups_in(vault.folder) == []


# --- The key ----------------------------------------------------------------------------------------------------------


def test_the_private_key_is_handed_out_once_and_does_not_stay(vault, settings, capsys):
    (settings.ENVIRONMENT.keys / "backup_public_key").unlink()
    call_command("backup-key")
    printed = capsys.readouterr().out
    key = private_key_from_text(printed, "what was printed")
    vault.take()
    everything = b"".join(path.read_bytes() for path in settings.ENVIRONMENT.keys.iterdir())
    assert printed.strip().encode() not in everything
    assert bytes(key) not in everything
    with pytest.raises(CommandError, match="There is a backup key already"):
        call_command("backup-key")


def test_another_pair_can_take_the_place_of_one_that_was_lost(vault, settings, tmp_path):
    file = tmp_path / "new"
    call_command("backup-key", str(file), replace=True)
    assert file.stat().st_mode & 0o077 == 0
    key = private_key_from_text(file.read_text(), "the file")
    with vault.take().open("rb") as sealed:
        assert UnsealingStream(sealed, key).read(1)
    with vault.take(timedelta(seconds=2)).open("rb") as sealed, pytest.raises(BackupError, match="of the pair"):
        UnsealingStream(sealed, PrivateKey.generate())


def test_a_key_file_is_never_written_over(vault, settings, tmp_path):
    before = (settings.ENVIRONMENT.keys / "backup_public_key").read_text()
    (tmp_path / "there").write_text("something else")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup-key", str(tmp_path / "there"), replace=True)
    assert (tmp_path / "there").read_text() == "something else"
    assert (settings.ENVIRONMENT.keys / "backup_public_key").read_text() == before
