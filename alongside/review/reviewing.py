"""Who may decide about a version: a survivor leader whose role has taken effect, and never on her own work."""

from contextlib import suppress
from typing import Any

from wagtail.models import Revision, TaskState

from alongside.people.models import SURVIVOR_LEADER, User
from alongside.people.readiness import of_the_desk
from alongside.review.hashing import content_hash
from alongside.review.models import Approval
from alongside.review.shape import DataError


def is_reviewer(user: Any) -> bool:
    """Say whether ``user`` is a survivor leader with a second factor, asked of the database each time."""
    return isinstance(user, User) and of_the_desk().filter(pk=user.pk, groups__name=SURVIVOR_LEADER).exists()


def has_worked_on(user: User, revision: Revision) -> bool:
    """Say whether she wrote something of a version: any version since the last approved one, or these same words.

    Words that come back from an older version are still those of whoever wrote them.
    """
    row = revision.as_object()
    hers = row.revisions.filter(user=user)
    approved = Approval.objects.of(row).standing().exclude(revision=None).select_related("revision").first()
    since = hers.filter(created_at__gt=approved.revision.created_at) if approved and approved.revision else hers
    return since.exists() or any(_says_the_same(each, revision) for each in hers.exclude(pk__in=since.values("pk")))


def may_decide(user: Any, state: TaskState) -> bool:
    """Say whether ``user`` may approve what was handed in, or send it back."""
    return (
        state.status == TaskState.STATUS_IN_PROGRESS and is_reviewer(user) and not has_worked_on(user, state.revision)
    )


def is_stale(state: TaskState) -> bool:
    """Say whether there is a later version than the one that was handed in."""
    return bool(state.revision_id != state.revision.content_object.latest_revision_id)


def _says_the_same(one: Revision, other: Revision) -> bool:
    with suppress(DataError):
        return content_hash(one.as_object()) == content_hash(other.as_object())
    return False
