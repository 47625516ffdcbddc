"""What every template knows of the organisation."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.people.models import Organisation


def organisation(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``organisation``: what is filled in about the organisation, looked up when first asked for."""
    return {"organisation": SimpleLazyObject(Organisation.current)}
