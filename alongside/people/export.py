"""Everything that is kept about a person, for herself. Higher rooms add their part."""

from collections.abc import Callable
from typing import TypeVar

from allauth.mfa.utils import is_mfa_enabled

from alongside.people.models import User
from alongside.records import clock

Exporter = Callable[[User], object]
E = TypeVar("E", bound=Exporter)
_exporters: dict[str, Exporter] = {}


def exports(name: str) -> Callable[[E], E]:
    """Register a function that gives what a room keeps of a person, as JSON can carry it, under ``name``."""

    def register(exporter: E) -> E:
        _exporters[name] = exporter
        return exporter

    return register


def export(user: User) -> dict[str, object]:
    """Give all that is kept of ``user``: a mapping with one entry for each room that keeps something."""
    return {"made_at": clock.now(), **{name: exporter(user) for name, exporter in sorted(_exporters.items())}}


@exports("account")
def _account(user: User) -> object:
    return {
        "name": user.name,
        "email": user.email,
        "joined_at": user.joined_at,
        "last_signed_in_at": user.last_login,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "second_factor_is_set": is_mfa_enabled(user),
    }
