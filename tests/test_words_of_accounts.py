"""All words of the pages of an account go through gettext, too: one-time links, second factors, codes by mail."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from alongside.people import acts, letters
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.people.tests.conftest import secret_on, with_mail  # noqa: F401 - a fixture
from alongside.workshop.models import Certificate
from alongside.workshop.reminders import PRACTISE_AGAIN
from conftest import PASSWORD
from tests.test_words import NAMES, marked, unmarked  # noqa: F401 - a fixture

ADDRESSES = ["ruth@alongside.example", "juno@alongside.example"]


def check(pages, *written: str) -> None:
    texts = sorted([*NAMES, *ADDRESSES, *written], key=len, reverse=True)
    assert [unmarked(page.text, texts) for page in pages] == [[]] * len(pages)


def test_every_word_behind_a_one_time_link_can_be_translated(as_, ruth, cora, marked):  # noqa: F811
    links = [acts.make_coordinator_link().partition("/me/")[2], f"welcome/{acts.invite(cora, SURVIVOR_LEADER)}/"]
    links += ["welcome/nonsense/", f"new-password/{acts.make_password_link(ruth.email, cora)}/"]
    pages = [as_(None).get(f"/me/{link}") for link in links] + [as_(ruth).get(f"/me/{link}") for link in links[:2]]
    stop = f"/workshop/reminders/{letters.stop_token(ruth, PRACTISE_AGAIN)}/stop/"
    pages += [as_(None).get(stop), as_(None).post(stop)]
    assert [page.status_code for page in pages] == [200, 200, 404, *[200] * 5]
    check(pages)


def test_every_word_of_second_factors_can_be_translated(as_, ruth, make_account, marked):  # noqa: F811
    def get(*addresses: str) -> None:
        pages.extend(browser.get(f"/account/{address}") for address in addresses)

    pages, browser = (
        [as_(make_account("newcomer", COORDINATOR, second_factor=False)).get("/me/second-factor/")],
        Client(),
    )
    browser.post("/account/login/", {"login": ruth.email, "password": PASSWORD})
    get("reauthenticate/")
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    get("second-factor/totp/activate/")
    secret = secret_on(pages[-1].text)
    TOTP.activate(ruth, generate_totp_secret())
    RecoveryCodes.activate(ruth)
    get("second-factor/", "second-factor/reauthenticate/", "second-factor/totp/deactivate/")
    get("second-factor/recovery-codes/", "second-factor/recovery-codes/generate/")
    browser = Client()
    browser.post("/account/login/", {"login": ruth.email, "password": PASSWORD})
    get("second-factor/authenticate/")
    assert {page.status_code for page in pages} == {200}
    check(pages, secret, "newcomer@alongside.example", "Newcomer")


@pytest.mark.usefixtures("with_mail")
def test_every_word_where_a_code_comes_by_mail_can_be_translated(as_, ruth, marked):  # noqa: F811
    browser = Client()
    browser.post("/account/signup/", {"email": "juno@alongside.example", "password1": PASSWORD})
    pages = [browser.get("/account/confirm-email/")]
    browser = Client()
    pages.append(browser.get("/account/password/reset/"))
    browser.post("/account/password/reset/", {"email": ruth.email})
    pages.append(browser.get("/account/password/reset/confirm/"))
    code = re.search(r"^\W*([A-Z0-9]{4,6}-?[A-Z0-9]{0,6})\W*$", mail.outbox[-1].body, re.M)
    assert code
    browser.post("/account/password/reset/confirm/", {"code": code[1]})
    pages += [browser.get(f"/account/password/reset/{each}/") for each in ("complete", "done")]
    pages.append(as_(ruth).get("/account/email/"))
    assert {page.status_code for page in pages} == {200}
    check(pages)


def test_every_word_about_what_a_coordinator_takes_back_can_be_translated(as_, ruth, cora, marisol, marked):  # noqa: F811
    Certificate.objects.create(learner=ruth, name_on_it="Ruth", lessons=10, practices=1, minutes=190)
    addresses = [f"/desk/learners/{ruth.pk}/certificate/", f"/desk/team/{marisol.pk}/"]
    pages = [as_(cora).get(address) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    check(pages, "marisol@alongside.example")
