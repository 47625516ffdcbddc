"""What the desk's pages about reports show: a list without words, and one report as a care member reads it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext

from alongside.conversations.care_letters import URGENT, is_new_to
from alongside.conversations.care_team import may_be_given, who_can_open
from alongside.conversations.models import Report
from alongside.conversations.reports import Told
from alongside.conversations.showing import name_of_survivor
from alongside.conversations.when import ago
from alongside.people.models import User
from alongside.records.expiry import is_soon


@dataclass(frozen=True)
class Row:
    """One report in the list. ``is_new``: something in it waits for this care member. ``is_urgent``: it cannot wait."""

    report: Report
    ago: str
    is_new: bool
    is_urgent: bool
    is_from_ally: bool
    goes_soon: bool


@dataclass(frozen=True)
class Said:
    """One thing that was said, as a report's page shows it. ``is_own``: of the care team's side."""

    who: str
    at: datetime
    text: str = field(repr=False)
    is_own: bool = False


@dataclass(frozen=True)
class Shown:
    """A report that is open. ``ally``: whom it is about, or who told it; ``None`` when she has left, or it is a letter.

    ``others``: who else can open it; ``may_get_it``: to whom it can be passed on. ``can_be_answered``: somebody is
    there who would read it.
    """

    teller: str
    words: str = field(repr=False)
    messages: tuple[Said, ...]
    replies: tuple[Said, ...]
    ally: User | None
    others: tuple[User, ...]
    may_get_it: tuple[User, ...]
    leaves_out: bool
    can_be_answered: bool


def listed(member: User) -> list[Row]:
    """Give the reports that are sealed to a care member: what waits first, the urgent before, then the settled."""
    rows = [_row(report, member) for report in Report.objects.for_care(member).order_by("-at")]
    return sorted(rows, key=lambda row: (row.report.settled_at is not None, not row.is_urgent, not row.is_new))


def unsettled(member: User) -> dict[str, int]:
    """Give how many reports wait for a care member, ``all`` of them and those that are ``urgent``."""
    waiting = Report.objects.for_care(member).filter(settled_at=None).order_by()
    numbers: dict[str, int] = waiting.aggregate(all=Count("pk"), urgent=Count("pk", filter=Q(kind__in=URGENT)))
    return numbers


def as_shown(told: Told) -> Shown:
    """Give a report that has been opened as its page shows it."""
    report = told.report
    teller, ally = _teller(report), report.about or report.ally
    other = str(ally) if ally else gettext("the ally, who has left")
    hers = teller if report.survivor_id or not report.ally_id else gettext("the one who came to talk")
    return Shown(
        teller=teller,
        words=told.body.words,
        messages=tuple(Said(hers if each.is_hers else other, each.at, each.text) for each in told.body.messages),
        replies=tuple(
            Said(gettext("The care team") if each.is_of_care else teller, each.at, each.text or "", each.is_of_care)
            for each in told.replies
        ),
        ally=ally,
        others=tuple(who_can_open(report)),
        may_get_it=tuple(may_be_given(report, told.body.left_out)),
        leaves_out=bool(told.body.left_out),
        can_be_answered=bool(report.survivor_id or report.ally_id),
    )


def _row(report: Report, member: User) -> Row:
    return Row(
        report=report,
        ago=ago(report.at),
        is_new=is_new_to(report, member),
        is_urgent=report.kind in URGENT,
        is_from_ally=report.ally_id is not None,
        goes_soon=is_soon(report.expires_at),
    )


def _teller(report: Report) -> str:
    if report.survivor:
        return name_of_survivor(report.survivor)
    return str(report.ally) if report.ally else gettext("someone who has left")
