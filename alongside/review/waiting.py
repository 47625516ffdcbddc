"""What waits for survivor leaders: what was handed in for their review, and what is live without their approval."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, TaskState

from alongside.people.models import User
from alongside.review.approving import is_approved
from alongside.review.hashing import all_live, content_hash, says_what_ships
from alongside.review.models import Approval, SurvivorReview
from alongside.review.reviewing import may_decide
from alongside.review.shape import DataError


@dataclass(frozen=True)
class Waiting:
    """A version that was handed in for review.

    ``row``: the content or page; ``title``: as it was handed in; ``kind``: such as “scenario”; ``author_id``: who saved
    the version, ``None`` when she has left. ``review_url``: where it is read with its form, approved and sent back;
    ``preview_url``: as a learner sees it; ``compare_url``: beside what is live, empty when nothing of it is.
    """

    state: TaskState
    row: Any
    title: str
    kind: str
    author_id: UUID | None
    submitted_at: datetime
    review_url: str
    preview_url: str
    compare_url: str

    def may_be_decided_by(self, user: User) -> bool:
        """Say whether ``user`` may approve it or send it back: not on her own work."""
        return may_decide(user, self.state)


@dataclass(frozen=True)
class Unapproved:
    """Content or a page that is live and that no survivor leader stands behind."""

    row: Any
    title: str
    kind: str
    edit_url: str

    @property
    def content_hash(self) -> str:
        """The hash of what is live, to be given to ``approving.approve_live`` when she has read it.

        Empty for content that has lost its shape.
        """
        try:
            return content_hash(self.row)
        except DataError:
            return ""

    @property
    def is_shipped(self) -> bool:
        """Whether nobody here changed it, so that it can be approved as it is; else it is handed in at ``edit_url``."""
        try:
            return says_what_ships(self.row)
        except DataError:
            return False


def waiting() -> list[Waiting]:
    """Give what waits for review, the oldest first."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=SurvivorReview.objects.all()
    ).select_related("revision", "task")
    found = [(state, state.revision.content_object) for state in states.order_by("started_at", "pk")]
    return [_waiting(state, row) for state, row in found if row is not None]


def unapproved_live() -> list[Unapproved]:
    """Give what is live and not approved, kind by kind. Only what has an approval is read, to see whether it stands."""
    approved = set(Approval.objects.standing().values_list("content_type", "object_id"))
    return [_unapproved(row) for row in all_live() if _key(row) not in approved or not is_approved(row)]


def _waiting(state: TaskState, row: Any) -> Waiting:
    revision, names = state.revision, _names(row)
    pk = quote(row.pk)
    return Waiting(
        state=state,
        row=row,
        title=revision.object_str,
        kind=str(row._meta.verbose_name),
        author_id=revision.user_id,
        submitted_at=state.started_at,
        review_url=reverse(f"{names}:edit", args=[pk]),
        preview_url=reverse(f"{names}:workflow_preview", args=[pk, state.task_id]),
        compare_url=reverse(f"{names}:revisions_compare", args=[pk, "live", revision.pk]) if row.live else "",
    )


def _unapproved(row: Any) -> Unapproved:
    edit_url = reverse(f"{_names(row)}:edit", args=[quote(row.pk)])
    return Unapproved(row, str(row), str(row._meta.verbose_name), edit_url)


def _key(row: Any) -> tuple[int, str]:
    """Give what approvals of ``row`` are kept under."""
    exact = row.specific_class if isinstance(row, Page) else type(row)
    return ContentType.objects.get_for_model(exact, for_concrete_model=False).pk, str(row.pk)


def _names(row: Any) -> str:
    """Give the namespace of the addresses at which ``row`` is edited."""
    if isinstance(row, Page):
        return "wagtailadmin_pages"
    return str(row.snippet_viewset.get_url_name("edit")).rpartition(":")[0]
