"""The map of a scenario in the editor's form: of what was last kept, or of what was just refused, dead ends and all."""

from typing import Any

from django.forms import Media
from wagtail.admin.panels import Panel

from alongside.practice.scenario_map import scenario_map
from alongside.review.shape import DataError


class MapPanel(Panel):  # type: ignore[misc]
    """Draws the scenario that is edited; it has no field."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "practice/map_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Give the map; ``None`` while the scenario lacks something without which it cannot be drawn."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            self.instance.__dict__.pop("story", None)
            try:
                return {**context, "map": scenario_map(self.instance.story)}
            except DataError:
                return {**context, "map": None}

        @property
        def media(self) -> Media:
            """The style sheet of the map."""
            return Media(css={"all": ["practice/map.css"]})
