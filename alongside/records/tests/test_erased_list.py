"""The list of what was erased: a plain file that is only added to, and never says half of something."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.records.erased_list import DamagedListError, Erasure, append, drop_before, read

NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)
names = st.from_regex(r"[a-z_][a-z0-9_]{0,30}", fullmatch=True)
erasures = st.builds(
    Erasure,
    id=st.uuids(),
    at=st.datetimes(timezones=st.just(UTC)),
    table=names,
    row=st.from_regex(r"[0-9a-f-]{1,36}", fullmatch=True),
    fields=st.lists(names, max_size=3).map(tuple),
)


def erased(minutes: int = 0) -> Erasure:
    return Erasure(uuid4(), NOON + timedelta(minutes=minutes), "practice_attempt", str(uuid4()))


@pytest.fixture
def path(tmp_path) -> Path:
    return Path(tmp_path) / "erased"


@settings(max_examples=40, deadline=None)
@given(st.lists(erasures, max_size=8, unique_by=lambda each: each.id), st.integers(0, 8))
def test_what_is_added_is_read_again(tmp_path_factory, listed, cut):
    path = tmp_path_factory.mktemp("list") / "erased"
    append(path, listed[:cut], since=NOON)
    append(path, listed[cut:], since=NOON + timedelta(days=1))
    assert read(path).erasures == tuple(listed)
    assert read(path).since == NOON


def test_it_holds_ids_and_is_for_its_owner_alone(path):
    one = Erasure(UUID(int=1), NOON, "practice_attempt", str(UUID(int=2)), ("draft",))
    append(path, [one], since=NOON)
    assert path.read_text().splitlines()[1] == (
        "2027-05-01T12:00:00+00:00 00000000-0000-0000-0000-000000000001 practice_attempt "
        "00000000-0000-0000-0000-000000000002 draft"
    )
    assert path.stat().st_mode & 0o077 == 0


def test_a_line_that_was_never_finished_does_not_count_and_is_written_over(path):
    first, second = erased(), erased()
    append(path, [first], since=NOON)
    with path.open("a") as file:
        file.write(str(second)[:-20])
    assert read(path).erasures == (first,)
    append(path, [second], since=NOON)
    assert read(path).erasures == (first, second)


def test_the_same_line_twice_is_one(path):
    one = erased()
    append(path, [one], since=NOON)
    append(path, [one], since=NOON)
    assert read(path).erasures == (one,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("practice_attempt", "practice attempt x y"),
        ("2027-05-01T12:00:00+00:00 ", "now "),
        ("Erased since", "Since"),
    ],
)
def test_a_line_that_was_changed_is_not_read_past(path, old, new):
    append(path, [erased(), erased(1)], since=NOON)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(DamagedListError):
        read(path)


def test_no_list_at_all_is_refused(path):
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DamagedListError, match="is no list"):
        read(path)
    path.write_text("")
    with pytest.raises(DamagedListError, match="is no list"):
        read(path)


def test_a_full_disk_adds_nothing(path, monkeypatch):
    one, two = erased(), erased()
    append(path, [one], since=NOON)
    write = os.write

    def half(descriptor, data):
        if len(data) < 40:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) - 30])

    monkeypatch.setattr("alongside.records.erased_list.os.write", half)
    with pytest.raises(OSError, match="No space"):
        append(path, [two], since=NOON)
    assert read(path).erasures == (one,)
    assert path.read_bytes().endswith(b"\n")


def test_what_no_backup_is_old_enough_to_need_is_dropped(path):
    old, young = erased(0), erased(10)
    assert drop_before(path, NOON) == 0
    append(path, [old, young], since=NOON - timedelta(days=1))
    for dropped in (1, 0):
        assert drop_before(path, NOON + timedelta(minutes=5)) == dropped
        assert read(path).erasures == (young,)
        assert read(path).since == NOON + timedelta(minutes=5)


def test_many_who_write_while_it_is_written_anew_lose_nothing(path):
    append(path, [], since=NOON - timedelta(days=1))
    listed = [[erased(number) for number in range(25)] for _ in range(4)]

    def add(each: list[Erasure]) -> None:
        for one in each:
            append(path, [one], since=NOON)

    threads = [threading.Thread(target=add, args=(each,)) for each in listed]
    for thread in threads:
        thread.start()
    for number in range(10):
        drop_before(path, NOON - timedelta(hours=10 - number))
    for thread in threads:
        thread.join()
    assert set(read(path).erasures) == {one for each in listed for one in each}
