"""The way from the front page to the door of those who come to talk: the two rooms know nothing of each other."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from alongside.introductions.door import is_open


def to_talk(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``to_talk``: the address of the door, ``""`` while it is closed; looked up when asked for."""
    return {"to_talk": SimpleLazyObject(_address)}


def _address() -> str:
    if not is_open():
        return ""
    return settings.ENVIRONMENT.talk_address if settings.ENVIRONMENT.talk_hosts else reverse("ask:door")
