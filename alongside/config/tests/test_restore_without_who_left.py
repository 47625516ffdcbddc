"""Who deleted everything, or left, after a backup was taken is not back when it is restored; what others keep is."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.conversations import acts as conversations
from alongside.conversations.models import Message
from alongside.conversations.tests.conftest import amal, bea, make_ally, offer  # noqa: F401 - fixtures
from alongside.introductions.models import Beginning
from alongside.people import acts
from alongside.people.models import Opened
from alongside.records import clock

pytestmark = pytest.mark.django_db(transaction=True)
HERS = ("people_survivor", "introductions_ask", "introductions_introduction", "conversations_conversation")


@pytest.fixture
def two_talk(vault, wren, lark, amal, bea, offer):  # noqa: F811
    """Wren talks with Amal, and Lark with Bea."""
    with_amal = conversations.begin(amal, offer(wren, amal).pk)
    with_bea = conversations.begin(bea, offer(lark, bea).pk)
    conversations.send(bea, with_bea, "I am glad that you came.", uuid4())
    return with_amal, with_bea


def traces(*values: bytes) -> list[bytes]:
    """How bytes stand in the files of SQLite, and in what PostgreSQL says of a row."""
    return [*map(bytes, values), *(bytes(value).hex().encode() for value in values)]


def test_a_survivor_who_deleted_everything_is_not_back(two_talk, vault, wren, lark, other_house):
    with_amal, _with_bea = two_talk
    sealed = bytes(Message.objects.get(conversation=with_amal).closed)
    hers = traces(wren.survivor.handle, wren.pair.public_key, sealed)
    backup = vault.take()
    acts.delete_everything(wren.survivor)

    house = other_house()
    restored = house.run("restore", backup, "--key", vault.private_key)

    assert restored.returncode == 0, restored.stderr
    everything = house.everything()
    assert [trace for trace in hers if trace in everything] == []
    assert [house.ask(f"SELECT count(*) FROM {table}") for table in HERS] == [[(1,)]] * len(HERS)
    assert any(trace in everything for trace in traces(lark.pair.public_key)), "what is another's is there"
    assert house.ask("SELECT count(*) FROM conversations_message") == [(2,)]


def test_an_ally_who_left_is_not_back_and_her_messages_stay_unnamed(two_talk, vault, bea, other_house):  # noqa: F811
    backup = vault.take()
    acts.leave(bea.user)

    house = other_house()
    restored = house.run("restore", backup, "--key", vault.private_key)

    assert restored.returncode == 0, restored.stderr
    assert not house.holds("bea@alongside.example")
    assert not any(trace in house.everything() for trace in traces(bea.pair.public_key))
    assert house.ask("SELECT count(*) FROM conversations_conversation WHERE ally_id IS NULL") == [(1,)]
    assert house.ask("SELECT count(*) FROM conversations_message") == [(3,)]


def test_what_was_open_in_a_browser_is_in_no_backup(vault, wren, other_house):
    later = clock.now() + timedelta(hours=1)
    Opened.objects.create(lookup=b"l" * 32, pair=wren.pair, private_key=b"Zanzibarquince", expires_at=later)
    Beginning.objects.create(lookup=b"b" * 32, boxed=b"Mandrakepalimpsest", expires_at=later)

    house = other_house()
    restored = house.run("restore", vault.take(), "--key", vault.private_key)

    assert restored.returncode == 0, restored.stderr
    for table in ("people_opened", "introductions_beginning"):
        assert house.ask(f"SELECT count(*) FROM {table}") == [(0,)]
    assert not any(trace in house.everything() for trace in traces(b"Zanzibarquince", b"Mandrakepalimpsest"))
