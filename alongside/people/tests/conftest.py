"""What tests about accounts need beside the cast."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from alongside.core.codes import Code
from alongside.people import acts, letters
from alongside.people.acts import Refused
from alongside.people.letters import kinds, sending
from alongside.people.models import Letter, User
from alongside.people.opening import Opener
from alongside.records import clock
from conftest import PASSWORD as PASSWORD


@pytest.fixture
def code_of() -> Callable[[User], str]:
    """Give what the app on this person's phone shows now."""

    def show(user: User) -> str:
        phone = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        return code_for(decrypt(phone.data["secret"]))

    return show


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def find(pattern: str, page: str) -> str:
    """Give what the pattern's group finds on the page."""
    found = re.search(pattern, page)
    assert found, pattern
    return found[1]


def secret_on(page: str) -> str:
    return find(r"<code[^>]*>([A-Z2-7]{32})</code>", page)


@pytest.fixture
def sign_in(db: None) -> Callable[[User], Client]:
    """Sign in with the password, as a person does; whoever has a second factor is still outside after it."""

    def with_password(user: User, password: str = PASSWORD) -> Client:
        client = Client()
        client.post("/account/login/", {"login": user.email, "password": password})
        return client

    return with_password


@pytest.fixture
def with_mail(settings):
    """A server that can send mail."""
    settings.MAIL_WORKS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.ACCOUNT_PREVENT_ENUMERATION = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


@pytest.fixture
def wren_code() -> Code:
    """The six words of Wren's code."""
    return Code("kettle willow", "lantern olive thimble harbor")


@pytest.fixture
def wren(db: None, wren_code: Code) -> Opener:
    """A survivor."""
    return acts.come(wren_code, name="Wren")


@pytest.fixture
def lark(db: None) -> Opener:
    """Another survivor: what is Wren's must answer her with 404."""
    return acts.come(Code("ribbon cactus", "walnut scarf pebble candle"), name="Lark")


# --- Letters ---------------------------------------------------------------------------------------------------------

LINE = "It is a month since you practised <last>."


@pytest.fixture
def kinds_of_letters(monkeypatch):
    """Kinds of letters: one that has something to say, one that has not any more, and one that cannot be written."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    @letters.kind("again", title="Once more")
    def again(letter: Letter) -> letters.Words:
        return letters.Words(letters.Subject.NOTE, [LINE], "/practice/", stop="/practice/no-more/a-key/")

    @letters.kind("too late", title="Too late")
    def too_late(letter: Letter) -> None:
        return None

    @letters.kind("broken", title="Broken")
    def broken(letter: Letter) -> letters.Words:
        raise ZeroDivisionError(letter.user.email)


def work() -> None:
    """Let the task worker do everything that waits, as the real one does."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


def tasks_of_letters():
    """The tasks that letters made; the editor makes some of its own."""
    return DBTaskResult.objects.filter(task_path=sending.send_letter.module_path)


def tick(**later: int) -> None:
    call_command("tick", at=(clock.now() + timedelta(**later)).isoformat(), verbosity=0)


def posted(user: User, kind: str = "again") -> Letter:
    letter = letters.post(user, kind)
    assert letter is not None
    return letter


# --- Becoming an ally ------------------------------------------------------------------------------------------------


@pytest.fixture
def prepared(prepare, ruth, marisol):
    """Ruth, who has met all that is asked. Marisol knows her."""
    prepare(ruth, marisol)
    return ruth


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a connection of its own. Gives what came of each, errors included."""
    start = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return doing()
        except (Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))
