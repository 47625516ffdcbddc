"""How the replies of a group changed, for the desk, so that no look and no two looks tell of one person.

People are counted in batches of five: the five who finished longest ago and were not counted yet close a batch, which
is kept as sums and never changes, not even when one of the five leaves. Who compares today's figures with yesterday's
therefore sees the same, or five more people. Who has not been put into a batch yet is in no figure.

Counted is who took both sittings and had all six replies read, by one version of the model; not those of the desk, who
try the workshop out.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.core.change import FEWEST_PEOPLE, Change, Figure, Sums, change_of, figures_of, sums_of
from alongside.core.rating import Rating, Verdict
from alongside.people.access import STAFF
from alongside.records import clock
from alongside.records.ticking import at_each_tick
from alongside.workshop.models import GroupBatch, Occasion, Sitting
from alongside.workshop.models.assessment import SittingQuerySet

BATCH = FEWEST_PEOPLE


@dataclass(frozen=True)
class GroupChange:
    """How a group changed. ``changes``: by figure. ``people``: how many are in it, a multiple of ``BATCH``.

    ``only_first``: how many have taken the first sitting and not the last yet. ``waiting``: how many have taken both
    and are in no batch yet, or cannot be compared.
    """

    changes: dict[Figure, Change]
    people: int
    only_first: int
    waiting: int


def group_change(since: datetime | None = None) -> GroupChange | None:
    """Give how the group changed; ``None`` while there are fewer than five people to tell of.

    ``since``: of the batches that were closed at that moment or later. A batch is in it whole or not at all.
    """
    batches = GroupBatch.objects.filter(closed_at__gte=since) if since else GroupBatch.objects.all()
    totals: dict[Figure, Sums] = defaultdict(Sums)
    for batch in batches:
        for figure in Figure:
            totals[figure] += Sums(batch.people, *batch.figures[figure.value])
    if not totals:
        return None
    changes = {figure: change_of(totals[figure]) for figure in Figure}
    firsts, lasts = (_sittings().filter(occasion=occasion) for occasion in Occasion)
    both = lasts.filter(learner__in=firsts.values("learner"))
    return GroupChange(
        changes=changes,
        people=totals[Figure.MOVES].people,
        only_first=firsts.exclude(learner__in=lasts.values("learner")).count(),
        waiting=both.filter(counted_at=None).count(),
    )


@at_each_tick
def close_batches(moment: datetime) -> None:
    """Put the five who finished longest ago into a batch, as often as there are five. Safe to run twice."""
    while close_batch(moment):
        pass


def close_batch(moment: datetime) -> bool:
    """Close one batch of those who had finished by ``moment``, if there are enough; say whether there were."""
    found = []
    lasts = _sittings().filter(occasion=Occasion.LAST, counted_at=None, finished_at__lte=moment)
    for last in lasts.select_related("learner").order_by("finished_at", "id"):
        first = Sitting.objects.finished().filter(learner=last.learner, occasion=Occasion.FIRST).first()
        if first is not None and (pair := comparable(first, last)):
            found.append((last, tuple(figures_of(readings) for readings in pair)))
        if len(found) == BATCH:
            return _close([last.pk for last, _figures in found], [figures for _last, figures in found])
    return False


def comparable(first: Sitting, last: Sitting) -> tuple[list[Rating], list[Rating]] | None:
    """Give the readings of both sittings, when one version of the model read all of them and each in part at least."""
    before, after = (_readings(sitting) for sitting in (first, last))
    if not before or not after or len({reading.model for reading in (*before, *after)}) != 1:
        return None
    return before, after


def _readings(sitting: Sitting) -> list[Rating]:
    readings = [each.reading for each in sitting.asked]
    read = [reading for reading in readings if reading is not None and _is_rated(reading)]
    return read if len(read) == len(readings) else []


def _is_rated(reading: Rating) -> bool:
    return any(sentence.verdict is not Verdict.UNRATED for sentence in reading.sentences)


def _close(lasts: list[UUID], figures: list[tuple[dict[Figure, int], ...]]) -> bool:
    """Write the batch down, unless somebody else has counted one of them or one of them has left meanwhile."""
    sums = sums_of((before, after) for before, after in figures)
    kept = {figure.value: [each.before, each.after, each.squares] for figure, each in sums.items()}
    with transaction.atomic():
        if Sitting.objects.filter(pk__in=lasts, counted_at=None).update(counted_at=clock.now()) != BATCH:
            transaction.set_rollback(True)
            return False
        GroupBatch.objects.create(people=BATCH, figures=kept)
    return True


def _sittings() -> SittingQuerySet:
    return Sitting.objects.finished().exclude(learner__groups__name__in=STAFF)
