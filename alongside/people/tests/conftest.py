"""What tests about accounts need beside the cast."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.test import Client

from alongside.people.models import User
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
def sign_in(_cache_table) -> Callable[[User], Client]:
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
