"""How her pages look from afar: a title and an icon that tell nobody what they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """What a tab, a history and a list of apps show: ``title``, and an icon by its path among the static files."""

    title: str | Promise
    icon: str


LOOKS: Mapping[str, Look] = {
    "notes": Look(_("Notes"), "talk/notes.svg"),
    "recipes": Look(_("Recipes"), "talk/recipes.svg"),
    "shopping": Look(_("Shopping list"), "talk/shopping.svg"),
    "weather": Look(_("Weather"), "talk/weather.svg"),
    "timetable": Look(_("Timetable"), "talk/timetable.svg"),
    "plants": Look(_("House plants"), "talk/plants.svg"),
}
"""What she can choose from, by the name that is kept."""
FIRST_LOOK = "notes"
"""How pages look before she has signed in, and until she chooses."""
