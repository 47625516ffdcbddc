"""Letters: posted in a transaction, and what arrives of them; a real mail server takes them."""

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from alongside.people import acts, letters
from alongside.people.export import export
from alongside.people.models import Letter, User
from alongside.people.tests.conftest import LINE, posted, tasks_of_letters, tick, work

State = Letter.State
REVEALING = ("ally", "sex", "survivor", "practi", "prostitut", "leav", "abuse", "conversation", "judge")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kinds_of_letters")]


# --- What arrives ----------------------------------------------------------------------------------------------------


def test_a_letter_arrives_as_text_and_as_a_page_with_one_link(ruth, mail_server, settings):
    letter = posted(ruth)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.reason) == (State.SENT, 1, "")
    (mail,) = mail_server.mails
    assert (mail["To"], mail["From"]) == (ruth.email, "workshop@alongside.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    page = BeautifulSoup(mail.get_body(("html",)).get_content(), "html.parser")
    assert LINE in text
    assert LINE in page.get_text()
    links = [link["href"] for link in page.find_all("a")]
    house = settings.WAGTAILADMIN_BASE_URL
    assert links == [f"{house}/practice/", f"{house}/practice/no-more/a-key/"]
    assert [line for line in text.splitlines() if "://" in line] == links
    assert not page.find_all(["img", "script", "link", "iframe"])
    assert mail["List-Unsubscribe"] == f"<{links[1]}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_neither_subject_nor_preview_reveals_anything(ruth, mail_server):
    posted(ruth)
    work()
    (mail,) = mail_server.mails
    text = mail.get_body(("plain",)).get_content()
    page = BeautifulSoup(mail.get_body(("html",)).get_content(), "html.parser")
    assert mail["Subject"] == "A note from your workshop"
    for preview in (text, _shown(page)):
        first = " ".join(preview.split())[:130]  # more than a locked phone shows
        assert first.startswith("Hello, this is a short note from your workshop.")
        assert not [word for word in REVEALING if word in first.lower()]
    for subject in letters.Subject:
        assert not [word for word in REVEALING if word in str(subject.label).lower()]


def test_a_kind_cannot_choose_another_subject_nor_lead_elsewhere():
    with pytest.raises(TypeError, match="from the list"):
        letters.Words("You are an ally now", [LINE], "/")  # type: ignore[arg-type]
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/"):
        with pytest.raises(ValueError, match="a page of this house"):
            letters.Words(letters.Subject.NOTE, [LINE], elsewhere)


def test_the_task_holds_the_id_and_no_word(ruth, mail_server):
    letter = posted(ruth)
    work()
    task = tasks_of_letters().get()
    assert task.args_kwargs == {"args": [str(letter.pk)], "kwargs": {}}
    assert task.return_value is None


def _shown(page: BeautifulSoup) -> str:
    return page.find_all("body")[0].get_text()


# --- Posting ---------------------------------------------------------------------------------------------------------


def test_a_letter_whose_transaction_is_undone_was_never_there(ruth, mail_server):
    with transaction.atomic():
        posted(ruth)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not tasks_of_letters().exists()


def test_of_letters_with_one_key_one_is_made(ruth, mail_server):
    first = letters.post(ruth, "again", key="a month")
    assert first is not None
    assert letters.post(ruth, "again", key="a month") is None
    assert letters.post(ruth, "again", key="three months", subject=uuid4()) is not None
    work()
    assert len(mail_server.mails) == 2


def test_without_a_mail_server_no_letter_is_made(ruth, settings):
    settings.MAIL_WORKS = False
    assert letters.post(ruth, "again") is None
    assert not Letter.objects.exists()


def test_letters_wait_while_the_mail_server_is_switched_off(ruth, mail_server, settings):
    letter = posted(ruth)
    settings.MAIL_WORKS = False
    work()
    tick(minutes=11)
    letter.refresh_from_db()
    assert letter.state == State.WAITING
    settings.MAIL_WORKS = True
    tick(minutes=11)
    work()
    assert len(mail_server.mails) == 1


def test_a_kind_that_nobody_writes_is_refused_at_once(ruth, mail_server):
    with pytest.raises(ValueError, match="nobody writes"):
        letters.post(ruth, "greetings")


def test_a_letter_that_has_nothing_to_say_any_more_is_not_sent(ruth, mail_server):
    letter = posted(ruth, "too late")
    work()
    letter.refresh_from_db()
    assert letter.state == State.UNNEEDED
    assert not mail_server.mails


def test_nothing_goes_to_an_account_that_is_closed(ruth, mail_server):
    letter = posted(ruth)
    User.objects.update(is_active=False)
    work()
    letter.refresh_from_db()
    assert letter.state == State.UNNEEDED
    assert not mail_server.mails


def test_a_letter_goes_with_the_account(ruth, mail_server):
    posted(ruth)
    acts.leave(ruth)
    work()
    assert not Letter.objects.exists()
    assert not mail_server.mails


def test_a_lost_task_is_made_again_by_the_tick_and_only_then(ruth, mail_server):
    posted(ruth)
    tasks_of_letters().delete()
    tick(minutes=9)
    assert not tasks_of_letters().exists()
    tick(minutes=11)
    tick(minutes=11)
    work()
    assert len(mail_server.mails) == 1


def test_after_ninety_days_a_letter_is_erased(ruth, mail_server):
    posted(ruth)
    work()
    tick(days=89)
    assert Letter.objects.exists()
    tick(days=91)
    assert not Letter.objects.exists()


def test_a_person_takes_along_which_letters_she_was_sent(ruth, mail_server):
    posted(ruth)
    work()
    kept: Any = export(ruth)["letters"]
    assert [(letter["kind"], letter["state"]) for letter in kept] == [("again", "sent")]


# --- Mails that somebody waits for on a page -------------------------------------------------------------------------


@pytest.fixture
def with_codes(mail_server, settings):
    """A house that confirms addresses, as one with a mail server does."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.ACCOUNT_PREVENT_ENUMERATION = True
    cache.clear()  # who was just written to is not written to again for a while
    return mail_server


SIGN_UP = {"name": "", "email": "ines@alongside.example", "password1": "a long walk by the river"}


@pytest.mark.parametrize(
    ("address", "fields", "opening"),
    [
        ("account_signup", SIGN_UP, "Hello. Type this code"),
        ("account_signup", {**SIGN_UP, "email": "ruth@alongside.example"}, "Hello. Somebody tried to make an account"),
        ("account_reset_password", {"email": "ruth@alongside.example"}, "Hello. With this code"),
        ("account_reset_password", {"email": "who@alongside.example"}, "Hello. Somebody asked for a new password"),
    ],
)
def test_mails_of_accounts_are_short_and_reveal_nothing(client, ruth, with_codes, address, fields, opening):
    client.post(reverse(address), fields)
    (mail,) = with_codes.mails
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    html = mail.get_body(("html",)).get_content()
    page = BeautifulSoup(html, "html.parser")
    assert text.startswith(opening)
    assert len(text) < 500
    assert " ".join(_shown(page).split()) == text
    assert page.find_all("title")[0].get_text().strip() == mail["Subject"]
    assert not page.find_all(["img", "script", "link", "iframe"])
    for words in (mail["Subject"], text[:130]):
        assert not [word for word in REVEALING if word in words.lower()]


def test_a_mail_server_that_is_down_does_not_lose_the_sign_up(client, with_codes):
    with_codes.stop()
    page = client.post(reverse("account_signup"), SIGN_UP, follow=True)
    assert page.status_code == 200
    assert "Our mail did not go out just now" in page.content.decode()
    assert User.objects.filter(email=SIGN_UP["email"]).exists()


def test_a_code_can_be_asked_for_again_when_the_mail_server_is_back(client, with_codes):
    with_codes.answers[SIGN_UP["email"]] = "451 Later"
    client.post(reverse("account_signup"), SIGN_UP)
    with_codes.answers.clear()
    cache.clear()  # a few minutes later
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    assert [mail["To"] for mail in with_codes.mails] == [SIGN_UP["email"]]
