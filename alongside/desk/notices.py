"""Letters to survivor leaders: something new waits for them at the desk. Once a day at most, and never what it is."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.desk.models import NoLetters
from alongside.people import letters
from alongside.people.models import SURVIVOR_LEADER, Letter, User
from alongside.people.readiness import of_the_desk
from alongside.practice.models import DifferentView
from alongside.records.ticking import at_each_tick
from alongside.review.waiting import waiting

SOMETHING_WAITS = "something waits"


@letters.kind(SOMETHING_WAITS, title=_("That something waits at the desk"))
def something_waits(letter: Letter) -> letters.Words | None:
    """Write a letter that does not say what waits; none when it has been seen to, or she wants none any more."""
    if not _reached_by_letters().filter(pk=letter.user_id).exists() or not any(_since(letter.user)):
        return None
    lines = [
        _("Something new waits for you at the desk, whenever you have the time."),
        _("Such a note comes once a day at most."),
    ]
    stop = reverse("desk:stop_letters", args=[letters.stop_token(letter.user, SOMETHING_WAITS)])
    return letters.Words(letters.Subject.NOTE, lines, reverse("desk:start"), stop)


@at_each_tick
def tell_survivor_leaders(moment: datetime) -> None:
    """Post a letter to everybody for whom something waits that is newer than her last letter. Safe to run twice."""
    if not settings.MAIL_WORKS:
        return
    for leader in _reached_by_letters():
        if _waits_newly(leader, moment):
            with transaction.atomic():
                letters.post(leader, SOMETHING_WAITS, key=f"{SOMETHING_WAITS} {moment:%Y-%m-%d} {leader.pk}")


def wants_none(user: User) -> bool:
    """Say whether ``user`` has stopped these letters."""
    return NoLetters.objects.filter(user=user).exists()


def switch_for(user: User) -> dict[str, bool]:
    """Give what the page with her switch shows: whether this house sends letters, and whether she wants none."""
    return {"mail_works": settings.MAIL_WORKS, "wants_none": wants_none(user)}


def _reached_by_letters() -> QuerySet[User]:
    leaders = of_the_desk().filter(groups__name=SURVIVOR_LEADER)
    return leaders.exclude(pk__in=NoLetters.objects.values("user")).order_by("pk")


def _waits_newly(leader: User, moment: datetime) -> bool:
    last = Letter.objects.filter(user=leader, kind=SOMETHING_WAITS).order_by("-created_at").first()
    if last is None:
        return any(_since(leader))
    if last.created_at.date() == moment.date():
        return False
    return any(each > last.created_at for each in _since(leader))


def _since(leader: User) -> Iterator[datetime]:
    """Give since when things wait that are hers to decide."""
    newest = DifferentView.objects.waiting().order_by("-created_at").first()
    if newest:
        yield newest.created_at
    yield from (each.submitted_at for each in waiting() if each.may_be_decided_by(leader))
