"""Accounts, roles, one-time links."""

from django.apps import AppConfig


class PeopleApp(AppConfig):
    """Accounts, roles, one-time links."""

    name = "alongside.people"
