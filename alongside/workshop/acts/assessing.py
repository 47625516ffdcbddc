"""To sit an assessment: answer three people, one after the other, unaided; then all three replies are read.

Two requests can always meet, a double click or two tabs: a disclosure is answered by a conditional update, and of two
replies the second is refused, and its words shown. Replies are kept first and read after; where they cannot be read,
they wait.
"""

from django.db import IntegrityError, transaction

from alongside.people.models import User
from alongside.practice.acts import LONGEST_DRAFT, LONGEST_REPLY, EmptyReplyError, ReplyTooLongError, as_kept
from alongside.practice.reading import reading_to_data
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.review.rating import rate
from alongside.workshop.acts.enrolling import note_finish
from alongside.workshop.assessment import choosing, is_open, sitting_of
from alongside.workshop.disclosure_data import Form
from alongside.workshop.models import Occasion, Sitting, SittingAnswer


class NotOpenError(Exception):
    """This sitting cannot be taken yet, or there is none in this language."""


class AnsweredElsewhereError(Exception):
    """Another reply was sent to this person from another tab; it stays."""


class DraftChangedError(Exception):
    """Other words were kept for this reply since she saw the page."""


def sit(learner: User, occasion: Occasion, language: str | None) -> Sitting:
    """Begin a sitting, or go on with it. Raises ``NotOpenError``."""
    if sitting := sitting_of(learner, occasion):
        return sitting
    if not is_open(learner, occasion):
        raise NotOpenError
    try:
        with transaction.atomic():
            # One that expired before its end, and that the tick has not seen yet, makes room for the new one.
            Sitting.objects.filter(learner=learner, occasion=occasion, finished_at=None).delete()
            form = choosing.draw_first_form() if occasion is Occasion.FIRST else _other_form(learner)
            sitting = Sitting.objects.create(learner=learner, occasion=occasion, form=form.value)
            SittingAnswer.objects.bulk_create(
                SittingAnswer(sitting=sitting, number=number, pair=told.pair, revision=told.live_revision)
                for number, told in enumerate(choosing.draw(form, language), start=1)
            )
    except IntegrityError:
        return Sitting.objects.get(learner=learner, occasion=occasion)
    return sitting


def find_asked(learner: User, occasion: Occasion, answer_id: int) -> SittingAnswer | None:
    """Give one of the disclosures of her sitting; ``None`` when there is none of this key, or it is not hers."""
    sitting = sitting_of(learner, occasion)
    return next((each for each in sitting.asked if each.pk == answer_id), None) if sitting else None


def keep_draft(asked: SittingAnswer, words: str, seen: str) -> None:
    """Keep ``words`` that are not sent yet. ``seen``: what stood in the box before.

    Raises ``ReplyTooLongError``, ``AnsweredElsewhereError`` and ``DraftChangedError``.
    """
    words, seen = as_kept(words), as_kept(seen)
    if len(words) > LONGEST_DRAFT:
        raise ReplyTooLongError(len(words))
    waiting = SittingAnswer.objects.filter(pk=asked.pk, answered_at=None)
    with transaction.atomic():
        if waiting.filter(draft__in={seen, words}).update(draft=words):
            if seen and seen != words:
                sweep_after_commit()
            return
    raise DraftChangedError if waiting.exists() else AnsweredElsewhereError


def reply_to(asked: SittingAnswer, words: str) -> None:
    """Take her reply to one of the three; sent twice, it is taken once. The third ends the sitting.

    Raises ``EmptyReplyError``, ``ReplyTooLongError`` and ``AnsweredElsewhereError``.
    """
    reply = as_kept(words)
    if not reply.strip():
        raise EmptyReplyError
    if len(reply) > LONGEST_REPLY:
        raise ReplyTooLongError(len(reply))
    with transaction.atomic():
        Sitting.objects.select_for_update().get(pk=asked.sitting_id)  # of two tabs, one sees that all are answered
        waiting = SittingAnswer.objects.filter(pk=asked.pk, answered_at=None)
        if not waiting.update(reply=reply, draft="", answered_at=clock.now()):
            if SittingAnswer.objects.filter(pk=asked.pk, reply=reply).exists():
                return
            raise AnsweredElsewhereError
        if asked.draft and asked.draft != reply:
            sweep_after_commit()
        _end_if_all_are_answered(asked.sitting)


def read_replies(sitting: Sitting) -> None:
    """Have the replies of a finished sitting read, all by the model of now; those of the first again with the last.

    Raises ``ModelUnavailableError``; the replies wait then. Call it outside of transactions. What has no words any more
    stays as it was read.
    """
    answers = list(sitting.asked) if sitting.finished_at and sitting.has_words else []
    if sitting.occasion == Occasion.LAST and answers:
        first = sitting_of(sitting.learner, Occasion.FIRST)
        answers = [*(first.asked if first and first.has_words else ()), *answers]
    read = [(each, rate(each.disclosure.says, each.reply)) for each in answers]
    with transaction.atomic():
        for each, reading in read:
            unchanged = SittingAnswer.objects.filter(pk=each.pk, reply=each.reply)
            unchanged.update(rating=reading_to_data(reading), model=reading.model)


def _other_form(learner: User) -> Form:
    first = Sitting.objects.get(learner=learner, occasion=Occasion.FIRST)
    return Form(first.form).other


def _end_if_all_are_answered(sitting: Sitting) -> None:
    if SittingAnswer.objects.filter(sitting=sitting, answered_at=None).exists():
        return
    if Sitting.objects.filter(pk=sitting.pk, finished_at=None).update(finished_at=clock.now()):
        note_finish(sitting.learner)
