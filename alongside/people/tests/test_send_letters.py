"""Letters: sent once, tried again where that does no harm, and honest about what is not known."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from alongside.people import letters
from alongside.people.letters import delivering, sending
from alongside.people.models import Letter
from alongside.people.tests.conftest import posted, tasks_of_letters, tick, work
from alongside.records import clock
from alongside.records.models import Entry, Verb

State, Reason = Letter.State, Letter.Reason

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kinds_of_letters")]


def due_now(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(due_at=clock.now())


# --- What goes wrong -------------------------------------------------------------------------------------------------


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
        assert not tasks_of_letters().exclude(status="SUCCESSFUL").exists()
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
    task = tasks_of_letters().get()
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


# --- Once more, by a coordinator -------------------------------------------------------------------------------------


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
