"""What the desk's templates ask for."""

from typing import Any

from django import template

from alongside.desk.menu import Menu, menu_of

register = template.Library()


@register.inclusion_tag("desk/_menu.html", takes_context=True)
def desk_menu(context: dict[str, Any]) -> dict[str, Menu]:
    """Show the menu for whoever looks."""
    return {"menu": menu_of(context["request"])}
