"""Posting: a letter becomes a row, and the row a task. The tick looks after what was left lying."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from alongside.people.export import exports
from alongside.people.letters.kinds import is_kind
from alongside.people.letters.sending import send_letter
from alongside.people.models import Letter, User
from alongside.records import clock
from alongside.records.erasure import erases_expired
from alongside.records.models import Verb, append
from alongside.records.ticking import at_each_tick

CLAIM_LASTS = timedelta(minutes=10)  # after that, nobody is sending any more
TASK_LASTS = timedelta(minutes=10)  # after that, the task was lost, or the worker is far behind

State = Letter.State


def post(
    user: User, kind: str, *, subject: UUID | None = None, key: str | None = None, due_at: datetime | None = None
) -> Letter | None:
    """Post a letter to ``user``, inside the caller's transaction: if that is undone, no letter was ever there.

    ``subject`` is the id of what it is about. With ``due_at`` the tick sends it then, not before. Of letters with the
    same ``key`` only the first is made, as long as it is kept (90 days); who posts again and again for longer than that
    must look at the time too. Gives ``None`` when no letter was made: there is no mail server, one with this key is
    there, or nobody has confirmed that the address is hers (who came before there was a mail server is asked to, the
    next time that she signs in). Raises ``ValueError`` for a kind that nobody writes.
    """
    if not is_kind(kind):
        raise ValueError(f"nobody writes letters called {kind!r}")
    if not settings.MAIL_WORKS or not _is_confirmed(user):
        return None
    with transaction.atomic():
        fields = {"user": user, "kind": kind, "subject_id": subject, **({"due_at": due_at} if due_at else {})}
        if key is None:
            letter = Letter.objects.create(**fields)
        else:
            letter, is_new = Letter.objects.get_or_create(key=key, defaults=fields)
            if not is_new:
                return None
        if due_at is None:
            send_letter.enqueue(str(letter.pk))
    return letter


def failed() -> "QuerySet[Letter]":
    """Give the letters of which a coordinator should know: not sent, or nobody can say. The newest first."""
    return Letter.objects.filter(state__in=(State.FAILED, State.NOT_KNOWN)).select_related("user").order_by("-ended_at")


def post_again(letter: Letter, by: User) -> bool:
    """Send a letter that failed, or of which nothing is known, once more. Gives False when somebody was faster."""
    with transaction.atomic():
        now = clock.now()
        lying = Letter.objects.filter(pk=letter.pk, state__in=(State.FAILED, State.NOT_KNOWN), expires_at__gt=now)
        fresh = {"tries": 0, "reason": "", "due_at": now, "handed_over_at": now, "claimed_at": None, "ended_at": None}
        if not lying.update(state=State.WAITING, **fresh):
            return False
        append(Verb.LETTER_POSTED_AGAIN, actor=by.pk, subject=letter.pk)
        send_letter.enqueue(str(letter.pk))
        return True


def _is_confirmed(user: User) -> bool:
    confirmed: bool = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    return confirmed


@at_each_tick
def look_after_letters(moment: datetime) -> None:
    """Hand over what is due or whose task was lost, and own up to what was claimed and never ended."""
    lost = Letter.objects.filter(state=State.CLAIMED, claimed_at__lte=moment - CLAIM_LASTS)
    lost.update(state=State.NOT_KNOWN, ended_at=clock.now())
    if not settings.MAIL_WORKS:
        return
    due = Letter.objects.filter(state=State.WAITING, due_at__lte=moment)
    due = due.filter(Q(handed_over_at__lt=F("due_at")) | Q(handed_over_at__lte=moment - TASK_LASTS))
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            if due.filter(pk=pk).update(handed_over_at=clock.now()):
                send_letter.enqueue(str(pk))


@erases_expired
def erase_letters(moment: datetime) -> int:
    """Delete the letters that were posted 90 days before ``moment``, sent or not."""
    return Letter.objects.filter(expires_at__lte=moment).delete()[0]


@exports("letters")
def _letters(user: User) -> object:
    return list(user.letters.order_by("created_at").values("kind", "state", "created_at", "ended_at"))
