"""What rooms register is done at each tick."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from alongside.records import ticking


@pytest.fixture
def steps(monkeypatch) -> dict[str, ticking.Step]:
    """The steps of the house, to be added to for one test."""
    steps = dict(ticking._steps)
    monkeypatch.setattr(ticking, "_steps", steps)
    return steps


def test_what_is_registered_is_done_as_of_the_moment_given(db, steps):
    @ticking.at_each_tick
    def note(moment):
        seen.append(moment.isoformat())

    seen: list[str] = []
    call_command("tick", at="2027-05-01T12:00", verbosity=0)
    assert seen == ["2027-05-01T12:00:00+00:00"]


def test_a_step_that_fails_holds_up_nothing_else(db, steps, caplog):
    def fail(moment):
        raise ZeroDivisionError

    seen: list[datetime] = []
    steps |= {"a first": fail, "z last": seen.append}
    with pytest.raises(CommandError, match="Not everything could be done"):
        call_command("tick", verbosity=0)
    assert len(seen) == 1
    assert "a first failed." in caplog.messages
