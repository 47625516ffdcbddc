"""How the database stands to this version: empty, in use, older, newer."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

NEEDS_AN_UPDATE = "The database is of an earlier version. Take a backup and run “alongside update” (docs/hosting.md)."
Migration = tuple[str, str]
"""The label of an app, and the name of one of its migrations."""


def is_older() -> bool:
    """Say whether tables are missing, or not yet what this version needs."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_in_use() -> bool:
    """Say whether the database holds anybody's account: then it holds what must not be lost."""
    from alongside.people.models import User

    table = User._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608
        return bool(cursor.fetchone()[0])


def applied() -> list[Migration]:
    """Give the migrations that the database has seen."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown_here(migrations: Iterable[Migration]) -> list[Migration]:
    """Give those of ``migrations`` that this version does not have: a newer one made them."""
    known = MigrationLoader(None).disk_migrations
    labels = {config.label for config in apps.get_app_configs()}
    return sorted(each for each in migrations if each[0] in labels and each not in known)
