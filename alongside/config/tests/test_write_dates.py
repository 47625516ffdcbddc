"""Dates are written and read with the day first."""

from datetime import UTC, date, datetime

from django import forms
from django.utils.formats import date_format


def test_a_date_is_written_with_the_day_first():
    assert date_format(date(2026, 11, 22)) == "22 November 2026"
    assert date_format(datetime(2026, 11, 2, 14, 5, tzinfo=UTC), "DATETIME_FORMAT") == "2 November 2026, 14:05"


def test_a_date_is_read_as_it_is_written():
    field = forms.DateField()
    assert {field.clean(typed) for typed in ("2026-10-11", "11/10/2026", "11 October 2026")} == {date(2026, 10, 11)}
