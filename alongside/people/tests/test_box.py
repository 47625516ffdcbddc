"""Boxes: what is closed for one purpose and one person opens for no other, and on no other server."""

import hashlib
from base64 import b64decode
from uuid import UUID

import pytest
from allauth.mfa.utils import decrypt, encrypt
from hypothesis import given
from hypothesis import strategies as st
from nacl.encoding import Base64Encoder
from nacl.secret import SecretBox

from alongside.people.boxes import LONGEST_PURPOSE, ClosedBoxError, box, unbox

RUTH, NOOR = UUID(int=1), UUID(int=2)


@given(st.text(), st.text("abc ", min_size=1, max_size=LONGEST_PURPOSE), st.none() | st.uuids())
def test_what_is_boxed_comes_out_again_and_does_not_show(text, purpose, whose):
    boxed = box(purpose, text, whose=whose)
    assert unbox(purpose, boxed, whose=whose) == text
    assert len(boxed) == len(text.encode()) + 40
    assert boxed != box(purpose, text, whose=whose)


@pytest.mark.parametrize(("purpose", "whose"), [("reflections", RUTH), ("reflection", NOOR), ("reflection", None)])
def test_a_box_opens_for_nothing_else_and_nobody_else(purpose, whose):
    boxed = box("reflection", "the heron stood still", whose=RUTH)
    with pytest.raises(ClosedBoxError):
        unbox(purpose, boxed, whose=whose)


def test_a_box_opens_on_no_other_server_and_not_when_damaged(settings):
    boxed = box("reflection", "the heron stood still", whose=RUTH)
    for damaged in (b"", boxed[:-1], boxed[:-1] + bytes([boxed[-1] ^ 1])):
        with pytest.raises(ClosedBoxError):
            unbox("reflection", damaged, whose=RUTH)
    settings.SECRET_KEY = "another server's"
    with pytest.raises(ClosedBoxError):
        unbox("reflection", boxed, whose=RUTH)


@pytest.mark.parametrize("purpose", ["", "x" * 17])
def test_a_purpose_has_a_length(purpose):
    with pytest.raises(ValueError, match="a purpose has"):
        box(purpose, "text", whose=None)


def test_second_factors_from_before_are_still_read(settings):
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor").digest()
    before = SecretBox(key).encrypt(b"JBSWY3DPEHPK3PXP", encoder=Base64Encoder).decode()
    assert decrypt(before) == "JBSWY3DPEHPK3PXP"
    assert SecretBox(key).decrypt(b64decode(encrypt("NB2W45DFOIZA"))) == b"NB2W45DFOIZA"
    assert len(decrypt("not a box")) == 32
