"""What survivor leaders do about a view: decide what the sentence does, or leave the reading as it is, and say why.

The learner sees the outcome at her turn. All this is for survivor leaders whose role has taken effect; every rule that
says no raises ``people.acts.Refused`` with a sentence for her.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.acts import Refused, for_survivor_leaders
from alongside.people.models import User
from alongside.practice.models import DifferentView
from alongside.records import clock
from alongside.records.models import Verb, append
from alongside.review import correcting
from alongside.review.correcting import LeadersView
from alongside.review.models import Correction

SETTLED = _(
    "Nothing waits here any more: another survivor leader was faster, or the learner changed what she said or took it "
    "back. Look at the list again."
)


def decide(view_id: UUID, by: User, says: LeadersView) -> Correction:
    """Decide what the sentence of a waiting view does. Readings of the same, or nearly so, follow from now on.

    The sentence and what it answers are kept with the decision, without the learner, also when her view is erased.
    Raises ``Refused``, as ``review.correcting.keep`` does too, and ``ModelUnavailableError``.
    """
    for_survivor_leaders(by)
    correcting.public_words(says.why)
    view = _waiting(view_id)
    sentences, index = _reply(view)
    placed = correcting.place(view.disclosure, sentences, index)
    with transaction.atomic():
        correction = correcting.keep(placed, by, says)
        _settle(view, DifferentView.Decision.DECIDED, correction=correction)
    return correction


def decline(view_id: UUID, by: User, why: str) -> None:
    """Leave the reading as it is. ``why``: words that the learner reads. Raises ``Refused``."""
    for_survivor_leaders(by)
    view, words = _waiting(view_id), correcting.public_words(why)
    with transaction.atomic():
        _settle(view, DifferentView.Decision.DECLINED, decision_why=words)
        append(Verb.VIEW_DECLINED, actor=by.pk, subject=view.pk)


def _waiting(view_id: UUID) -> DifferentView:
    view = DifferentView.objects.waiting().select_related("turn").filter(pk=view_id).first()
    if view is None:
        raise Refused(SETTLED)
    return view


def _reply(view: DifferentView) -> tuple[list[str], int]:
    """Give the sentences among which the view's stands, and its place; it stands alone when the turn has expired."""
    if view.turn is None:
        return [view.text], 0
    return [sentence.text for sentence in view.turn.reading.sentences], view.sentence


def _settle(view: DifferentView, decision: DifferentView.Decision, **outcome: object) -> None:
    """Settle a view if it waits still, as it was read. Raises ``Refused``."""
    still = DifferentView.objects.waiting().filter(pk=view.pk, created_at=view.created_at)
    if not still.update(decision=decision, decided_at=clock.now(), **outcome):
        raise Refused(SETTLED)
