"""Letters: posted in a transaction, sent once, and honest about what is not known. A real mail server takes them."""

import logging
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alongside.people import acts, letters
from alongside.people.export import export
from alongside.people.letters import delivering, kinds, sending
from alongside.people.models import Letter, User
from alongside.records import clock
from alongside.records.models import Entry, Verb

State, Reason = Letter.State, Letter.Reason
LINE = "It is a month since you practised <last>."
REVEALING = ("ally", "sex", "survivor", "practi", "prostitut", "leav", "abuse", "conversation", "judge")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_cache_table")]


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Two kinds of letters: one that has something to say, and one that has not any more."""
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


def tasks():
    """The tasks that letters made; the editor makes some of its own."""
    return DBTaskResult.objects.filter(task_path=sending.send_letter.module_path)


def tick(**later: int) -> None:
    call_command("tick", at=(clock.now() + timedelta(**later)).isoformat(), verbosity=0)


def posted(user: User, kind: str = "again") -> Letter:
    letter = letters.post(user, kind)
    assert letter is not None
    return letter


def due_now(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(due_at=clock.now())


# --- What arrives ---------------------------------------------------------------------------------------------------


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
    task = tasks().get()
    assert task.args_kwargs == {"args": [str(letter.pk)], "kwargs": {}}
    assert task.return_value is None


def _shown(page: BeautifulSoup) -> str:
    return page.find_all("body")[0].get_text()


# --- Posting --------------------------------------------------------------------------------------------------------


def test_a_letter_whose_transaction_is_undone_was_never_there(ruth, mail_server):
    with transaction.atomic():
        posted(ruth)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not tasks().exists()


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
    tasks().delete()
    tick(minutes=9)
    assert not tasks().exists()
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


# --- What goes wrong ------------------------------------------------------------------------------------------------


def test_a_server_that_is_down_is_tried_three_times_more_and_later_each_time(ruth, mail_server, caplog):
    mail_server.stop()
    letter = posted(ruth)
    waits = []
    for _time in range(3):
        work()
        letter.refresh_from_db()
        assert (letter.state, letter.reason) == (State.WAITING, Reason.NOT_REACHED)
        waits.append(letter.due_at - clock.now())
        tick()  # not due yet
        assert not tasks().exclude(status="SUCCESSFUL").exists()
        due_now(letter)
        tick()
    assert waits == sorted(waits)
    assert waits[0] > timedelta(minutes=4)
    assert waits[2] > timedelta(hours=5)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.tries) == (State.FAILED, Reason.NOT_REACHED, 4)
    due_now(letter)
    tick()
    work()
    letter.refresh_from_db()
    assert letter.tries == 4
    assert list(letters.failed()) == [letter]
    assert f"Letter {letter.pk} was not sent: not_reached." in caplog.messages


def test_a_server_that_is_back_takes_the_letter(ruth, mail_server):
    mail_server.answers[ruth.email] = "451 Come back later"
    letter = posted(ruth)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.WAITING, Reason.RECIPIENT_REFUSED)
    mail_server.answers.clear()
    work()
    assert not mail_server.mails
    due_now(letter)
    tick()
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.tries) == (State.SENT, "", 2)
    assert len(mail_server.mails) == 1


def test_a_recipient_that_the_server_does_not_know_is_not_tried_again(ruth, mail_server, caplog):
    mail_server.answers[ruth.email] = "550 Nobody of this name"
    letter = posted(ruth)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.FAILED, Reason.RECIPIENT_REFUSED)
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert str(letter.pk) in logged
    assert ruth.email not in logged
    assert "Nobody of this name" not in logged
    kept = str([*Letter.objects.values(), *DBTaskResult.objects.values()])
    assert ruth.email not in kept


def test_a_letter_that_the_server_refused_is_never_sent_again_by_itself(ruth, mail_server):
    mail_server.answer_to_data = "451 Not now"
    letter = posted(ruth)
    work()
    due_now(letter)
    tick(minutes=20)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.tries) == (State.FAILED, Reason.LETTER_REFUSED, 1)


def test_a_line_that_breaks_in_the_middle_leaves_it_unknown(ruth, mail_server):
    mail_server.hangs_up_on_data = True
    letter = posted(ruth)
    work()
    due_now(letter)
    tick(minutes=20)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.NOT_KNOWN, 1)
    assert list(letters.failed()) == [letter]


def test_a_letter_that_cannot_be_written_says_so_and_names_nobody(ruth, mail_server):
    letter = posted(ruth, "broken")
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.FAILED, Reason.NOT_WRITTEN)
    task = tasks().get()
    assert (task.status, task.traceback) == ("SUCCESSFUL", "")


def test_a_crash_after_the_claim_is_owned_up_to_and_never_sent_again_by_itself(ruth, mail_server, monkeypatch):
    def crash(mail):
        raise SystemExit

    letter = posted(ruth)
    monkeypatch.setattr(sending, "deliver", crash)
    with pytest.raises(SystemExit):
        letters.send(letter.pk)
    monkeypatch.undo()
    tick(minutes=9)
    letter.refresh_from_db()
    assert letter.state == State.CLAIMED
    tick(minutes=11)
    work()
    tick(minutes=30)
    work()
    letter.refresh_from_db()
    assert letter.state == State.NOT_KNOWN
    assert not mail_server.mails
    assert list(letters.failed()) == [letter]


def test_a_sending_that_was_only_slow_is_still_written_down(ruth, mail_server, monkeypatch):
    letter = posted(ruth)

    def take_long(mail):
        tick(minutes=11)
        delivering.deliver(mail)

    monkeypatch.setattr(sending, "deliver", take_long)
    letters.send(letter.pk)
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_of_two_workers_one_sends(ruth, mail_server):
    letter = posted(ruth)
    ready = threading.Barrier(2)

    def race() -> None:
        try:
            ready.wait()
            letters.send(letter.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=race) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.SENT, 1)
    assert len(mail_server.mails) == 1


# --- Once more, by a coordinator ------------------------------------------------------------------------------------


def test_a_coordinator_has_a_failed_letter_sent_again_once(ruth, cora, mail_server):
    mail_server.answers[ruth.email] = "550 Nobody of this name"
    letter = posted(ruth)
    work()
    mail_server.answers.clear()
    assert letters.post_again(letter, by=cora)
    assert not letters.post_again(letter, by=cora)
    entry = Entry.objects.get(verb=Verb.LETTER_POSTED_AGAIN)
    assert (entry.actor, entry.subject) == (cora.pk, letter.pk)
    work()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.reason) == (State.SENT, 1, "")
    assert not letters.failed()
    assert not letters.post_again(letter, by=cora)


# --- Mails that somebody waits for on a page ------------------------------------------------------------------------


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
