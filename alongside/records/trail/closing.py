"""To close what was appended into a batch, and to drop what has expired, a batch at a time."""

from datetime import datetime
from itertools import takewhile

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.records.erasure import erases_expired
from alongside.records.models import Batch, Entry
from alongside.records.ticking import at_each_tick
from alongside.records.trail import chain
from alongside.records.trail.reading import as_link, key, lines_of

_AT_A_TIME = 50  # at almost every tick the first is the last that is looked at


@at_each_tick
def close_batch(moment: datetime) -> None:
    """Put every entry that is in none yet into a new batch, closed at ``moment``. Of two ticks one does it.

    What is appended meanwhile, or was appended earlier and is committed later, goes into the next.
    """
    if Entry.objects.filter(batch=None).exists():
        with transaction.atomic():
            _close(moment)


def _close(moment: datetime) -> None:
    before = Batch.objects.last()
    number = before.number + 1 if before else 1
    try:
        with transaction.atomic():
            # Whoever has the number first closes the batch; nobody else sees it unfinished.
            Batch.objects.create(number=number, at=moment, expires_at=moment, count=0, digest=b"")
    except IntegrityError:
        return
    count = Entry.objects.filter(batch=None).update(batch=number)
    if not count:  # another tick was here since
        transaction.set_rollback(True)
        return
    expires_at = Entry.objects.filter(batch=number).aggregate(last=Max("expires_at"))["last"]
    link = chain.Link(number, moment, expires_at, count, b"", lines_of(number))
    digest = chain.digest_of(key(), bytes(before.digest) if before else chain.BEFORE_THE_FIRST, link)
    Batch.objects.filter(number=number).update(expires_at=expires_at, count=count, digest=digest)


@erases_expired
def drop_expired_batches(moment: datetime) -> int:
    """Drop the oldest batches as long as all of their entries expired before ``moment``; give how many entries went.

    The last of them stays as the anchor, without its entries.
    """
    oldest_first = Batch.objects.order_by("number").iterator(chunk_size=_AT_A_TIME)
    expired = list(takewhile(lambda batch: batch.expires_at < moment, oldest_first))
    if not expired or expired[-1].anchor is not None:
        return 0
    last = expired[-1]
    erased, _ = Entry.objects.filter(batch__lte=last.number).delete()
    Batch.objects.filter(number__lt=last.number).delete()
    Batch.objects.filter(number=last.number).update(anchor=chain.anchor_of(key(), as_link(last)))
    return erased
