"""What staff do at the desk: one function for each verb. What concerns accounts is in ``people.acts``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.desk.durations import MOST_MINUTES
from alongside.desk.learners import Stage, narrowed
from alongside.desk.models import Hours, HoursQuerySet, NoLetters
from alongside.people.acts import Refused
from alongside.people.models import User
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.models import Verb, append
from alongside.review.exporting import corpus_lines
from alongside.workshop.minutes import minutes_left_of

OLDEST = timedelta(days=366)
PAID_ALREADY = _("These hours are marked as paid, so they stay as they are. Ask a coordinator if something is wrong.")


def take_list_along(by: User, asked: Mapping[str, str]) -> list[tuple[str | int | datetime | None, ...]]:
    """Give the learners that a filter asks for, to be taken out of the house: name, e-mail, stage, dates, minutes left.

    Never words, and never answers.
    """
    with transaction.atomic():
        append(Verb.LEARNERS_TAKEN_ALONG, actor=by.pk)
        rows = list(narrowed(asked))
        left = minutes_left_of([row.pk for row in rows])
        return [
            (
                row.name,
                row.email,
                str(Stage(row.stage).label),
                row.joined_at,
                row.last_active,
                row.finished_at,
                left[row.pk],
            )
            for row in rows
        ]


# --- Hours ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Worked:
    """What a survivor leader says that she worked: ``minutes`` on one ``day``, for one of ``Hours.What``."""

    day: date
    minutes: int
    what: Hours.What
    note: str = ""


def log_hours(by: User, worked: Worked, hours_id: UUID) -> Hours:
    """Keep time that ``by`` worked, under an id that her form brought along: the same, sent twice, is kept once.

    Raises ``Refused`` for a day that has not come, or is more than a year past.
    """
    kept = _as_kept(worked)
    with transaction.atomic():
        hours, is_new = Hours.objects.get_or_create(pk=hours_id, defaults={"leader": by, **kept})
        if is_new or Hours.objects.filter(pk=hours_id, leader=by, **kept).exists():
            return hours
        return Hours.objects.create(leader=by, **kept)  # she went back and wrote down something else


def change_hours(by: User, hours_id: UUID, worked: Worked) -> None:
    """Change an entry of her own that is not paid yet. Raises ``Refused``, as ``log_hours`` does too."""
    kept = _as_kept(worked)
    with transaction.atomic():
        if not _hers(by, hours_id).unpaid().update(**kept):
            raise Refused(PAID_ALREADY)
        sweep_after_commit()


def delete_hours(by: User, hours_id: UUID) -> None:
    """Delete an entry of her own that is not paid yet. Raises ``Refused``."""
    with transaction.atomic():
        if not _hers(by, hours_id).unpaid().delete()[0]:
            raise Refused(PAID_ALREADY)
        sweep_after_commit()


def mark_paid(leader: User, year: int, month: int, minutes: int, by: User) -> None:
    """Mark what ``leader`` logged in a month as paid: all that is not yet, which are ``minutes``, as ``by`` saw it.

    Raises ``Refused`` when it is her own, or something was logged or changed meanwhile.
    """
    with transaction.atomic():
        _not_for_oneself(leader, by)
        found = _of_month(leader, year, month).unpaid().select_for_update()
        waiting = dict(found.values_list("pk", "minutes"))
        if not waiting or sum(waiting.values()) != minutes:
            raise Refused(_("These hours have changed since you opened the page. Look at them again, then mark them."))
        Hours.objects.filter(pk__in=waiting).unpaid().update(paid_at=clock.now())
        append(Verb.HOURS_PAID, actor=by.pk, subject=leader.pk)


def mark_not_paid(leader: User, year: int, month: int, by: User) -> None:
    """Take back that the hours of a month were paid: she can change them again. Raises ``Refused``."""
    with transaction.atomic():
        _not_for_oneself(leader, by)
        if not _of_month(leader, year, month).exclude(paid_at=None).update(paid_at=None):
            raise Refused(_("Nothing of this month is marked as paid."))
        append(Verb.HOURS_NOT_PAID, actor=by.pk, subject=leader.pk)


def take_hours_along(by: User) -> list[Hours]:
    """Give the hours of everybody, to be taken out of the house, the oldest first, with ``leader``."""
    with transaction.atomic():
        append(Verb.HOURS_TAKEN_ALONG, actor=by.pk)
        return list(Hours.objects.select_related("leader").order_by("day", "logged_at", "pk"))


@erases_expired
def erase_hours(moment: datetime) -> int:
    """Delete the hours that were logged three years before ``moment``."""
    return Hours.objects.filter(expires_at__lte=moment).delete()[0]


def _as_kept(worked: Worked) -> dict[str, Any]:
    today = clock.now().date()
    if worked.day > today + timedelta(days=1):  # somewhere it is tomorrow already
        raise Refused(_("This day has not come yet. Log what you have worked already."))
    if worked.day < today - OLDEST:
        raise Refused(_("This day is more than a year ago. Look at the year; if it is right, ask a coordinator."))
    if not 1 <= worked.minutes <= MOST_MINUTES:
        raise ValueError(f"{worked.minutes} minutes on one day")
    return {"day": worked.day, "minutes": worked.minutes, "what": worked.what, "note": worked.note}


def _hers(by: User, hours_id: UUID) -> HoursQuerySet:
    return Hours.objects.filter(pk=hours_id, leader=by)


def _of_month(leader: User, year: int, month: int) -> HoursQuerySet:
    return Hours.objects.filter(leader=leader).in_month(year, month)


def _not_for_oneself(leader: User, by: User) -> None:
    if leader.pk == by.pk:
        raise Refused(_("These are your own hours. Another coordinator sees to them."))


# --- Decisions and letters ------------------------------------------------------------------------------------------


def take_decisions_along(by: User) -> list[dict[str, Any]]:
    """Give the decisions in force as lines for the corpus, to be taken out of the house; nobody's name."""
    with transaction.atomic():
        append(Verb.CORRECTIONS_TAKEN_ALONG, actor=by.pk)
        return list(corpus_lines())


def stop_letters(user: User) -> None:
    """Send ``user`` no letter any more when something waits at the desk."""
    NoLetters.objects.get_or_create(user=user)


def allow_letters(user: User) -> None:
    """Send ``user`` a letter again when something new waits at the desk."""
    NoLetters.objects.filter(user=user).delete()
