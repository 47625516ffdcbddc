"""How content is edited: what every kind of it has in common in the editor."""

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList, Panel, PublishingPanel
from wagtail.locks import ScheduledForPublishLock
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    CopyView,
    EditView,
    HistoryView,
    RevisionsUnscheduleView,
    SnippetViewSet,
)

NOBODY = frozenset({"publish", "unpublish", "delete"})
"""What nobody does with content by hand, with whatever permission."""

WHO_MAY_EDIT = frozenset({"lock", "unlock"})
"""What whoever may edit does: a lock keeps others from writing meanwhile, and must not outlast who set it."""


class ContentPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Who may do what: staff edit; nobody publishes, takes offline or deletes, a superuser included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Say whether ``user`` may do ``action``."""
        if action in NOBODY:
            return False
        return bool(super().user_has_permission(user, "change" if action in WHO_MAY_EDIT else action))


class FilledInCopyView(CopyView):  # type: ignore[misc]
    """Shows the form for new content, filled in, which is sent to where new ones are made.

    Sent to its own address, Wagtail's would write over the content that was to be copied, and take it offline.
    """

    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]


class ContentEditView(EditView):  # type: ignore[misc]
    """Edits content, and says how to come back to it while it has a date."""

    def get_lock_context(self) -> dict[str, Any]:
        """Offer to take the date away: that makes nothing live, and nobody can edit before."""
        context: dict[str, Any] = super().get_lock_context()
        if self.request.method == "GET" and isinstance(self.lock, ScheduledForPublishLock):
            address = reverse(
                self.revisions_unschedule_url_name, args=[quote(self.object.pk), self.object.scheduled_revision.pk]
            )
            words = gettext("To change it before then, take its date away."), gettext("Take the date away")
            messages.info(self.request, format_html('{} <a href="{}">{}</a>', words[0], address, words[1]))
        return context


class ContentHistoryView(HistoryView):  # type: ignore[misc]
    """Lists the versions."""

    def user_can_unschedule(self) -> bool:
        """Let whoever may edit take a date away."""
        return bool(self.user_has_permission("change"))


class ContentUnscheduleView(RevisionsUnscheduleView):  # type: ignore[misc]
    """Takes the date of an approved version away."""

    permission_required = "change"


class ContentViewSet(SnippetViewSet):  # type: ignore[misc]
    """Lists and edits one kind of content: drafts, preview, versions, comparison, dates, locks, survivor review.

    A kind gives its ``model``, ``icon``, ``menu_label`` and ``panels``; the panel of dates is added to them.
    """

    copy_view_class = FilledInCopyView
    edit_view_class = ContentEditView
    history_view_class = ContentHistoryView
    revisions_unschedule_view_class = ContentUnscheduleView
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = ["title", "source_id"]
    list_filter: ClassVar[list[str]] = ["live", "has_unpublished_changes"]
    panels: ClassVar[list[Panel]] = []

    @property
    def permission_policy(self) -> ContentPolicy:
        """Who may do what."""
        return ContentPolicy(self.model)

    def get_edit_handler(self) -> Panel:
        """Give the form: the panels of the kind, and the dates."""
        return ObjectList([*self.panels, PublishingPanel()]).bind_to_model(self.model)
