"""Somebody has the database. What she reads in it, and what not, row by row of the table in THREATS.md."""

import hashlib
import json
import math
from contextlib import suppress

import pytest
from django.conf import settings as configured
from django.core import signing

from alongside.config import settings as shipped
from alongside.conversations.keys import place_of
from alongside.conversations.models import (
    Answer,
    Draft,
    Message,
    Report,
    ReportReply,
    ReportSeal,
    Seal,
)
from alongside.core import codes, sealing
from alongside.core.sealing import ClosedError, Cost, ServerKeys, new_key, open_message, open_seal
from alongside.introductions.models import Ask, Introduction, Profile
from alongside.introductions.words import open_words
from alongside.people.boxes import holdings
from alongside.people.models import KeyPair, Session, Survivor
from alongside.people.opening import Opener
from alongside.people.reboxing import rebox_all
from tests.story import (
    BOXED,
    CODES,
    DRAFTS,
    OF_LARK_AND_BEA,
    OF_WREN_AND_AMAL,
    SEALED,
    TO_BEA,
    TOLD,
    story,  # noqa: F401 - a fixture
)
from tests.thief import every_blob, everything_stored, found_in, stands_in

pytestmark = pytest.mark.django_db(transaction=True)

BOXED_FIELDS = {
    "conversations.Answer.boxed",
    "introductions.Ask.wishes",
    "introductions.Profile.been_there",
    "people.KeyPair.wrapped_private",
    "people.Survivor.look",
    "people.Survivor.name",
    "people.Survivor.notice_address",
    "workshop.Reflection.boxed",
}
READS = {
    "wren": {*OF_WREN_AND_AMAL.values(), *TO_BEA.values(), DRAFTS["wren"], *TOLD.values()},
    "amal": {*OF_WREN_AND_AMAL.values(), DRAFTS["amal"]},
    "lark": {*OF_LARK_AND_BEA.values()},
    "bea": {*OF_LARK_AND_BEA.values(), *TO_BEA.values()},
    "marisol": {*TOLD.values(), OF_WREN_AND_AMAL["answer"]},
}
"""Which of the sealed words each code opens; what is offered to Bea is sealed to her while she decides."""
SALT_OF_SESSIONS = "django.contrib.sessions.SessionStore"


# --- The database alone -----------------------------------------------------------------------------------------------


def test_what_stands_there_in_clear_is_found_by_the_search(story):  # noqa: F811
    """If this failed, finding nothing below would prove nothing."""
    stored = everything_stored()
    keys = [bytes(opener.pair.public_key) for opener in story.openers.values()]
    assert found_in(stored, ["amal@alongside.example", "I know about money.", *keys]) == [
        "amal@alongside.example",
        "I know about money.",
        *keys,
    ]
    words = "A redstart flew by."
    story.talk.messages.filter(number=1).update(closed=b"\x01" + words.encode())
    assert stands_in(everything_stored(), words)


def test_messages_first_words_and_drafts_are_not_there(story):  # noqa: F811
    words = [*OF_WREN_AND_AMAL.values(), *OF_LARK_AND_BEA.values(), *TO_BEA.values(), *DRAFTS.values()]
    assert Message.objects.count() == 5
    assert found_in(everything_stored(), words) == []


def test_topics_preferences_names_and_addresses_of_hers_are_not_there(story):  # noqa: F811
    assert found_in(everything_stored(), [words for kind, words in BOXED.items() if kind != "look"]) == []
    assert not stands_in(everything_stored(), '"been_there": ')
    survivor = Survivor.objects.get(pk=story.wren.survivor.pk)
    assert survivor.look is not None
    assert BOXED["look"].encode() not in bytes(survivor.look)


def test_reports_and_what_the_care_team_answers_are_not_there(story):  # noqa: F811
    assert Report.objects.count() == 1
    assert found_in(everything_stored(), [*TOLD.values(), OF_WREN_AND_AMAL["answer"]]) == []


def test_lived_experience_and_feeling_judged_cannot_be_told_from_their_boxes(story):  # noqa: F811
    """What is yes and what is no look alike: as long, and there for everybody."""
    for boxes in (Profile.objects.values_list("been_there"), Answer.objects.values_list("boxed")):
        assert len(boxes) == 2
        assert len({len(bytes(boxed)) for (boxed,) in boxes}) == 1


def test_no_code_and_no_private_key_is_there(story):  # noqa: F811
    stored = everything_stored()
    words = [words for code in CODES.values() for words in (code.handle, code.secret) if words]
    assert found_in(stored, words) == []
    assert found_in(stored, [opener.private for opener in story.openers.values()]) == []


def test_a_record_cannot_be_found_by_its_words_without_the_handle_key(story):  # noqa: F811
    handle, keys = CODES["wren"].handle, configured.SEALING_KEYS
    assert Survivor.objects.get(handle=keys.handle_mac(handle)) == story.wren.survivor
    guessed = [hashlib.sha256(handle.encode()).digest(), ServerKeys({1: new_key()}, new_key()).handle_mac(handle)]
    assert found_in(everything_stored(), [handle, *guessed]) == []


def test_the_length_of_a_message_tells_little(story):  # noqa: F811
    assert {len(bytes(each.closed)) for each in Message.objects.all()} == {sealing.PADDED_TO + 40}


# --- The database and what else lay beside it -------------------------------------------------------------------------


def test_the_secret_key_opens_no_more(story):  # noqa: F811
    """It signs sessions: with it their contents can be read, and no word of anybody is in them."""
    assert Session.objects.exists()
    sessions = [json.dumps(signing.loads(row.session_data, salt=SALT_OF_SESSIONS)) for row in Session.objects.all()]
    assert found_in("\n".join(sessions).encode(), [*SEALED, *BOXED.values()]) == []
    secret = hashlib.sha256(configured.SECRET_KEY.encode()).digest()
    assert opened_with(ServerKeys({1: secret}, secret)) == {}


def test_with_the_servers_keys_what_is_boxed_is_read_and_no_message_is(story):  # noqa: F811
    found = opened_with(configured.SEALING_KEYS)
    assert set(found) == BOXED_FIELDS
    everything = b"\n".join(each for values in found.values() for each in values)
    assert found_in(everything, BOXED.values()) == list(BOXED.values())
    assert b'"been_there": "rather"' in everything
    assert b"yes" in found["introductions.Profile.been_there"]
    assert found_in(everything + everything_stored(), SEALED) == []
    assert found_in(everything, [opener.private for opener in story.openers.values()]) == []


def test_with_the_servers_keys_each_guess_at_a_code_costs_what_was_promised(story, settings):  # noqa: F811
    assert shipped.CODE_COST == sealing.STANDARD == Cost(passes=3, memory=64 * 1024**2)
    assert codes.ALLY_WORDS * math.log2(codes._COUNT) > 51.6
    settings.CODE_COST = shipped.CODE_COST
    pair = KeyPair(survivor=story.wren.survivor)
    wrapped = sealing.wrap_private(new_key(), "one two three four", configured.SEALING_KEYS, whose=pair.pk)
    header = configured.SEALING_KEYS.unbox(sealing.PRIVATE_KEY, wrapped, whose=pair.pk)[:5]
    assert (header[0], int.from_bytes(header[1:], "big")) == (3, 64 * 1024)


def test_with_the_servers_keys_and_another_code_her_key_stays_closed(story):  # noqa: F811
    pair = KeyPair.objects.get(pk=story.wren.pair.pk)
    for guess in ("lantern olive thimble cedar", CODES["lark"].secret, ""):
        with pytest.raises(ClosedError):
            sealing.unwrap_private(pair.wrapped_private, guess, configured.SEALING_KEYS, whose=pair.pk)


def test_with_the_servers_keys_and_one_code_only_what_is_hers_opens(story):  # noqa: F811
    """The thief has everything, and the words of one person."""
    for name, reads in READS.items():
        pair = KeyPair.objects.get(pk=story.openers[name].pair.pk)
        secret = CODES[name].secret
        private = sealing.unwrap_private(pair.wrapped_private, secret, configured.SEALING_KEYS, whose=pair.pk)
        texts = "\n".join(all_that_opens(Opener(pair, private)))
        assert {words for words in SEALED if words in texts} == reads, name


def test_without_the_servers_keys_the_right_code_opens_nothing(story):  # noqa: F811
    pair, other = KeyPair.objects.get(pk=story.wren.pair.pk), ServerKeys({1: new_key()}, new_key())
    with pytest.raises(ClosedError):
        sealing.unwrap_private(pair.wrapped_private, CODES["wren"].secret, other, whose=pair.pk)


def test_after_the_servers_key_is_changed_the_earlier_one_opens_nothing(story, settings):  # noqa: F811
    earlier = configured.SEALING_KEYS
    before = {value for name, value in every_blob() if name in BOXED_FIELDS}
    number = earlier.newest + 1
    newer = ServerKeys({number: new_key()}, earlier.handle_key)
    rebox_all(ServerKeys({**earlier.keys, **newer.keys}, earlier.handle_key))
    assert opened_with(earlier) == {}
    assert found_in(everything_stored(), before) == []
    assert set(opened_with(newer)) == BOXED_FIELDS
    settings.SEALING_KEYS = newer
    pair = KeyPair.objects.get(pk=story.wren.pair.pk)
    private = sealing.unwrap_private(pair.wrapped_private, CODES["wren"].secret, newer, whose=pair.pk)
    assert private == story.wren.private


# --- What a thief does ------------------------------------------------------------------------------------------------


def opened_with(keys: ServerKeys) -> dict[str, list[bytes]]:
    """Try the server's keys on every box; give what opens, by ``app.Model.field``."""
    found: dict[str, list[bytes]] = {}
    for holding in holdings():
        name = f"{holding.model._meta.label}.{holding.field}"
        for row in holding.model._base_manager.exclude(**{f"{holding.field}__isnull": True}):
            value = getattr(row, holding.field)
            if isinstance(value, dict):
                continue  # second factors, which are tried in people/tests/test_rotate.py
            with suppress(ClosedError):
                text = keys.unbox(holding.purpose, value, whose=holding.whose(row))
                found.setdefault(name, []).append(text)
    return found


def all_that_opens(thief: Opener) -> list[str]:
    """Try one private key on everything in the database, whoever it belongs to; give the texts."""
    texts = []
    sealed = [*Draft.objects.values_list("sealed", flat=True)]
    sealed += [*Ask.objects.values_list("words", flat=True), *Introduction.objects.values_list("words", flat=True)]
    for each in sealed:
        with suppress(ClosedError):
            texts.append(open_words(thief.private, each))
    for key in _keys_of(thief, Seal):
        texts += _messages_under(key)
    for key in _keys_of(thief, ReportSeal):
        texts += _reports_under(key)
    return texts


def _keys_of(thief: Opener, seals) -> list[bytes]:
    keys = []
    for sealed in seals.objects.values_list("sealed", flat=True):
        with suppress(ClosedError):
            keys.append(open_seal(thief.private, sealed))
    return keys


def _messages_under(key: bytes) -> list[str]:
    texts = []
    for message in Message.objects.select_related("conversation"):
        with suppress(ClosedError):
            place = place_of(message.conversation, message.number, message.is_hers)
            texts.append(open_message(key, message.closed, place=place))
    return texts


def _reports_under(key: bytes) -> list[str]:
    texts = []
    for report in Report.objects.all():
        with suppress(ClosedError):
            texts.append(open_message(key, report.closed, place=_report_place(report, 0, "t")))
    for reply in ReportReply.objects.select_related("report"):
        with suppress(ClosedError):
            side = "c" if reply.is_of_care else "t"
            texts.append(open_message(key, reply.closed, place=_report_place(reply.report, reply.number, side)))
    return texts


def _report_place(report: Report, number: int, side: str) -> bytes:
    return b"report" + report.pk.bytes + number.to_bytes(8, "big") + side.encode()
