"""``{% reviewed row %}``: whether survivors of this organisation have reviewed what a page shows."""

from typing import Any

from django import template
from django.db import models

from alongside.review.approving import approval_of

register = template.Library()


@register.inclusion_tag("review/_reviewed.html")
def reviewed(row: models.Model) -> dict[str, Any]:
    """Say that a survivor leader stands behind exactly what is shown of ``row``, and since when; or that none does."""
    return {"approval": approval_of(row)}
