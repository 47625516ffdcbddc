"""Scenarios in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, SnippetViewSet

from alongside.practice.models import Scenario


class FilledInCopyView(CopyView):  # type: ignore[misc]
    """Shows the form for a new scenario, filled in, which is sent to where new ones are made.

    Sent to its own address, Wagtail's would write over the scenario that was to be copied, and take it offline.
    """

    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]


class ScenarioViewSet(SnippetViewSet):  # type: ignore[misc]
    """Lists and edits scenarios."""

    model = Scenario
    copy_view_class = FilledInCopyView
    icon = "comment"
    menu_label = _("Scenarios")
    add_to_admin_menu = True
    list_display: ClassVar[list[str]] = ["title", "person", "source_id"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("title"),
        FieldPanel("source_id"),
        MultiFieldPanel(
            [FieldPanel("person"), FieldPanel("about"), FieldPanel("content_note")], heading=_("Before it begins")
        ),
        FieldPanel("opening"),
        FieldPanel("beats"),
        FieldPanel("endings"),
    ]


register_snippet(ScenarioViewSet)
