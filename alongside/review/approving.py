"""To approve one exact version, to withdraw that, and to say whether what is live is approved.

*Live* and *approved* are two facts. What ships may be live unapproved; what people change goes live by approval only.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from alongside.people.acts import Refused, for_survivor_leaders
from alongside.people.models import User
from alongside.records import clock
from alongside.records.models import Verb, append
from alongside.review.hashing import content_hash, says_what_ships
from alongside.review.models import Approval, SurvivorReview
from alongside.review.reviewing import has_worked_on, is_reviewer
from alongside.review.shape import DataError

OWN_WORK = _("You worked on this yourself. Another survivor leader reviews it.")
NOT_LIVE = _("This is not live any more. There is nothing to approve here.")
CHANGED_MEANWHILE = _("This has changed since you opened it. Read what is there now, then approve it.")
NOT_AS_IT_SHIPS = _("Somebody here has changed this. Have it handed in for review in the editor, and approve it there.")
NOT_APPROVED = _("Nobody's approval stands for this. It was changed, or the approval was withdrawn meanwhile.")


def approval_of(row: models.Model) -> Approval | None:
    """Give the standing approval of exactly what ``row`` says; ``None`` while it is not live, or has none."""
    if not getattr(row, "live", False):
        return None
    try:
        return _standing(row).first()
    except DataError:
        return None


def is_approved(row: models.Model) -> bool:
    """Say whether ``row`` is live and a survivor leader stands behind exactly what it says."""
    return approval_of(row) is not None


def is_approved_version(revision: Revision) -> bool:
    """Say whether a survivor leader stands behind exactly what a version says, live or not."""
    try:
        return _standing(revision.as_object()).exists()
    except DataError:
        return False


def approve(state: TaskState, leader: User | None) -> Approval:
    """Approve what was handed in and let exactly that go live, now or at its date.

    Only the end of the workflow calls it, in its transaction. Raises ``PermissionDenied`` when ``leader`` may not
    decide about it, or when something else than her review ended the workflow.
    """
    revision = state.revision
    if not isinstance(state.task.specific, SurvivorReview) or state.status != TaskState.STATUS_APPROVED:
        raise PermissionDenied("Something else than a survivor leader's review ended the workflow.")
    if leader is None or not is_reviewer(leader) or has_worked_on(leader, revision):
        raise PermissionDenied("Only a survivor leader approves, and not her own work.")
    approval = _approve(revision.as_object(), revision, leader)
    revision.publish(user=leader, skip_permission_checks=True)
    return approval


def approve_live(row: models.Model, leader: User, read: str | None = None) -> Approval:
    """Approve what is live as it shipped: nobody here changed it, so no workflow ever sees it.

    ``read``: the ``content_hash`` of what she read; ``None`` stands for what is live now. To approve twice is to
    approve once. Raises ``Refused``.
    """
    with transaction.atomic():
        live = type(row)._default_manager.select_for_update().get(pk=row.pk)
        for_survivor_leaders(leader)
        revision: Revision | None = getattr(live, "live_revision", None)
        if revision is None or not getattr(live, "live", False):
            raise Refused(NOT_LIVE)
        if read is not None and read != content_hash(live):
            raise Refused(CHANGED_MEANWHILE)
        if not says_what_ships(live):
            raise Refused(NOT_AS_IT_SHIPS)
        if has_worked_on(leader, revision):
            raise Refused(OWN_WORK)
        return _approve(live, revision, leader)


def withdraw_approval(row: models.Model, by: User) -> None:
    """Withdraw the approval of what is live; it stays live, and its page says that it is not reviewed.

    Any survivor leader may. Raises ``Refused``.
    """
    with transaction.atomic():
        for_survivor_leaders(by)
        approval = approval_of(row)
        if approval is None or not _withdraw(approval.pk, by):
            raise Refused(NOT_APPROVED)
        append(Verb.APPROVAL_WITHDRAWN, actor=by.pk, subject=approval.pk)


def _standing(row: models.Model) -> models.QuerySet[Approval]:
    return Approval.objects.of(row).standing().filter(content_hash=content_hash(row))


def _approve(row: models.Model, revision: Revision, leader: User) -> Approval:
    approval, is_new = _standing(row).get_or_create(
        content_type=revision.content_type,
        object_id=revision.object_id,
        content_hash=content_hash(row),
        withdrawn_at=None,
        defaults={"revision": revision, "leader": leader},
    )
    if is_new:
        append(Verb.CONTENT_APPROVED, actor=leader.pk, subject=approval.pk)
    return approval


def _withdraw(approval: UUID, by: User) -> int:
    standing = Approval.objects.standing().filter(pk=approval)
    return standing.update(withdrawn_at=clock.now(), withdrawn_by=by)
