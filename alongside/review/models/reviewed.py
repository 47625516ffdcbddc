"""What goes live only by a survivor leader's approval, as far as people change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.models import Revision

AT_ITS_TIME = "wagtail.publish.scheduled"
"""What Wagtail notes when it publishes a version whose time has come."""


class NotReviewedError(PermissionDenied):
    """A version that somebody wrote would have gone live without an approval of exactly it."""


class Reviewed(models.Model):
    """The last word on what goes live, whichever way it was asked for.

    Versions that nobody wrote, such as those that an import takes from files, go live by themselves. What a person
    wrote, or asks to go live, needs a standing approval of exactly this version; so does whatever has a date.
    """

    class Meta:
        abstract = True

    def is_in_use(self, revision: Revision) -> bool:
        """Say whether a version must stay as it is beyond being live; kinds that pin versions know more."""
        return False

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a version. The editor's autosave never overwrites one that is live, in use, handed in or has a date."""
        if overwrite_revision and (
            overwrite_revision.pk == self.live_revision_id  # type: ignore[attr-defined]
            or overwrite_revision.approved_go_live_at
            or overwrite_revision.task_states.exists()
            or self.is_in_use(overwrite_revision)
        ):
            overwrite_revision = None
        return super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def publish(self, revision: Revision, user: Any = None, *args: Any, log_action: Any = True, **kwargs: Any) -> None:
        """Let a version go live, now or at its time. Raises ``NotReviewedError``.

        A version whose approval was withdrawn before its time loses its date.
        """
        from alongside.review.approving import is_approved_version

        is_due = log_action == AT_ITS_TIME
        if (is_due or user or revision.user_id) and not is_approved_version(revision):
            if not is_due:
                raise NotReviewedError("No survivor leader has approved this version.")
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return
        super().publish(revision, user, *args, log_action=log_action, **kwargs)  # type: ignore[misc]

    def unpublish(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        """Take it offline, as its own end date does; nobody does so by hand. Raises ``NotReviewedError``."""
        if user:
            raise NotReviewedError("Nobody takes what is live offline by hand.")
        super().unpublish(*args, **kwargs)  # type: ignore[misc]
