"""Those for whom nobody fits yet: each tick looks whom they could reach now. How many there were stays as numbers."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from alongside.core.matching import Waiting, assign
from alongside.introductions.candidates import candidates
from alongside.introductions.fitting import excluded_from, spoken
from alongside.introductions.models import Ask, NobodyFound
from alongside.introductions.wishes import open
from alongside.people.notices import something_for
from alongside.records import clock
from alongside.records.ticking import at_each_tick

_HOUR = 3600


def note_nobody_found(topics: Iterable[str]) -> None:
    """Count one person who found nobody this month: once in all, and once for each of her topics (slugs)."""
    month = clock.now().date().replace(day=1)
    with transaction.atomic():
        for topic in ("", *sorted(set(topics))):
            this = NobodyFound.objects.filter(month=month, topic=topic)
            if not this.update(count=F("count") + 1):
                NobodyFound.objects.bulk_create([NobodyFound(month=month, topic=topic)], ignore_conflicts=True)
                this.update(count=F("count") + 1)


@at_each_tick
def find_for_those_who_wait(moment: datetime) -> None:
    """Note for whom there is somebody now, each ally for no more people than she has room for, and let them know.

    Nobody is held back for them: when she returns, she chooses among those who are free then.
    """
    asks = list(Ask.objects.filter(state=Ask.State.WAITING).select_related("survivor"))
    allies = candidates() if asks else []
    waiting = [_waiting(ask, spoken(allies), moment) for ask in asks] if allies else []
    reached = assign(waiting, allies)
    for ask in asks:
        _note(ask, moment, is_found=reached.get(ask.pk) is not None)


def _waiting(ask: Ask, languages: Collection[str], moment: datetime) -> Waiting:
    since = ask.waits_since or ask.asked_at
    hours = max(0.0, (moment - since).total_seconds() / _HOUR)
    return Waiting(ask.pk, open(ask).as_asked(excluded_from(ask.survivor, ask), languages), hours)


def _note(ask: Ask, moment: datetime, *, is_found: bool) -> None:
    still_waits = Ask.objects.filter(pk=ask.pk, state=Ask.State.WAITING, found_at__isnull=is_found)
    with transaction.atomic():
        if still_waits.update(found_at=moment if is_found else None) and is_found:
            something_for(ask.survivor)
