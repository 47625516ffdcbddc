"""Accounts, roles, one-time links."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleApp(AppConfig):
    """Accounts, roles, one-time links."""

    name = "alongside.people"

    def ready(self) -> None:
        """See to it that the roles exist after each migration, and listen to what happens to second factors."""
        from alongside.people import acts, letters, notices, opening, receivers  # noqa: F401

        post_migrate.connect(_make_roles, sender=self)


def _make_roles(**kwargs: Any) -> None:
    from django.contrib.auth.models import Group

    from alongside.people.models import COORDINATOR, SURVIVOR_LEADER

    for name in (COORDINATOR, SURVIVOR_LEADER):
        Group.objects.get_or_create(name=name)
