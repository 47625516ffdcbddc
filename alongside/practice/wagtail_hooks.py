"""Scenarios and drills in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.snippets.models import register_snippet

from alongside.practice.map_panel import MapPanel
from alongside.practice.models import Drill, Scenario
from alongside.review.wagtail import ContentViewSet


class ScenarioViewSet(ContentViewSet):
    """Lists and edits scenarios."""

    model = Scenario
    icon = "comment"
    menu_label = _("Scenarios")
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
        MapPanel(heading=_("Map")),
    ]


class DrillViewSet(ContentViewSet):
    """Lists and edits drills."""

    model = Drill
    icon = "group"
    menu_label = _("Drills")
    list_display: ClassVar[list[str]] = ["title", "leans_in_move", "pulls_back_move", "source_id"]
    list_filter: ClassVar[list[str]] = [*ContentViewSet.list_filter, "leans_in_move", "pulls_back_move"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("title"),
        FieldPanel("source_id"),
        MultiFieldPanel([FieldPanel("person"), FieldPanel("disclosure")], heading=_("What the person writes")),
        *(
            MultiFieldPanel([FieldPanel(f"{side}_{part}") for part in ("move", "reply", "why")], heading=heading)
            for side, heading in (
                ("leans_in", _("The reply that leans in")),
                ("pulls_back", _("The reply that pulls back")),
            )
        ),
    ]


register_snippet(ScenarioViewSet)
register_snippet(DrillViewSet)
