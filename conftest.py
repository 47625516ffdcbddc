"""The named cast, used by every test: who they are never changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client

from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, User

MakesAccounts = Callable[..., User]
PASSWORD = "a long walk by the river"


def bytes_on_disk() -> bytes:
    """Everything in the database's files, its write-ahead log included. Skips the test on PostgreSQL."""
    if connection.vendor != "sqlite":
        pytest.skip("looks into an SQLite file")
    file = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_xdist_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A test database is a file, as the real one is: in memory there is no write-ahead log and no race."""
    from django.conf import settings

    database: dict[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(tmp_path_factory.mktemp("database")) / "test.sqlite3")


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Tests need no costly password hash, and no collected, hashed style sheets."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def _cache_table(db: None) -> None:
    call_command("createcachetable", verbosity=0)


@pytest.fixture
def make_account(db: None, _cache_table: None) -> MakesAccounts:
    """Make an account that can sign in; staff have set a second factor."""

    def make(name: str, *groups: str, second_factor: bool = True) -> User:
        user = User.objects.create_user(f"{name}@alongside.example", PASSWORD, name=name.title())
        if groups:
            user.groups.set(Group.objects.get_or_create(name=group)[0] for group in groups)
            if second_factor:
                TOTP.activate(user, generate_totp_secret())
        return user

    return make


@pytest.fixture
def ruth(make_account: MakesAccounts) -> User:
    """A learner."""
    return make_account("ruth")


@pytest.fixture
def noor(make_account: MakesAccounts) -> User:
    """Another learner: what is Ruth's must answer her with 404."""
    return make_account("noor")


@pytest.fixture
def marisol(make_account: MakesAccounts) -> User:
    """A survivor leader."""
    return make_account("marisol", SURVIVOR_LEADER)


@pytest.fixture
def cora(make_account: MakesAccounts) -> User:
    """A coordinator."""
    return make_account("cora", COORDINATOR)


@pytest.fixture
def as_(db: None) -> Callable[[User | None], Client]:
    """Give a browser in which this person is signed in; nobody, for None."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
