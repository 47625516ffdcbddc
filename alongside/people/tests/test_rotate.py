"""The server's key is changed: everything that it boxed is closed anew, and the earlier key opens nothing any more."""

import base64

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from django.apps import apps
from django.core.management import call_command
from django.db import models

from alongside.core.sealing import PRIVATE_KEY, ClosedError, ServerKeys, new_key, new_pair, unwrap_private, wrap_private
from alongside.people import reboxing
from alongside.people.boxes import holdings
from alongside.people.models import KeyPair
from alongside.people.reboxing import Reboxed, rebox_all
from alongside.records import erasure
from alongside.workshop.models import Reflection
from alongside.workshop.models.reflection import boxed
from conftest import bytes_on_disk

SECRET = "acorn otter marigold walnut"
NOT_BOXED = {
    "conversations.Draft.sealed": "sealed to who wrote it",
    "conversations.Message.closed": "closed under its conversation's key",
    "conversations.Report.closed": "closed under the report's key",
    "conversations.ReportReply.closed": "closed under the report's key",
    "conversations.ReportSeal.sealed": "sealed to a care member",
    "conversations.Seal.sealed": "sealed to one of the two",
    "introductions.Ask.words": "sealed to herself",
    "introductions.Beginning.boxed": "closed under a key of her cookie's",
    "introductions.Beginning.lookup": "made from her cookie",
    "introductions.Introduction.words": "sealed to the ally",
    "people.KeyPair.public_key": "public",
    "people.Opened.lookup": "made from the cookie",
    "people.Opened.private_key": "closed under a key of the cookie's",
    "people.Opened.said": "closed under a key of the cookie's",
    "people.Survivor.handle": "an HMAC under the handle key, which does not rotate",
    "records.Batch.anchor": "an HMAC under a key that does not rotate",
    "records.Batch.digest": "an HMAC under a key that does not rotate",
    "records.Window.who": "a keyed hash",
    "review.Correction.vector": "figures of a model",
}


@pytest.fixture
def keys(settings) -> ServerKeys:
    """The keys of a server that was never rotated."""
    keys = ServerKeys({1: new_key()}, new_key())
    settings.SEALING_KEYS = keys
    return keys


@pytest.fixture
def rotated(keys) -> ServerKeys:
    """The same, with a newer one."""
    return ServerKeys({**keys.keys, 2: new_key()}, keys.handle_key)


def alone(keys: ServerKeys, number: int) -> ServerKeys:
    """One of the keys, and no other."""
    return ServerKeys({number: keys.keys[number]}, keys.handle_key)


def write(learner, *words: str) -> None:
    for number, each in enumerate(words):
        Reflection.objects.create(learner=learner, lesson="words", prompt=f"p{number}", boxed=boxed(each, learner))


def read() -> list[str | None]:
    return [reflection.words for reflection in Reflection.objects.order_by("prompt")]


def test_every_binary_field_is_registered_for_rotation_or_is_no_box():
    registered = {f"{holding.model._meta.label}.{holding.field}" for holding in holdings()}
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("alongside.")
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField)
    }
    unknown, gone = sorted(fields - registered - NOT_BOXED.keys()), sorted(NOT_BOXED.keys() - fields)
    assert unknown == [], "say holds_boxes(…) below the model, or in NOT_BOXED why it is none"
    assert gone == []
    assert not registered & NOT_BOXED.keys()
    assert {"workshop.Reflection.boxed", "people.KeyPair.wrapped_private", "mfa.Authenticator.data"} <= registered


def test_words_second_factors_and_wrapped_keys_move_under_the_new_key(ruth, noor, keys, rotated, settings):
    write(ruth, "the heron stood still", "and flew")
    TOTP.activate(noor, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(noor)
    codes = RecoveryCodes(Authenticator.objects.get(user=noor, type="recovery_codes")).get_unused_codes()
    pair, mine = new_pair(), KeyPair(user=noor)
    mine.public_key = pair.public
    mine.wrapped_private = wrap_private(pair.private, SECRET, keys, whose=mine.pk, cost=settings.CODE_COST)
    mine.save()

    assert rebox_all(rotated) == Reboxed(moved=5)

    settings.SEALING_KEYS = alone(rotated, 2)
    assert read() == ["the heron stood still", "and flew"]
    totp = Authenticator.objects.get(user=noor, type="totp")
    assert decrypt(totp.data["secret"]) == "JBSWY3DPEHPK3PXP"
    recovery = Authenticator.objects.get(user=noor, type="recovery_codes")
    assert RecoveryCodes(recovery).get_unused_codes() == codes
    mine.refresh_from_db()
    assert unwrap_private(mine.wrapped_private, SECRET, settings.SEALING_KEYS, whose=mine.pk) == pair.private

    settings.SEALING_KEYS = keys
    assert read() == [None, None]
    assert decrypt(totp.data["secret"]) != "JBSWY3DPEHPK3PXP"
    with pytest.raises(ClosedError):
        keys.unbox(PRIVATE_KEY, mine.wrapped_private, whose=mine.pk)


def test_whatever_else_stands_beside_a_second_factor_stays(noor, keys, rotated, settings):
    data = {"migrated_codes": [encrypt("first"), encrypt("second"), "no box"], "used_mask": 3, "seed": None}
    other = Authenticator.objects.create(user=noor, type="recovery_codes", data=data)
    rebox_all(rotated)
    other.refresh_from_db()
    settings.SEALING_KEYS = alone(rotated, 2)
    assert [decrypt(code) for code in other.data["migrated_codes"][:2]] == ["first", "second"]
    assert other.data["migrated_codes"][2] == "no box"
    assert (other.data["used_mask"], other.data["seed"]) == (3, None)


def test_a_second_time_nothing_is_left_to_move(ruth, rotated):
    write(ruth, "the heron stood still")
    assert rebox_all(rotated) == Reboxed(moved=1)
    before = bytes(Reflection.objects.get().boxed)
    assert rebox_all(rotated) == Reboxed()
    assert bytes(Reflection.objects.get().boxed) == before


def test_an_interrupted_change_goes_on_where_it_was(ruth, keys, rotated, settings, monkeypatch):
    write(ruth, *"abcdefg")
    monkeypatch.setattr(reboxing, "AT_ONCE", 2)
    row_by_row, seen = reboxing._rebox_row, []

    def fails_at_the_fourth(row, holding, among):
        seen.append(row)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return row_by_row(row, holding, among)

    monkeypatch.setattr(reboxing, "_rebox_row", fails_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        rebox_all(rotated)
    settings.SEALING_KEYS = rotated
    assert read() == list("abcdefg")
    monkeypatch.setattr(reboxing, "_rebox_row", row_by_row)

    assert rebox_all(rotated) == Reboxed(moved=5)

    settings.SEALING_KEYS = alone(rotated, 2)
    assert read() == list("abcdefg")


def test_a_box_that_no_key_opens_is_left_as_it_is_and_counted(ruth, rotated):
    write(ruth, "the heron stood still", "and flew")
    first = Reflection.objects.get(prompt="p0")
    for damaged in (bytes(first.boxed)[:-1], b"", b"\x00\x09" + bytes(60)):
        Reflection.objects.filter(pk=first.pk).update(boxed=damaged)
        assert rebox_all(rotated).closed == 1
        first.refresh_from_db()
        assert bytes(first.boxed) == damaged


def test_what_somebody_changes_meanwhile_is_not_overwritten(ruth, noor, keys, rotated, monkeypatch):
    write(ruth, "the heron stood still")
    fresh = boxed("she wrote this a moment ago", ruth)
    rebox = ServerKeys.rebox

    def slowly(self, purpose, data, *, whose):
        Reflection.objects.update(boxed=fresh)
        return rebox(self, purpose, data, whose=whose)

    monkeypatch.setattr(ServerKeys, "rebox", slowly)
    assert rebox_all(rotated) == Reboxed(missed=1)
    assert bytes(Reflection.objects.get().boxed) == fresh


def test_what_the_earlier_key_closed_is_gone_from_the_file(transactional_db, make_account, keys, rotated):
    write(make_account("wanda"), "the heron stood still")
    TOTP.activate(make_account("wilma"), "JBSWY3DPEHPK3PXP")
    closed = [bytes(Reflection.objects.get().boxed), Authenticator.objects.get().data["secret"].encode()]
    call_command("tick", verbosity=0)
    assert all(each in bytes_on_disk() for each in closed)
    assert base64.b64decode(closed[1])[:2] == b"\x00\x01"

    rebox_all(rotated)
    erasure.sweep()

    assert not any(each in bytes_on_disk() for each in closed)
