"""To show one practice to the desk, to show it no more, and for the desk to open it.

Readiness is decided by people who have read how she practises, in one conversation that she chose.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.acts import Refused
from alongside.people.models import User
from alongside.people.readiness import of_the_desk
from alongside.practice.acts.conversing import AttemptGoneError, find_attempt, one_at_a_time
from alongside.practice.models import Attempt, PracticeRead
from alongside.records import clock
from alongside.records.models import Verb, append
from alongside.records.tombstones import erased_fields

LEAST_REPLIES = 3
"""With fewer there is too little to read."""


def show_to_desk(learner: User, attempt_id: UUID) -> Attempt:
    """Show a practice to the desk, in the place of any other that the learner shows; it is erased when it would be.

    Raises ``AttemptGoneError``, and ``Refused`` for one with fewer than ``LEAST_REPLIES`` replies.
    """
    with transaction.atomic():
        one_at_a_time(learner)
        attempt = find_attempt(learner, attempt_id)
        if attempt.length < LEAST_REPLIES:
            raise Refused(_("Answer at least three times in a conversation, then you can show it."))
        if attempt.shown_at is None:
            for other in Attempt.objects.filter(learner=learner, shown_at__isnull=False):
                _hide(other)
            attempt.shown_at = clock.now()
            Attempt.objects.filter(pk=attempt.pk).update(shown_at=attempt.shown_at)
    return attempt


def show_no_more(learner: User, attempt_id: UUID) -> Attempt:
    """Take a practice back from the desk. Who has opened it stays to be seen by her. Raises ``AttemptGoneError``."""
    with transaction.atomic():
        attempt = find_attempt(learner, attempt_id)
        _hide(attempt)
    attempt.shown_at = None
    return attempt


def note_read(attempt: Attempt, by: User) -> PracticeRead:
    """Note that ``by`` opens a practice that is shown; the first time counts. Call it before the words are given out.

    Raises ``AttemptGoneError`` when it is not shown any more, and ``Refused`` for whoever is not of the desk, or whose
    own practice it is.
    """
    with transaction.atomic():
        if not Attempt.objects.shown().select_for_update().filter(pk=attempt.pk).exists():
            raise AttemptGoneError(str(attempt.pk))
        if by.pk == attempt.learner_id or not of_the_desk().filter(pk=by.pk).exists():
            raise Refused(_("Only coordinators and survivor leaders read what others show."))
        read, is_first = PracticeRead.objects.get_or_create(attempt=attempt, by=by)
        if is_first:
            append(Verb.PRACTICE_OPENED, actor=by.pk, subject=attempt.learner_id)
    return read


def _hide(attempt: Attempt) -> None:
    """Show an attempt no more; nor does a backup from before bring that back."""
    if Attempt.objects.filter(pk=attempt.pk, shown_at__isnull=False).update(shown_at=None):
        erased_fields(Attempt, attempt.pk, "shown_at")
