"""What the desk shows: numbers for everybody there, and the audit trail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from alongside.people.access import STAFF
from alongside.people.models import User
from alongside.practice.models import Attempt, DifferentView
from alongside.records import clock
from alongside.records.models import Entry

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Overview:
    """The desk at a glance. Numbers of people are whole numbers from 0."""

    mail_works: bool
    learners: int
    practised_lately: int
    views_waiting: int


def look() -> Overview:
    """Count what the desk's first page shows. Whoever has a role at the desk is not counted as a learner."""
    learners = User.objects.filter(is_active=True).exclude(groups__name__in=STAFF)
    lately = Attempt.objects.filter(started_at__gt=clock.now() - LATELY, learner__in=learners)
    return Overview(
        mail_works=settings.MAIL_WORKS,
        learners=learners.count(),
        practised_lately=lately.values("learner").distinct().count(),
        views_waiting=DifferentView.objects.waiting().count(),
    )


def entries(asked: Mapping[str, Any]) -> QuerySet[Entry]:
    """Give the audit trail, the newest first; of ``asked``, what is given narrows it: verb, who, since, until."""
    found = Entry.objects.all()
    if verb := asked.get("verb"):
        found = found.filter(verb=verb)
    if who := asked.get("who"):
        found = found.filter(Q(actor=who.pk) | Q(subject=who.pk))
    if since := asked.get("since"):
        found = found.filter(at__date__gte=since)
    if until := asked.get("until"):
        found = found.filter(at__date__lte=until)
    return found


@dataclass(frozen=True)
class Line:
    """A line of the audit trail; ``actor`` and ``subject``: names of those who still have an account, or nothing."""

    entry: Entry
    actor: str
    subject: str


def with_names(lines: Iterable[Entry]) -> list[Line]:
    """Give lines of the audit trail with the names of those who still have an account."""
    lines = list(lines)
    ids = {each for line in lines for each in (line.actor, line.subject) if each}
    names: dict[UUID | None, str] = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    return [Line(line, names.get(line.actor, ""), names.get(line.subject, "")) for line in lines]
