"""What the desk shows: numbers for everybody there, learners' views for survivor leaders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from alongside.core.rating.moves import Move
from alongside.desk.models import ReadView
from alongside.people.access import STAFF
from alongside.people.models import User
from alongside.practice.models import Attempt, DifferentView
from alongside.records import clock
from alongside.records.models import Entry

LATELY = timedelta(days=30)
ENTRIES_SHOWN = 20
VIEWS_ON_A_PAGE = 20


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
        views_waiting=_unexpired_views().filter(~_is_read()).count(),
    )


def views() -> QuerySet[DifferentView]:
    """Give all views that have not expired, each with ``is_read``: those that wait first, the oldest first."""
    return _unexpired_views().annotate(is_read=_is_read()).order_by("is_read", "created_at", "pk")


def _unexpired_views() -> QuerySet[DifferentView]:
    return DifferentView.objects.filter(expires_at__gt=clock.now())


def _is_read() -> Exists:
    return Exists(ReadView.objects.filter(view=OuterRef("pk"), at__gte=OuterRef("created_at")))


def names_of(codes: Sequence[str]) -> list[str]:
    """Give the names of moves in words; a code that is no longer known as it is."""
    known = {move.value: move for move in Move}
    return [gettext(known[code].words.name) if code in known else code for code in codes]


def last_entries() -> list[Entry]:
    """Give the last lines of the audit trail, the newest first."""
    return list(Entry.objects.all()[:ENTRIES_SHOWN])
