"""At most two at a time, over threads and processes, and nobody stays in for ever."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from alongside.records import turnstile

HOLDS_A_PLACE = """
import sys
from alongside.records import turnstile
with turnstile.passing(30):
    print("in", flush=True)
    sys.stdin.read()
"""
Processes = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def another_process(tmp_path) -> Iterator[Processes]:
    """Start a process that passes the turnstile of this folder, and stays until its input ends."""
    started: list[subprocess.Popen[str]] = []
    settings = {"ALONGSIDE_DATA": str(tmp_path), "ALONGSIDE_KEYS": str(tmp_path / "keys")}
    environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"}

    def start() -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDS_A_PLACE],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def is_in(process: "subprocess.Popen[str]") -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "in\n"


def test_two_pass_and_the_third_is_told_that_others_are_at_it():
    with turnstile.passing(), turnstile.passing():
        began = time.monotonic()
        with pytest.raises(turnstile.Busy), turnstile.passing(0.1):
            pytest.fail("three passed")
        assert 0.1 <= time.monotonic() - began < 5
    with turnstile.passing(0), turnstile.passing(0):
        pass


def test_whoever_fails_inside_makes_room():
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turnstile.passing(0):
            raise ZeroDivisionError


def test_of_many_threads_never_more_than_two_are_inside():
    inside, most, done = 0, 0, 0
    counting = threading.Lock()

    def work() -> None:
        nonlocal inside, most, done
        with turnstile.passing(30):
            with counting:
                inside += 1
                most = max(most, inside)
            time.sleep(0.05)
            with counting:
                inside -= 1
                done += 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, done) == (turnstile.AT_ONCE, 8)


def test_other_processes_count_and_one_that_dies_makes_room(another_process):
    first, second = another_process(), another_process()
    assert is_in(first)
    assert is_in(second)
    with pytest.raises(turnstile.Busy), turnstile.passing(0):
        pytest.fail("three passed")
    first.kill()  # it says nothing and tidies nothing up
    first.wait()
    with ExitStack() as stack:
        stack.enter_context(turnstile.passing(0))
        with pytest.raises(turnstile.Busy), turnstile.passing(0):
            pytest.fail("three passed")
        second.communicate("")
        stack.enter_context(turnstile.passing(0))


def test_whoever_waits_gets_in_when_another_process_leaves(another_process):
    process = another_process()
    assert is_in(process)
    with turnstile.passing(0):
        leaving = threading.Timer(0.3, process.communicate, [""])
        leaving.start()
        with turnstile.passing(30):
            pass
        leaving.join()
