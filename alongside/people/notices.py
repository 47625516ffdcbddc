"""Telling a survivor who wants it that something waits: in her own words, never at once, at most once a day.

By default nothing is sent to anybody. The row (``people.Notice``) is the queue, as with letters; its task carries its
id. Why not a letter: letters go to accounts, have a link, and words of ours.
"""

import logging
import random
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django_tasks import task

from alongside.people.hers import Wording, wording_of
from alongside.people.letters.delivering import NotKnownError, NotTakenError, deliver
from alongside.people.models import Notice, Opened, Survivor
from alongside.people.models.notice import NOTICES_ARE_KEPT
from alongside.records import clock
from alongside.records.erasure import erases_expired
from alongside.records.expiry import SOON
from alongside.records.ticking import at_each_tick

SOONEST, LATEST = timedelta(minutes=10), timedelta(minutes=60)
"""Between these, by chance, it waits: so that nobody sees from its time what made it, and several become one."""
ONE_EACH = timedelta(days=1)
AGAIN_AFTER = timedelta(hours=1)
"""How long it waits when the mail server could not take it."""
TASK_LASTS = timedelta(minutes=10)  # after that, the task was lost, or the worker is far behind

logger = logging.getLogger(__name__)


def something_for(survivor: Survivor) -> None:
    """See to it that she hears that something waits, if she wants to: a mail, some time later; one for all that waits.

    In the caller's transaction: if that is undone, there is no notice either.
    """
    if not settings.MAIL_WORKS:
        return
    if not Survivor.objects.filter(pk=survivor.pk, notice_address__isnull=False).exists():
        return
    due_at = clock.now() + random.uniform(0, 1) * (LATEST - SOONEST) + SOONEST  # noqa: S311 - guessing it gains nothing
    last = Notice.objects.filter(survivor=survivor, claimed_at__isnull=False).order_by("-claimed_at").first()
    if last is not None and last.claimed_at is not None:
        due_at = max(due_at, last.claimed_at + ONE_EACH)
    Notice.objects.bulk_create(
        [Notice(survivor=survivor, due_at=due_at)], ignore_conflicts=True
    )  # one may wait already


def send(notice_id: int) -> None:
    """Send the notice, if it waits and is due; of two who try at once, one does. None is sent where she came by since.

    Call it outside a transaction: a claim must be seen by everybody before anything is sent.
    """
    now = clock.now()
    if not Notice.objects.filter(pk=notice_id, claimed_at=None, due_at__lte=now).update(claimed_at=now):
        return
    notice = Notice.objects.select_related("survivor").filter(pk=notice_id).first()
    if notice is None:
        return
    wording = wording_of(notice.survivor)
    if wording is None or not settings.MAIL_WORKS or _came_by_since(notice):
        notice.delete()
        return
    try:
        deliver(_mail(wording))
    except NotTakenError as refusal:
        logger.warning("Notice %s was not sent: %s.", notice.pk, refusal.reason.value)
        if refusal.may_try_again:
            _put_off(notice)
    except NotKnownError:
        logger.warning("Whether notice %s was sent is not known.", notice.pk)


@task()
def send_notice(notice_id: int) -> None:
    """Send a notice in the background. The id is all that the task table ever holds."""
    send(notice_id)


@at_each_tick
def hand_over_notices(moment: datetime) -> None:
    """Make a task of each notice that is due, and of one whose task was lost."""
    due = Notice.objects.filter(claimed_at=None, due_at__lte=moment)
    due = due.filter(Q(handed_over_at=None) | Q(handed_over_at__lte=moment - TASK_LASTS))
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            if due.filter(pk=pk).update(handed_over_at=clock.now()):
                send_notice.enqueue(pk)


@at_each_tick
def tell_before_a_code_is_erased(moment: datetime) -> None:
    """Let whoever wants notices hear of it a week before all of hers goes because her code was not used for so long.

    Once: the days in which it is looked for are as many as a notice is kept.
    """
    first, last = moment + SOON - NOTICES_ARE_KEPT, moment + SOON
    away = Survivor.objects.filter(notice_address__isnull=False, expires_at__gt=first, expires_at__lte=last)
    for survivor in away.exclude(pk__in=Notice.objects.values("survivor")):
        with transaction.atomic():
            something_for(survivor)


@erases_expired
def erase_notices(moment: datetime) -> int:
    """Delete the notices of some days ago, sent or not."""
    return Notice.objects.filter(expires_at__lte=moment).delete()[0]


def _came_by_since(notice: Notice) -> bool:
    """Say whether she has opened what is hers since, or has it open: then she has seen it."""
    survivor = notice.survivor
    is_seen = Opened.objects.filter(pair__survivor=survivor, seen_at__gt=notice.made_at)
    return survivor.used_at > notice.made_at or is_seen.exists()


def _mail(wording: Wording) -> EmailMessage:
    return EmailMessage(
        subject=wording.subject,
        body=f"{wording.text.strip()}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[wording.address],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _put_off(notice: Notice) -> None:
    """Let it wait for an hour; unless something new waits for her meanwhile, and has a notice of its own."""
    later = {"claimed_at": None, "handed_over_at": None, "due_at": clock.now() + AGAIN_AFTER}
    try:
        with transaction.atomic():
            Notice.objects.filter(pk=notice.pk, claimed_at=notice.claimed_at).update(**later)
    except IntegrityError:
        notice.delete()
