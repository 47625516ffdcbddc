"""What Alongside promises to an ally, each promise with a test of its name."""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.conversations.models import Conversation, Draft
from alongside.conversations.reading import read
from alongside.introductions.acts import let_count
from alongside.introductions.models import Presentation
from alongside.people import letters
from alongside.people.export import export
from alongside.people.models import KeyPair, Letter, User
from alongside.records import clock
from alongside.records.models import Entry
from conftest import PASSWORD
from tests.story import (
    BOXED,
    OF_WREN_AND_AMAL,
    SEALED,
    story,  # noqa: F401 - a fixture
)
from tests.thief import everything_stored, found_in, stands_in

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "I am glad that you told me about the bullfinch."
LONGEST_WAIT = timedelta(hours=6)


def test_nobody_sees_what_you_let_count(story, as_):  # noqa: F811
    bea = story.bea.user
    addresses = ["/desk/", f"/desk/learners/{bea.pk}/", "/desk/introductions/", "/desk/trail/", "/desk/presentations/"]

    def seen() -> list[str]:
        pages = [as_(story.cora.user).get(address).text for address in addresses]
        taken_along = {**export(bea), "made_at": None}
        return [str(taken_along), *(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages)]

    before, entries = seen(), Entry.objects.count()
    let_count(bea, True)
    assert seen() == before
    assert Entry.objects.count() == entries


def test_a_letter_to_you_tells_nothing(mail_server, story):  # noqa: F811
    with clock.moved_to(clock.now() + LONGEST_WAIT):
        for letter in Letter.objects.filter(user=story.amal.user):
            letters.send(letter.pk)
    mail = mail_server.mails[-1]
    assert mail["To"] == "amal@alongside.example"
    text = mail.as_string().lower().replace("alongside.example", "").replace("message-id", "")
    assert "something is waiting for you" in text
    for word in ("ally", "survivor", "offer", "introduc", "conversation", "talk", "money"):
        assert word not in text
    assert found_in(mail.as_bytes(), [*SEALED, *BOXED.values()]) == []


def test_the_check_before_you_send_keeps_nothing(story, open_in, as_, caplog):  # noqa: F811
    browser = open_in(as_(story.amal.user), story.amal)
    Draft.objects.all().delete()
    with caplog.at_level(logging.DEBUG):
        page = browser.post(
            reverse("conversations:check", args=[story.talk.pk]), {"text": WORDS, "nonce": str(uuid4())}
        )
    assert page.status_code == 200
    assert "bullfinch" in page.text, "she has her words back"
    assert "bullfinch" not in caplog.text
    assert not Draft.objects.exists()
    assert not stands_in(everything_stored(), "bullfinch")


def test_when_you_leave_your_name_and_your_keys_go(story, as_):  # noqa: F811
    amal = story.amal.user
    traces = [bytes(story.amal.pair.public_key), amal.email]
    assert found_in(everything_stored(), traces) == traces
    as_(amal).post("/me/leave/", {"password": PASSWORD})
    assert not User.objects.filter(pk=amal.pk).exists()
    assert not KeyPair.objects.filter(pk=story.amal.pair.pk).exists()
    assert not Presentation.objects.filter(name="Amal").exists()
    assert found_in(everything_stored(), traces) == []
    talk = Conversation.objects.get(pk=story.talk.pk)
    assert [each.text for each in read(story.wren, talk)] == list(OF_WREN_AND_AMAL.values())
