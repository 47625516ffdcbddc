"""A survivor leader logs hours for pay; coordinators see them, and note what is paid."""

import csv
import io
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.desk import acts
from alongside.desk.acts import Worked
from alongside.desk.durations import MOST_MINUTES, NotADurationError, UnclearDurationError, in_words, minutes_in
from alongside.desk.models import Hours
from alongside.people.acts import Refused, leave
from alongside.people.export import export
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.records.models import Entry, Tombstone
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def vera(make_account):
    """Another survivor leader."""
    return make_account("vera", SURVIVOR_LEADER)


def today() -> date:
    return clock.now().date()


def worked(minutes: int = 90, day: date | None = None, note: str = "") -> Worked:
    return Worked(day or today(), minutes, Hours.What.REVIEW, note)


def log(leader, minutes: int = 90, day: date | None = None, note: str = "") -> Hours:
    return acts.log_hours(leader, worked(minutes, day, note), uuid4())


def typed(**changes: object) -> dict[str, object]:
    return {
        "day": today().isoformat(),
        "minutes": "1:30",
        "what": "review",
        "note": "",
        "entry": str(uuid4()),
        **changes,
    }


def table_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


# --- How long -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("1:30", 90),
        ("90", 90),
        (" 0:05 ", 5),
        ("24:00", 1440),
        ("2 h", 120),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("45 min", 45),
        ("10", 10),
    ],
)
def test_it_understands_how_people_write_durations(words, minutes):
    assert minutes_in(words) == minutes


@pytest.mark.parametrize(
    "words", ["", "0", "0:00", "24:01", "1:60", "1:5", "-1:30", "1.5", "an hour", "1:30:00", "99999", "25 h"]
)
def test_it_does_not_guess_what_is_no_duration(words):
    with pytest.raises(NotADurationError):
        minutes_in(words)


def test_a_small_number_alone_is_asked_about():
    with pytest.raises(UnclearDurationError) as unclear:
        minutes_in("2")
    assert unclear.value.number == 2


@given(st.integers(1, MOST_MINUTES))
def test_what_it_writes_it_reads(minutes):
    assert minutes_in(in_words(minutes)) == minutes


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_duration_or_refused(words):
    with suppress(NotADurationError):
        assert 1 <= minutes_in(words) <= MOST_MINUTES


# --- Her own --------------------------------------------------------------------------------------------------------


def test_she_logs_hours_and_sees_them_by_month(as_, marisol):
    client = as_(marisol)
    assert client.post(reverse("desk:hours"), typed(note="two lessons")).status_code == 302
    client.post(reverse("desk:hours"), typed(minutes="45"))
    page = client.get(reverse("desk:hours")).text
    for words in ("1:30", "0:45", "2:15", "two lessons", "reading and reviewing"):
        assert words in page
    assert {each.expires_at.date() - today() for each in Hours.objects.all()} == {timedelta(days=3 * 365)}


def test_a_form_that_is_sent_twice_is_kept_once_and_one_that_was_changed_is_another(as_, marisol):
    client, entry = as_(marisol), str(uuid4())
    for _ in range(2):
        client.post(reverse("desk:hours"), typed(entry=entry))
    assert Hours.objects.count() == 1
    client.post(reverse("desk:hours"), typed(entry=entry, minutes="2:00"))
    assert sorted(Hours.objects.values_list("minutes", flat=True)) == [90, 120]


def test_an_id_that_is_anothers_writes_over_nothing(as_, marisol, vera):
    hers = log(vera)
    as_(marisol).post(reverse("desk:hours"), typed(entry=str(hers.pk), minutes="3:00"))
    hers.refresh_from_db()
    assert (hers.leader, hers.minutes, Hours.objects.get(leader=marisol).minutes) == (vera, 90, 180)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"minutes": "2"}, "Is this 2 minutes, or hours? Write 0:02 or 2:00."),
        ({"minutes": "1.5"}, "such as 1:30, or minutes, such as 90"),
        ({"minutes": ""}, "Write how long it took"),
        ({"day": ""}, "Choose the day"),
        ({"day": "31.3."}, "This is no day"),
        ({"day": "2999-01-01"}, "has not come yet"),
        ({"day": "1999-01-01"}, "more than a year ago"),
        ({"what": "sleep"}, "sleep is not one"),
    ],
)
def test_what_is_amiss_is_said_beside_it_and_what_was_typed_stays(as_, marisol, changes, says):
    answer = as_(marisol).post(reverse("desk:hours"), typed(note="two lessons", **changes))
    assert answer.status_code == 422
    assert says in answer.text
    assert "two lessons" in answer.text
    assert str(changes.get("minutes", "1:30")) in answer.text
    assert not Hours.objects.exists()


def test_she_changes_and_deletes_an_entry_while_it_is_not_paid(as_, marisol, vera):
    hours, client = log(marisol), as_(marisol)
    address = reverse("desk:change_hours", args=[hours.pk])
    assert 'value="1:30"' in client.get(address).text
    client.post(address, typed(minutes="2:00", note="three lessons"))
    hours.refresh_from_db()
    assert (hours.minutes, hours.note) == (120, "three lessons")
    assert client.post(address, typed(minutes="what")).status_code == 422
    for method in ("get", "post"):
        assert getattr(as_(vera), method)(address).status_code == 404
    assert as_(vera).post(reverse("desk:delete_hours", args=[hours.pk])).status_code == 404
    client.post(reverse("desk:delete_hours", args=[hours.pk]))
    assert not Hours.objects.exists()
    assert Tombstone.objects.filter(row=str(hours.pk)).exists()


def test_what_is_paid_stays_as_it_is(as_, marisol, cora):
    hours, client = log(marisol), as_(marisol)
    acts.mark_paid(marisol, today().year, today().month, 90, by=cora)
    for act in (
        lambda: acts.change_hours(marisol, hours.pk, worked(60)),
        lambda: acts.delete_hours(marisol, hours.pk),
    ):
        with pytest.raises(Refused, match="marked as paid"):
            act()
    assert "marked as paid" in client.get(reverse("desk:change_hours", args=[hours.pk]), follow=True).text
    assert "marked as paid" in client.post(reverse("desk:delete_hours", args=[hours.pk]), follow=True).text
    assert Hours.objects.get().minutes == 90


def test_her_spreadsheet_holds_her_hours_and_no_formula(as_, marisol, vera):
    log(marisol, note="=HYPERLINK(1)")
    log(vera, 30)
    header, row = table_of(as_(marisol).get(reverse("desk:own_hours_along")))
    assert header[:3] == ["Day", "Minutes", "Hours"]
    assert row == [today().isoformat(), "90", "1.5", "reading and reviewing", "'=HYPERLINK(1)", ""]


def test_no_day_has_more_hours_than_there_are(marisol):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hours.objects.create(leader=marisol, day=today(), minutes=1441, what="other")


def test_hours_are_erased_after_three_years_and_go_with_her(marisol, vera):
    log(marisol)
    log(vera)
    leave(vera)
    assert [each.leader for each in Hours.objects.all()] == [marisol]
    erase_expired(clock.now() + timedelta(days=3 * 365 - 1))
    assert Hours.objects.exists()
    erase_expired(clock.now() + timedelta(days=3 * 365, minutes=1))
    assert not Hours.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deleted_note_is_gone_from_the_file(marisol):
    hours = log(marisol, note="by the zanzibar mill")
    assert b"zanzibar" in bytes_on_disk()
    acts.delete_hours(marisol, hours.pk)
    assert b"zanzibar" not in bytes_on_disk()


@pytest.mark.django_db(transaction=True)
def test_a_note_that_she_changes_is_gone_from_the_file(marisol):
    hours = log(marisol, note="by the zanzibar mill")
    acts.change_hours(marisol, hours.pk, acts.Worked(today(), 90, Hours.What.REVIEW, "elsewhere"))
    assert b"zanzibar" not in bytes_on_disk()


def test_she_takes_her_hours_along_with_everything_else(marisol):
    log(marisol, note="two lessons")
    kept = export(marisol)["desk"]
    assert isinstance(kept, dict)
    assert [(each["minutes"], each["note"]) for each in kept["hours"]] == [(90, "two lessons")]


# --- All hours ------------------------------------------------------------------------------------------------------


def test_a_coordinator_sees_totals_by_leader_and_month_and_each_entry(as_, cora, marisol, vera):
    log(marisol, 90)
    log(marisol, 30, note="a talk")
    log(vera, 60, day=today() - timedelta(days=62))
    page = as_(cora).get(reverse("desk:all_hours")).text
    for words in ("Marisol", "Vera", "2:00", "1:00"):
        assert words in page
    address = reverse("desk:month", args=[marisol.pk, today().year, today().month])
    assert address in page
    assert "a talk" in as_(cora).get(address).text
    assert as_(marisol).get(reverse("desk:all_hours")).status_code == 404
    assert as_(marisol).get(address).status_code == 404


def test_a_coordinator_marks_a_month_as_paid_and_takes_it_back(as_, cora, marisol):
    log(marisol, 90)
    before = log(marisol, 60, day=today() - timedelta(days=62))
    client, address = as_(cora), reverse("desk:month", args=[marisol.pk, today().year, today().month])
    client.post(address, {"minutes": "90", "paid": "1"})
    assert [each.paid_at is not None for each in Hours.objects.order_by("day")] == [False, True]
    log(marisol, 30)
    page = client.get(address).text
    assert ("Mark 0:30 as paid" in page, "It was not paid after all" in page) == (True, True)
    client.post(address, {"not_paid": "1"})
    assert not Hours.objects.exclude(paid_at=None).exists()
    assert before.pk
    verbs = Entry.objects.filter(subject=marisol.pk).values_list("verb", "actor")
    assert sorted(verbs) == [("hours_not_paid", cora.pk), ("hours_paid", cora.pk)]


@pytest.mark.parametrize("seen", ["60", "", "-90", "ninety", "9" * 40])
def test_what_changed_since_she_looked_is_not_marked_as_paid(as_, cora, marisol, seen):
    log(marisol, 90)
    address = reverse("desk:month", args=[marisol.pk, today().year, today().month])
    assert "have changed since" in as_(cora).post(address, {"minutes": seen, "paid": "1"}, follow=True).text
    assert Hours.objects.get().paid_at is None
    assert "Nothing of this month" in as_(cora).post(address, {"not_paid": "1"}, follow=True).text


def test_nobody_marks_their_own_hours_as_paid(as_, make_account):
    both = make_account("both", COORDINATOR, SURVIVOR_LEADER)
    log(both, 90)
    address = reverse("desk:month", args=[both.pk, today().year, today().month])
    page = as_(both).get(address).text
    assert ("Another coordinator sees to them" in page, "as paid</button>" in page) == (True, False)
    for data in ({"minutes": "90", "paid": "1"}, {"not_paid": "1"}):
        assert "your own hours" in as_(both).post(address, data, follow=True).text
    assert Hours.objects.get().paid_at is None


@pytest.mark.parametrize(("year", "month"), [(2020, 1), (2026, 13), (0, 1), (99999, 1)])
def test_a_month_in_which_nothing_was_logged_is_not_there(as_, cora, marisol, year, month):
    log(marisol)
    assert as_(cora).get(reverse("desk:month", args=[marisol.pk, year, month])).status_code == 404


def test_everybodys_spreadsheet_is_noted_in_the_trail(as_, cora, marisol, vera):
    log(marisol, note="@evil")
    log(vera, 30)
    rows = table_of(as_(cora).post(reverse("desk:take_hours_along")))
    assert [row[0] for row in rows] == ["Name", "Marisol", "Vera"]
    assert rows[1][-2] == "'@evil"
    assert Entry.objects.filter(verb="hours_taken_along", actor=cora.pk).count() == 1
    assert as_(marisol).post(reverse("desk:take_hours_along")).status_code == 404
