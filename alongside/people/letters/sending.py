"""Sending: claim the row, hand the mail over once, write down what is known."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django_tasks import task

from alongside.people.letters.delivering import NotKnownError, NotTakenError, deliver
from alongside.people.letters.kinds import words_of
from alongside.people.letters.writing import write
from alongside.people.models import Letter
from alongside.records import clock
from alongside.records.leaving_out import after_a_restore

# How long a letter waits after the first, second and third time that the mail server could not take it.
WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))

State = Letter.State
Reason = Letter.Reason

logger = logging.getLogger(__name__)


@task()
def send_letter(letter_id: str) -> None:
    """Send a letter in the background. The id is all that the task table ever holds."""
    send(UUID(letter_id))


def send(letter_id: UUID) -> None:
    """Send the letter, if it waits and is due; of two who try at once, one does. What goes wrong is written down.

    Call it outside a transaction: a claim must be seen by everybody before anything is sent.
    """
    if not settings.MAIL_WORKS:
        return
    claimed_at = clock.now()
    due = Letter.objects.filter(pk=letter_id, state=State.WAITING, due_at__lte=claimed_at, expires_at__gt=claimed_at)
    if not due.update(state=State.CLAIMED, claimed_at=claimed_at, tries=F("tries") + 1):
        return
    letter = Letter.objects.select_related("user").filter(pk=letter_id).first()
    if letter is not None:
        _send_claimed(letter)


@after_a_restore
def send_nothing_twice() -> None:
    """Say of letters that were due when a restored backup was taken, or since, that nobody knows whether they went."""
    now = clock.now()
    due = Letter.objects.filter(state__in=(State.WAITING, State.CLAIMED), due_at__lte=now)
    due.update(state=State.NOT_KNOWN, ended_at=now)


def _send_claimed(letter: Letter) -> None:
    try:
        words = words_of(letter) if letter.user.is_active else None
        mail = write(words, letter.user.email) if words else None
    except Exception:
        logger.exception("Letter %s could not be written.", letter.pk)
        _end(letter, State.FAILED, Reason.NOT_WRITTEN)
        return
    if mail is None:
        _end(letter, State.UNNEEDED)
        return
    try:
        deliver(mail)
    except NotTakenError as refusal:
        _put_off_or_give_up(letter, refusal)
    except NotKnownError:
        logger.warning("Whether letter %s was sent is not known.", letter.pk)
        _end(letter, State.NOT_KNOWN)
    else:
        _end(letter, State.SENT)


def _put_off_or_give_up(letter: Letter, refusal: NotTakenError) -> None:
    logger.warning("Letter %s was not sent: %s.", letter.pk, refusal.reason.value)
    if refusal.may_try_again and letter.tries <= len(WAITS):
        due_at = clock.now() + WAITS[letter.tries - 1]
        _note(letter, state=State.WAITING, reason=refusal.reason, due_at=due_at, claimed_at=None)
    else:
        _end(letter, State.FAILED, refusal.reason)


def _end(letter: Letter, state: State, reason: Reason | str = "") -> None:
    _note(letter, state=state, reason=reason, ended_at=clock.now())


def _note(letter: Letter, **known: str | datetime | None) -> None:
    """Write down what came of this claim, also where it was already thought to be lost."""
    claim = Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at)
    claim.filter(state__in=(State.CLAIMED, State.NOT_KNOWN)).update(**known)
