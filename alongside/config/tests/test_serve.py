"""Web server, task worker and ticker start together and end together."""

import http.client
import logging
import os
import re
import signal
import socket
import subprocess
import threading
from queue import SimpleQueue

import pytest

from alongside.config import serve
from alongside.config.logs import WordlessFormatter
from alongside.config.tests.conftest import ALONGSIDE, SECONDS_TO_END, free_port, wait_until_said


def get(house, path: str, *, port: int | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port or house.port, timeout=20)
    connection.request("GET", path, headers={"Host": "allies.example.org"})
    return connection.getresponse()


@pytest.mark.on_both_databases
def test_one_command_opens_the_house_and_a_signal_closes_it(house):
    house.start()

    said = house.said()
    address = f"http://allies.example.org:{house.port}/"
    assert f"Alongside is open at {address}" in said
    front_page = get(house, "/")
    assert front_page.status == 200
    page = front_page.read().decode()
    style_sheet = re.search(r'href="(/static/alongside\.[0-9a-f]+\.css)"', page)
    assert style_sheet, page
    assert "immutable" in get(house, style_sheet[1]).headers["Cache-Control"]
    link = re.search(rf"{address}(me/welcome/\S+)", said)
    assert link
    assert get(house, f"/{link[1]}").status < 400

    house.running.send_signal(signal.SIGTERM)

    assert house.ends() == 0


def test_what_others_should_know_before_they_come_in_is_said(house):
    house.start()

    assert "Please note: People reach this server at" in house.said()
    assert "Please note: Data and keys lie together" in house.said()
    assert "Please note: No backups are taken" in house.said()
    elsewhere = {**house.environment, "PORT": str(free_port())}
    another = subprocess.run([ALONGSIDE, "serve"], env=elsewhere, capture_output=True, text=True, timeout=60)
    assert another.returncode == 2
    assert "is taken by another server" in another.stderr
    second = subprocess.run([ALONGSIDE, "serve"], env=house.environment, capture_output=True, text=True, timeout=60)
    assert second.returncode == 2
    assert f"Port {house.port} is taken" in second.stderr
    assert get(house, "/").status == 200

    house.running.send_signal(signal.SIGINT)

    assert house.ends() == 0
    assert "Traceback" not in house.said()


def test_a_web_server_killed_in_mid_request_ends_everything_and_a_restart_works(house):
    house.start()
    with socket.create_connection(("127.0.0.1", house.port)) as asking:
        asking.sendall(b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf a")
        (worker,) = house.parts() - {house.part("web"), house.part("tasks")}

        os.kill(worker, signal.SIGKILL)

        assert house.ends() == 1
        assert "The web server ended by itself (status 1). Everything ends with it." in house.said()

    house.start()
    assert get(house, "/").status == 200

    os.kill(house.part("web"), signal.SIGKILL)

    assert house.ends() == 1
    assert "The web server ended by itself (signal SIGKILL). Everything ends with it." in house.said()


def test_a_task_worker_that_dies_takes_the_web_server_along(house):
    house.start()

    os.kill(house.part("tasks"), signal.SIGKILL)

    assert house.ends() == 1
    assert "The task worker ended by itself" in house.said()


def test_nothing_outlives_a_supervisor_that_was_killed(house):
    house.start()

    house.running.kill()

    assert house.ends() == -signal.SIGKILL


def test_survivors_alone_are_served_by_a_server_beside_the_other(house, tmp_path):
    unprepared = {**house.environment, "PORT": str(free_port()), "ALONGSIDE_DATA": str(tmp_path / "var")}
    alone = [str(ALONGSIDE), "serve", "--only", "talk"]
    too_early = subprocess.run(alone, env={**unprepared, "DATABASE_URL": ""}, capture_output=True, text=True)
    assert too_early.returncode == 2
    assert "The database is not prepared for this version" in too_early.stderr
    house.start()
    port = free_port()
    beside = {**house.environment, "PORT": str(port)}
    with (tmp_path / "said").open("w") as file:
        talk = subprocess.Popen(alone, env=beside, stdout=file, stderr=file)
    try:
        said = wait_until_said(tmp_path / "said", "Survivors alone are served", talk)
        assert f"at http://allies.example.org:{port}/talk/" in said
        assert "coordinates it yet" not in said

        door = get(house, "/talk/", port=port)
        assert door.status == 200
        style_sheet = re.search(r'href="(/static/talk/talk\.[0-9a-f]+\.css)"', door.read().decode())
        assert style_sheet
        assert get(house, style_sheet[1], port=port).status == 200
        assert get(house, "/", port=port).headers["Location"] == "/talk/"
        for address in ("/account/login/", "/desk/", "/edit/", "/me/", "/workshop/", "/practice/", "/ally/"):
            nothing = get(house, address, port=port)
            page = nothing.read().decode()
            assert (nothing.status, "<title>Notes</title>" in page, "Alongside" in page) == (404, True, False), address

        house.running.send_signal(signal.SIGTERM)
        assert house.ends() == 0
        assert get(house, "/talk/", port=port).status == 200, "it goes on while the other is started anew"
        rotated = subprocess.run([ALONGSIDE, "sealing-key", "rotate"], env=beside, capture_output=True, text=True)
        assert "A server runs on this data" in rotated.stderr
    finally:
        talk.terminate()
    assert talk.wait(SECONDS_TO_END) == 0


def test_a_tick_that_fails_is_logged_without_words_and_the_next_one_comes(monkeypatch, caplog):
    words = "what Ruth wrote"
    ticks: list[int] = []
    stopping = threading.Event()

    def tick(*arguments, **options):
        ticks.append(len(ticks))
        if len(ticks) == 3:
            stopping.set()
        raise ValueError(words)

    monkeypatch.setattr("django.core.management.call_command", tick)
    monkeypatch.setattr(serve, "SECONDS_BETWEEN_TICKS", 0)
    endings: SimpleQueue[str] = SimpleQueue()

    with caplog.at_level(logging.ERROR):
        serve._tick_each_minute(stopping, endings)

    assert len(ticks) == 3
    assert [record.message for record in caplog.records] == ["A tick failed. The next one comes in a minute."] * 3
    written = WordlessFormatter("%(message)s").format(caplog.records[0])
    assert "ValueError" in written
    assert "test_serve.py" in written
    assert words not in written


def test_a_one_time_link_does_not_reach_the_log():
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Forbidden: %s", ("/me/welcome/s3cret/",), None)
    assert WordlessFormatter("%(message)s").format(record) == "Forbidden: /me/welcome/…/"
