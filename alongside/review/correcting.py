"""What survivor leaders do about readings: decide what a sentence does, disagree in the open, withdraw, delete.

Readings follow a decision at once (``review.rating``). Everything here is for survivor leaders whose role has taken
effect, and every rule that says no raises ``people.acts.Refused`` with a sentence for her.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.core.rating import Move, rate_with_vectors
from alongside.core.rating.model import load_model
from alongside.core.rating.plain import has_words
from alongside.core.rating.splitting import split
from alongside.people.acts import Refused, for_survivor_leaders
from alongside.people.models import SURVIVOR_LEADER, User
from alongside.records import clock, erasure
from alongside.records.models import Verb, append
from alongside.review.models import Correction, Disagreement
from alongside.review.rating import stored

LONGEST_WHY = 2000
LONGEST_SENTENCE = 1000
LONGEST_DISCLOSURE = 4000
GONE = _("This decision is not here any more. It was withdrawn or deleted, perhaps in another tab.")
ANOTHERS = _("This decision is another survivor leader's. You can say in the open that you see it differently.")


@dataclass(frozen=True)
class LeadersView:
    """What a survivor leader says that a sentence does: its ``moves`` (perhaps none), and ``why``, which learners read.

    ``named``: her name stands beside it; otherwise “a survivor leader of this organisation”.
    """

    moves: Iterable[Move]
    why: str
    named: bool = False


@dataclass(frozen=True)
class PlacedSentence:
    """A sentence as the model reads it: the moves that it shows, and where the sentence stands in the model's space."""

    text: str
    disclosure: str
    shown: tuple[Move, ...]
    model: str
    space: str
    vector: bytes


def place(disclosure: str, sentences: Sequence[str], index: int = 0) -> PlacedSentence:
    """Read the sentence at ``index`` of a reply to ``disclosure``, for ``keep``. Call it outside of transactions.

    The other sentences are its context and are not kept. Raises ``Refused`` when it holds no words, and
    ``ModelUnavailableError``.
    """
    model = load_model()
    rating, vectors = rate_with_vectors(disclosure, sentences, model=model)
    vector = vectors[index]
    if vector is None:
        raise Refused(_("There are no words in this sentence, so nothing can be decided about it."))
    return PlacedSentence(
        sentences[index], disclosure, rating.sentences[index].moves, model.version, model.space, stored(vector)
    )


def keep(sentence: PlacedSentence, by: User, view: LeadersView) -> Correction:
    """Keep what ``by`` decided about a sentence, inside the caller's transaction.

    Raises ``Refused`` when she does not say why, or in more than ``LONGEST_WHY`` characters.
    """
    for_survivor_leaders(by)
    correction = Correction.objects.create(
        leader=by,
        text=sentence.text,
        disclosure=sentence.disclosure,
        shown=_codes(sentence.shown),
        model=sentence.model,
        space=sentence.space,
        vector=sentence.vector,
        **_as_kept(view),
    )
    append(Verb.CORRECTION_MADE, actor=by.pk, subject=correction.pk)
    return correction


def correct(by: User, disclosure: str, text: str, view: LeadersView) -> Correction:
    """Decide what a sentence does that ``by`` thought of herself, in answer to ``disclosure`` (it may be empty).

    Raises ``Refused`` for what is no single sentence, for words that are too long, and as ``keep`` does; and
    ``ModelUnavailableError``.
    """
    for_survivor_leaders(by)
    text, disclosure = text.strip(), disclosure.strip()
    if not has_words(text):
        raise Refused(_("Write the sentence that you decide about."))
    if len(text) > LONGEST_SENTENCE or len(split(text)) > 1:
        raise Refused(_("Write one sentence. What a reply does is read sentence by sentence."))
    if len(disclosure) > LONGEST_DISCLOSURE:
        raise Refused(_("What the sentence answers is too long. The last message before it is enough."))
    public_words(view.why)
    placed = place(disclosure, [text])
    with transaction.atomic():
        return keep(placed, by, view)


def disagree(by: User, correction_id: UUID, view: LeadersView) -> Disagreement:
    """Say in the open that ``by`` sees a decision of another leader differently; readings follow that one still.

    Said again, it replaces what she said before. Raises ``Refused`` when the decision is hers or is gone, when her
    moves are the ones that were decided, and as ``keep`` does.
    """
    for_survivor_leaders(by)
    kept = _as_kept(view)
    with transaction.atomic():
        correction = Correction.objects.select_for_update().filter(pk=correction_id, withdrawn_at=None).first()
        if correction is None:
            raise Refused(GONE)
        if correction.leader_id == by.pk:
            raise Refused(_("This decision is yours. Withdraw it if you see it differently now."))
        if kept["moves"] == correction.moves:
            raise Refused(_("These are the moves that were decided. Choose those that you see instead."))
        disagreement, is_new = Disagreement.objects.update_or_create(
            correction=correction, leader=by, defaults={**kept, "at": clock.now()}
        )
        append(Verb.CORRECTION_DISAGREED, actor=by.pk, subject=correction.pk)
        if not is_new:
            erasure.sweep_after_commit()
    return disagreement


def take_disagreement_back(by: User, correction_id: UUID) -> bool:
    """Delete what ``by`` said against a decision. Gives False when there is nothing of hers."""
    with transaction.atomic():
        deleted, _rows = Disagreement.objects.filter(correction=correction_id, leader=by).delete()
        if deleted:
            append(Verb.CORRECTION_DISAGREED_NO_MORE, actor=by.pk, subject=correction_id)
            erasure.sweep_after_commit()
    return bool(deleted)


def withdraw(by: User, correction_id: UUID) -> None:
    """Let a decision hold no longer: from the next reply on, the model's own reading is shown again.

    Her own, or one whose leader is no survivor leader any more. What was read meanwhile stays as it is, and says that
    the decision was withdrawn. Raises ``Refused``.
    """
    for_survivor_leaders(by)
    with transaction.atomic():
        if not _hers(by).filter(pk=correction_id, withdrawn_at=None).update(withdrawn_at=clock.now()):
            raise _refusal(correction_id)
        append(Verb.CORRECTION_WITHDRAWN, actor=by.pk, subject=correction_id)


def delete_correction(by: User, correction_id: UUID) -> None:
    """Delete a decision with its sentence and all that was said about it, withdrawn or not. Raises ``Refused``.

    For a sentence that should not have been kept: it may tell who wrote it. As ``withdraw``, her own or an orphan.
    """
    for_survivor_leaders(by)
    with transaction.atomic():
        deleted, _rows = _hers(by).filter(pk=correction_id).delete()
        if not deleted:
            raise _refusal(correction_id)
        append(Verb.CORRECTION_DELETED, actor=by.pk, subject=correction_id)
        erasure.sweep_after_commit()


def can_withdraw(by: User, correction: Correction) -> bool:
    """Say whether ``by`` may withdraw or delete this decision: it is hers, or its leader is a leader no more."""
    return _hers(by).filter(pk=correction.pk).exists()


def public_words(why: str) -> str:
    """Give the words by which a leader explains herself, as they are kept. Raises ``Refused`` for none or too many."""
    words = why.strip().replace("\r\n", "\n")
    if not words:
        raise Refused(_("Say why, in a sentence or two. Learners read it beside the reading."))
    if len(words) > LONGEST_WHY:
        raise Refused(_("This is too long for learners to read beside a sentence. Shorten it."))
    return words


def _as_kept(view: LeadersView) -> dict[str, Any]:
    return {"moves": _codes(view.moves), "why": public_words(view.why), "named": view.named}


def _codes(moves: Iterable[Move]) -> list[str]:
    chosen = set(moves)
    return [move.value for move in Move if move in chosen]


def _hers(by: User) -> QuerySet[Correction]:
    leaders = User.objects.filter(groups__name=SURVIVOR_LEADER, is_active=True)
    return Correction.objects.filter(Q(leader=by) | Q(leader=None) | ~Q(leader__in=leaders))


def _refusal(correction_id: UUID) -> Refused:
    """Give why a decision that ``by`` would undo was not undone."""
    others = Correction.objects.filter(pk=correction_id, withdrawn_at=None)
    return Refused(ANOTHERS if others.exists() else GONE)
