"""Hours by month: what a survivor leader sees of her own, and what coordinators see of everybody's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from alongside.desk.durations import in_words
from alongside.desk.models import Hours
from alongside.desk.spreadsheets import Cell
from alongside.people.models import User


@dataclass(frozen=True)
class Month:
    """What ``leader`` logged in the month that begins on ``first``: minutes in all, and those not paid yet."""

    leader: UUID
    name: str
    first: date
    minutes: int
    unpaid: int

    @property
    def duration(self) -> str:
        """All of it: “12:30”."""
        return in_words(self.minutes)

    @property
    def unpaid_duration(self) -> str:
        """What is not paid yet: “2:00”."""
        return in_words(self.unpaid)


def months_of(leader: User) -> list[Month]:
    """Give the months in which she logged something, the newest first."""
    return _months(Hours.objects.filter(leader=leader))


def all_months() -> list[Month]:
    """Give each leader's months, the newest month first, in it by name."""
    return _months(Hours.objects.all())


def rows(found: list[Hours], *, with_leader: bool = False) -> list[list[Cell]]:
    """Give hours as rows of a spreadsheet: (who,) day, minutes, hours, what for, words, day of payment."""
    return [[*([str(each.leader), each.leader.email] if with_leader else []), *_cells(each)] for each in found]


def _cells(hours: Hours) -> list[Cell]:
    return [
        hours.day.isoformat(),
        hours.minutes,
        round(hours.minutes / 60, 2),
        hours.get_what_display(),
        hours.note,
        hours.paid_at,
    ]


def _months(found: QuerySet[Hours]) -> list[Month]:
    sums = found.order_by().values("leader", "leader__name", "leader__email", first=TruncMonth("day"))
    sums = sums.annotate(all=Sum("minutes"), open=Sum("minutes", filter=Q(paid_at=None)))
    return [
        Month(
            each["leader"], each["leader__name"] or each["leader__email"], each["first"], each["all"], each["open"] or 0
        )
        for each in sums.order_by("-first", "leader__name", "leader__email")
    ]
