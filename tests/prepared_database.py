"""The tables of tests, made once: each worker begins with a copy of a database that was prepared for all of them.

``python -m tests.prepared_database`` makes the tables in the database that the environment names; ``make test`` does so
once for each kind of database. Where ``PREPARED_DATABASE`` then names it (a file, or a database beside that of the
environment), this is a plugin of pytest that copies it. Without, pytest-django makes the tables.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SETTING = "PREPARED_DATABASE"


def main() -> None:
    """Make all tables, and what every database has from the start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Copy what was prepared, and work on the copy."""
    from django.conf import settings
    from django.db import connection

    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            shutil.copyfile(os.environ[SETTING], name)
        else:
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{os.environ[SETTING]}"')
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "sqlite":
            for file in Path(name).parent.glob(f"{Path(name).name}*"):
                file.unlink()
        else:
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
