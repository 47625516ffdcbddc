"""To write to oneself, to change that, and to delete it.

Words are never written over unseen: who changes a reflection says which edition of it she saw, and of two tabs one wins
while the other keeps its words in the box.
"""

import uuid
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.people.models import User
from alongside.practice.acts import as_kept
from alongside.records import clock, erasure
from alongside.records.expiry import expiry
from alongside.workshop.models import Reflection
from alongside.workshop.models.reflection import boxed

LONGEST_REFLECTION = 10_000


class NotKeptError(Exception):
    """A reflection was not kept; the learner keeps her words in the box."""


class ReflectionTooLongError(NotKeptError):
    """It has more than ``LONGEST_REFLECTION`` characters: ``length``."""

    def __init__(self, length: int) -> None:
        super().__init__(f"a reflection of {length} characters")
        self.length = length


class ChangedElsewhereError(NotKeptError):
    """It was changed in another tab since she saw it."""


def find_reflection(learner: User, reflection_id: UUID) -> Reflection | None:
    """Give one of her reflections; ``None`` when there is none of this id, or it is not hers."""
    return Reflection.objects.of(learner).filter(pk=reflection_id).first()


def keep_reflection(learner: User, lesson: str, prompt: str, words: str, seen: UUID | None) -> Reflection | None:
    """Keep ``words`` to herself, in answer to ``prompt`` in ``lesson`` (both by key). No words: nothing is kept.

    ``seen``: the edition that she saw before she wrote, ``None`` where there was none. The same words again, as from a
    double click, change nothing, nor does an empty box by whoever saw it empty. Raises ``ReflectionTooLongError`` and
    ``ChangedElsewhereError``.
    """
    words = as_kept(words).strip()
    if len(words) > LONGEST_REFLECTION:
        raise ReflectionTooLongError(len(words))
    with transaction.atomic():
        kept = Reflection.objects.filter(learner=learner, lesson=lesson, prompt=prompt).first()
        if kept is None:
            return _create(learner, lesson, prompt, words) if words else None
        if kept.words == words or not (words or seen):
            return kept
        if kept.edition != seen and kept.words is not None:
            raise ChangedElsewhereError
        if not words:
            delete_reflection(kept)
            return None
        return _change(kept, learner, words)


def delete_reflection(reflection: Reflection) -> None:
    """Delete it with its words, at once and for good."""
    with transaction.atomic():
        reflection.delete()
        erasure.sweep_after_commit()


def _create(learner: User, lesson: str, prompt: str, words: str) -> Reflection:
    try:
        with transaction.atomic():
            return Reflection.objects.create(learner=learner, lesson=lesson, prompt=prompt, boxed=boxed(words, learner))
    except IntegrityError:
        raise ChangedElsewhereError from None


def _change(kept: Reflection, learner: User, words: str) -> Reflection:
    """Write over the words that were seen; the old box is swept from the file as if it were deleted."""
    seen, kept.edition = kept.edition, uuid.uuid4()
    kept.boxed, kept.updated_at, kept.expires_at = boxed(words, learner), clock.now(), expiry()
    changed = Reflection.objects.filter(pk=kept.pk, edition=seen).update(
        boxed=kept.boxed, edition=kept.edition, updated_at=kept.updated_at, expires_at=kept.expires_at
    )
    if not changed:
        raise ChangedElsewhereError
    erasure.sweep_after_commit()
    return kept
