"""Settings that contradict each other stop the start, with a sentence that says what to do."""

import json
import os
import socket
import time
from pathlib import Path

import pytest

from alongside.config.checks import warnings
from alongside.config.environment import read_environment
from alongside.config.tests.conftest import free_port

REFUSED = {
    "debug_with_a_public_name": (
        {"ALONGSIDE_DEBUG": "1", "ALONGSIDE_HOSTS": "allies.example.org"},
        "Set ALONGSIDE_DEBUG=0",
    ),
    "debug_on_an_open_address": (
        {"ALONGSIDE_DEBUG": "1", "HOST": "0.0.0.0", "ALONGSIDE_HOSTS": "localhost"},
        "Set ALONGSIDE_DEBUG=0",
    ),
    "open_without_a_name": ({"HOST": "0.0.0.0"}, "Set ALONGSIDE_HOSTS to the name in its address"),
    "a_host_with_its_scheme": ({"ALONGSIDE_HOSTS": "https://allies.example.org"}, "Write names alone"),
    "a_proxy_without_a_name": ({"ALONGSIDE_PROXIES": "1"}, "Set ALONGSIDE_HOSTS"),
    "backups_in_the_data": (
        {"ALONGSIDE_DATA": "/tmp/alongside", "ALONGSIDE_BACKUPS": "/tmp/alongside/backups"},
        "Set ALONGSIDE_BACKUPS to a folder elsewhere",
    ),
    "keys_in_the_backups": (
        {"ALONGSIDE_KEYS": "/tmp/alongside/keys", "ALONGSIDE_BACKUPS": "/tmp/alongside"},
        "Set ALONGSIDE_BACKUPS or ALONGSIDE_KEYS",
    ),
    "mail_from_nobody": ({"ALONGSIDE_MAIL": "smtp://mail.example.org"}, "ALONGSIDE_MAIL_FROM"),
    "mail_by_another_scheme": (
        {"ALONGSIDE_MAIL": "https://me:hidden@mail.example.org", "ALONGSIDE_MAIL_FROM": "us@example.org"},
        "Write it as smtp://",
    ),
    "mail_at_no_port": (
        {"ALONGSIDE_MAIL": "smtp://me:hidden@mail.example.org:many", "ALONGSIDE_MAIL_FROM": "us@example.org"},
        "Write it as smtp://",
    ),
    "leaving_for_half_an_address": ({"ALONGSIDE_LEAVE_TO": "www.wikipedia.org"}, "Write the whole address of a site"),
    "leaving_by_a_script": ({"ALONGSIDE_LEAVE_TO": "javascript:alert(1)"}, "Write the whole address of a site"),
    "leaving_for_this_house": (
        {"ALONGSIDE_LEAVE_TO": "https://allies.example.org/", "ALONGSIDE_HOSTS": "allies.example.org"},
        "Set it to the address of another site",
    ),
    "talking_nowhere": ({"ALONGSIDE_TALK_THERE_ONLY": "1"}, "Set ALONGSIDE_TALK_HOSTS"),
    "a_name_to_talk_at_alone": ({"ALONGSIDE_TALK_HOSTS": "notes.example.org"}, "Set ALONGSIDE_HOSTS"),
    "a_name_for_both": (
        {"ALONGSIDE_HOSTS": "notes.example.org", "ALONGSIDE_TALK_HOSTS": "notes.example.org"},
        "Take it out of one of them",
    ),
    "any_name_to_talk_at": (
        {"ALONGSIDE_HOSTS": "allies.example.org", "ALONGSIDE_TALK_HOSTS": ".example.org"},
        "Write names alone, such as notes.example.org",
    ),
    "leaving_for_the_neutral_name": (
        {
            "ALONGSIDE_LEAVE_TO": "https://notes.example.org/",
            "ALONGSIDE_HOSTS": "allies.example.org",
            "ALONGSIDE_TALK_HOSTS": "notes.example.org",
        },
        "Set it to the address of another site",
    ),
    "another_database": ({"DATABASE_URL": "mysql://me:hidden@localhost/alongside"}, "Write it as postgres://"),
    "a_database_without_a_name": ({"DATABASE_URL": "postgres://me:hidden@localhost"}, "Write it as postgres://"),
    "a_password_not_encoded": ({"DATABASE_URL": "postgres://me:hidden/@:x@localhost/a"}, "percent-encoded"),
    "a_port_in_words": ({"PORT": "many"}, "Set it to a whole number from 1 to 65535"),
    "an_address_of_another_machine": (
        {"HOST": "192.0.2.1", "ALONGSIDE_HOSTS": "localhost"},
        "which is no address of this machine",
    ),
    "an_address_that_is_none": ({"HOST": "nowhere.invalid", "ALONGSIDE_HOSTS": "localhost"}, "which is no address"),
}


@pytest.mark.parametrize(("given", "what_to_do"), REFUSED.values(), ids=REFUSED)
def test_a_contradiction_stops_the_start_with_a_sentence(alongside, given, what_to_do):
    ended = alongside("serve", **given)

    assert ended.returncode == 2
    assert ended.stderr.startswith("Alongside cannot start. ")
    assert what_to_do in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "hidden" not in ended.stderr
    assert ended.stdout == ""


def test_every_command_refuses_a_contradiction(alongside):
    ended = alongside("tick", ALONGSIDE_DEBUG="1", ALONGSIDE_HOSTS="allies.example.org")

    assert ended.returncode == 2
    assert "ALONGSIDE_DEBUG=0" in ended.stderr


@pytest.mark.parametrize("setting", ["ALONGSIDE_DATA", "ALONGSIDE_KEYS"])
def test_a_folder_that_cannot_be_written_stops_the_start(alongside, tmp_path, setting):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("in the way")

    ended = alongside("serve", PORT=str(free_port()), **{setting: str(in_the_way)})

    assert ended.returncode == 2
    assert f"Set {setting} to a folder that this user may write" in ended.stderr


def test_a_damaged_key_stops_the_start(alongside, tmp_path):
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "secret_key").write_text("short")

    ended = alongside("serve", PORT=str(free_port()))

    assert ended.returncode == 2
    assert "Put the saved key back" in ended.stderr


def test_a_taken_port_stops_the_start(alongside):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = alongside("serve", PORT=str(taken.getsockname()[1]))

    assert ended.returncode == 2
    assert "is taken. Stop what uses it, or set PORT to another." in ended.stderr


def test_a_postgresql_that_is_not_there_stops_the_start_and_its_password_stays_hidden(alongside):
    ended = alongside("serve", PORT=str(free_port()), DATABASE_URL=f"postgres://me:hidden@127.0.0.1:{free_port()}/a")

    assert ended.returncode == 2
    assert "PostgreSQL does not answer at 127.0.0.1" in ended.stderr
    assert "Start it, or correct DATABASE_URL." in ended.stderr
    assert "hidden" not in ended.stderr


def test_a_postgresql_that_stays_silent_stops_the_start_within_seconds(alongside):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgres://me:hidden@127.0.0.1:{silent.getsockname()[1]}/a"
        began = time.monotonic()
        ended = alongside("serve", PORT=str(free_port()), DATABASE_URL=address)

    assert ended.returncode == 2
    assert "PostgreSQL does not answer" in ended.stderr
    assert time.monotonic() - began < 5 + 15  # five for the silence; the rest is for a busy machine


def test_a_missing_model_folder_stops_the_start(alongside, tmp_path):
    ended = alongside("serve", PORT=str(free_port()), ALONGSIDE_MODEL=str(tmp_path / "nowhere"))

    assert ended.returncode == 2
    assert "there is no such folder" in ended.stderr


def test_a_damaged_model_stops_the_start(alongside, tmp_path, small_model):
    folder = tmp_path / "model"
    folder.mkdir()
    description = json.loads((small_model / "model.json").read_text())
    (folder / "model.onnx").write_bytes(b"torn")
    (folder / "model.json").write_text(json.dumps({**description, "files": {"model.onnx": "0" * 64}}))

    ended = alongside("serve", PORT=str(free_port()), ALONGSIDE_MODEL=str(folder))

    assert ended.returncode == 2
    assert "model.onnx is damaged" in ended.stderr
    assert "ALONGSIDE_MODEL" in ended.stderr


def test_a_database_that_was_never_prepared_is_told_of_in_a_sentence(alongside):
    ended = alongside("coordinator-link")

    assert ended.returncode == 2
    assert ended.stderr == (
        "Alongside cannot start. The database is not prepared for this version. Run “alongside prepare” first.\n"
    )


def test_keys_and_data_are_for_their_owner_alone(alongside, tmp_path):
    alongside("coordinator-link")

    for path in (tmp_path / "var", tmp_path / "keys", tmp_path / "keys" / "secret_key"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_data_and_keys_that_lie_together_are_noted_on_a_public_server(tmp_path):
    public = {"ALONGSIDE_HOSTS": "allies.example.org", "ALONGSIDE_PROXIES": "1"}

    def notes(data: Path, keys: Path, **settings: str) -> str:
        given = {"ALONGSIDE_DATA": str(data), "ALONGSIDE_KEYS": str(keys), **settings}
        return " ".join(warnings(read_environment(given)))

    var, keys = tmp_path / "var", tmp_path / "keys"
    for folder in (tmp_path / "etc" / "keys", keys):
        folder.mkdir(parents=True, mode=0o700)
        (folder / "backup_public_key").write_text("the public half")
    assert f"lie together in {tmp_path}:" in notes(var, keys, **public)
    assert f"lie together in {var}:" in notes(var, var / "private" / "keys", **public)
    assert f"lie together in {keys}:" in notes(keys / "var", keys, **public)
    assert notes(var / "data", tmp_path / "etc" / "keys", **public) == ""
    assert notes(var, keys) == ""


def test_a_public_server_without_a_backup_key_is_noted(tmp_path):
    public = {"ALONGSIDE_HOSTS": "allies.example.org", "ALONGSIDE_PROXIES": "1", "ALONGSIDE_KEYS": str(tmp_path)}
    assert "No backups are taken" in " ".join(warnings(read_environment(public)))
    assert "No backups are taken" not in " ".join(warnings(read_environment({"ALONGSIDE_KEYS": str(tmp_path)})))


def test_people_who_come_in_without_tls_are_noted():
    assert "ALONGSIDE_PROXIES=1" in " ".join(warnings(read_environment({"ALONGSIDE_HOSTS": "allies.example.org"})))


def test_keys_that_others_may_read_are_noted(tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    (keys / "secret_key").write_text("x" * 60)
    os.chmod(keys / "secret_key", 0o644)

    (note,) = warnings(read_environment({"ALONGSIDE_KEYS": str(keys)}))

    assert note.endswith(f"chmod go= {keys / 'secret_key'}")
