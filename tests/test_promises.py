"""What Alongside promises to a learner, each promise with a test of its name."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from alongside.people.models import User
from alongside.practice import acts
from alongside.practice.models import Attempt, DifferentView, Turn
from alongside.practice.tests.conftest import the_rent  # noqa: F401 - a fixture
from alongside.records import clock
from conftest import PASSWORD
from tests.thief import everything_stored, log_of_the_house, stands_in

WORDS = "The kingfisher sat with you all evening."
VIEW = "A heron would have said it otherwise."


@pytest.fixture
def answered(transactional_db, ruth, the_rent) -> Attempt:  # noqa: F811
    """A conversation in which Ruth has said ``WORDS``, and how she sees that sentence differently."""
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, WORDS)
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), VIEW)
    return attempt


def stands_in_the_database(words: str) -> bool:
    return stands_in(everything_stored(), words)


def test_what_you_delete_is_gone_from_the_file(answered, ruth, as_):
    assert stands_in_the_database(WORDS)
    assert stands_in_the_database(VIEW)
    as_(ruth).post(f"/practice/{answered.id}/delete/")
    assert not Turn.objects.exists()
    assert not stands_in_the_database(WORDS)


def test_after_180_days_it_is_gone_from_the_file_by_itself(answered):
    assert timedelta(days=180) <= answered.expires_at - answered.started_at < timedelta(days=180, seconds=1)
    call_command("tick", at=(clock.now() + timedelta(days=179)).isoformat(), verbosity=0)
    assert stands_in_the_database(WORDS)
    call_command("tick", at=(clock.now() + timedelta(days=181)).isoformat(), verbosity=0)
    assert not stands_in_the_database(WORDS)
    assert not stands_in_the_database(VIEW)


def test_leaving_takes_everything_of_yours_along(answered, ruth, as_):
    browser = as_(ruth)
    assert stands_in_the_database(ruth.email)
    browser.post("/me/leave/", {"password": PASSWORD})
    assert not User.objects.filter(pk=ruth.pk).exists()
    assert not DifferentView.objects.exists()
    for words in (WORDS, VIEW, ruth.email):
        assert not stands_in_the_database(words)


def test_no_page_calls_anybody_else(answered, ruth, cora, as_):
    """Every page's own words; what a browser really asks for is watched in each of the browser tests."""
    pages = [
        "/",
        "/account/signup/",
        "/practice/",
        f"/practice/{answered.id}/",
        f"/practice/{answered.id}/debrief/",
        "/me/",
    ]
    answers = [as_(ruth).get(page) for page in pages] + [as_(cora).get("/desk/")]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"https?:", policy)
        assert not re.search(rb"(?:src|action|data|poster)=[\"'](?:https?:)?//", answer.content)
        assert not re.search(rb"<link[^>]+href=[\"'](?:https?:)?//", answer.content)


def test_what_you_write_is_in_no_log_even_when_the_server_fails(answered, ruth, as_, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError("this could not be kept: A bittern in the reeds.")

    monkeypatch.setattr(Turn, "save", fail)
    logged = log_of_the_house(monkeypatch)
    browser = as_(ruth)
    browser.raise_request_exception = False
    answer = browser.post(f"/practice/{answered.id}/answer/", {"number": 2, "reply": "A bittern in the reeds."})
    assert answer.status_code >= 500
    assert b"A bittern in the reeds." in answer.content
    assert "Service Unavailable" in logged.getvalue(), "that something failed is in the log"
    assert "bittern" not in logged.getvalue()
    assert not stands_in_the_database("bittern")


def test_what_you_write_is_in_no_address(answered, ruth, as_):
    answer = as_(ruth).post(
        f"/practice/{answered.id}/answer/", {"number": 2, "reply": "A bittern in the reeds."}, follow=True
    )
    assert all("bittern" not in address for address, _ in answer.redirect_chain)
