"""The named cast, used by every test: who they are never changes."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, TransactionTestCase
from django.test.utils import override_settings

from alongside.core.sealing import Cost
from alongside.people import acts, readiness
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, AgreementText, User
from alongside.people.opening import Opener, open_here
from tests.mail_server import MailServer
from tests.putting_back import remember
from tests.second_database import reaches_it_unsaid

pytest_plugins = ["tests.cast", *(["tests.prepared_database"] if "PREPARED_DATABASE" in os.environ else [])]

TAKE_LONGEST = ("tests/browser", "alongside/config", "tests")
MakesAccounts = Callable[..., User]
Prepares = Callable[[User, User], None]
PASSWORD = "a long walk by the river"


def bytes_on_disk() -> bytes:
    """Everything in the database's files, its write-ahead log included. Skips the test on PostgreSQL."""
    if connection.vendor != "sqlite":
        pytest.skip("looks into an SQLite file")
    file = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with a long file when the others are done."""

    def turn(item: pytest.Item) -> int:
        folder = item.path.parent.relative_to(item.config.rootpath).as_posix()
        return next((at for at, name in enumerate(TAKE_LONGEST) if folder.startswith(name)), len(TAKE_LONGEST))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_xdist_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A test database is a file, as the real one is: in memory there is no write-ahead log and no race."""
    from django.conf import settings

    database: dict[str, Any] = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(tmp_path_factory.mktemp("database")) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test that commits, the database is put back: all that was there before the first test, no more."""
    with django_db_blocker.unblock():
        put_back = remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: put_back())
        yield


@pytest.fixture(autouse=True)
def _says_that_it_takes_a_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whether a test is run again on PostgreSQL is told by the fixtures that it names, so they must all be named."""
    yield
    if reaches_it_unsaid(request):
        pytest.fail("This test has a database and does not say so: give it the fixture “db”.", pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _quick(django_test_environment: None) -> Iterator[None]:
    """Tests need no costly hash of passwords and codes, and no collected, hashed style sheets."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CODE_COST=Cost(passes=1, memory=8 * 1024, may_be_weak=True),
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        WHITENOISE_AUTOREFRESH=True,
        BACKUPS=settings.DATA / "no backups",  # whatever lies in those of whoever runs the tests
    ):
        yield


@pytest.fixture
def make_account(db: None) -> MakesAccounts:
    """Make an account that can sign in, and has confirmed its address; staff have set a second factor."""

    def make(name: str, *groups: str, second_factor: bool = True) -> User:
        user = User.objects.create_user(f"{name}@alongside.example", PASSWORD, name=name.title())
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
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
def prepare(monkeypatch: pytest.MonkeyPatch) -> Prepares:
    """Let a learner meet all that is asked of an ally: ``prepare(ruth, marisol)``.

    Marisol has talked with her, has seen and heard what is to be seen and heard, and has opened the practice that she
    shows. For what the rooms above ``people`` ask, they are not asked.
    """

    def is_met(requirement: readiness.Requirement) -> None:
        monkeypatch.setitem(readiness._asks, requirement.name, lambda _user: requirement)

    def meet_all(learner: User, knows: User) -> None:
        for name in ("workshop", "assessment"):
            is_met(readiness.Requirement(name, name.title(), is_met=True))
        is_met(readiness.PracticeShown("shown practice", "A practice", is_met=True, read_by=frozenset({knows.pk})))
        text = AgreementText.newest() or AgreementText.objects.create(version=1, text="I listen, and I keep it.")
        acts.sign_agreement(learner, text.version)
        if not is_mfa_enabled(learner):
            TOTP.activate(learner, generate_totp_secret())
        acts.note_talk(learner, by=knows)
        acts.note_identity(learner, by=knows)
        acts.note_reference(learner, by=knows)
        acts.note_reference(learner, by=knows)

    return meet_all


@pytest.fixture
def as_(db: None) -> Callable[[User | None], Client]:
    """Give a browser in which this person is signed in; nobody, for None."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def as_proved(as_: Callable[[User | None], Client]) -> Callable[[User], Client]:
    """Give a browser in which this person is signed in, and has given her password again a moment ago."""

    def sign_in_and_prove(user: User) -> Client:
        client = as_(user)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        return client

    return sign_in_and_prove


@pytest.fixture
def open_in() -> Callable[[Client, Opener], Client]:
    """Open somebody’s code in a browser without typing it: ``open_in(Client(), wren)``, ``open_in(as_(bea), hers)``."""

    def open_there(client: Client, opener: Opener) -> Client:
        request = RequestFactory().get("/talk/" if opener.pair.survivor_id else "/")
        request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
        response = HttpResponse()
        open_here(request, response, opener.pair, opener.private)
        client.cookies.update(response.cookies)
        return client

    return open_there


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real mail server, and a house that is set up to send through it."""
    server = MailServer()
    server.start()
    settings.MAIL_WORKS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "workshop@alongside.example"
    yield server
    server.stop()


LESSONS = ("words", "safety-and-limits")


@pytest.fixture(scope="session")
def some_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the content that ships; all of it takes seconds to import."""
    from django.conf import settings

    shipped, here = Path(settings.CONTENT), Path(tmp_path_factory.mktemp("content"))
    names = {"scenarios/the-rent", *(f"drills/help-or-fix-{number}" for number in (1, 2, 3))}
    names |= {f"lessons/{lesson}" for lesson in LESSONS}
    names |= {f"disclosures/{path.stem}" for path in shipped.glob("en/disclosures/*.yaml")}
    for lesson in LESSONS:
        text = (shipped / "en" / "lessons" / f"{lesson}.yaml").read_text("utf-8")
        names |= {f"drills/{name}" for name in re.findall(r"- drill: (\S+)", text)}
        names |= {f"scenarios/{name}" for name in re.findall(r"- practice: (\S+)", text)}
    for name in names:
        (here / "en" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / "en" / f"{name}.yaml", here / "en" / f"{name}.yaml")
    return here


@pytest.fixture
def some_content(db: None, settings: Any, some_files: Path) -> None:
    """A part of what ships, imported."""
    settings.CONTENT = some_files
    call_command("import", verbosity=0)


@pytest.fixture(scope="module")
def some_content_for_all(django_db_setup: None, django_db_blocker: Any, some_files: Path) -> Iterator[Path]:
    """The same, imported once for all tests of a file; none of them may commit. Gives the folder."""
    with django_db_blocker.unblock():
        whole_file = transaction.atomic()
        whole_file.__enter__()
        with override_settings(CONTENT=some_files):
            call_command("import", verbosity=0)
    yield some_files
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_file.__exit__(None, None, None)
