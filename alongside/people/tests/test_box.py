"""Boxes: what is closed for one purpose and one person opens for no other, and on no other server."""

from base64 import b64decode
from uuid import UUID

import pytest
from allauth.mfa.utils import decrypt, encrypt
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.sealing import OVERHEAD, ServerKeys, new_key
from alongside.people.boxes import LONGEST_PURPOSE, ClosedBoxError, box, unbox

RUTH, NOOR = UUID(int=1), UUID(int=2)


@given(st.text(), st.text("abc ", min_size=1, max_size=LONGEST_PURPOSE), st.none() | st.uuids())
def test_what_is_boxed_comes_out_again_and_does_not_show(text, purpose, whose):
    boxed = box(purpose, text, whose=whose)
    assert unbox(purpose, boxed, whose=whose) == text
    assert len(boxed) == len(text.encode()) + OVERHEAD
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
    settings.SEALING_KEYS = ServerKeys({1: new_key()}, new_key())
    with pytest.raises(ClosedBoxError):
        unbox("reflection", boxed, whose=RUTH)


@pytest.mark.parametrize("purpose", ["", "x" * 17])
def test_a_purpose_has_a_length(purpose):
    with pytest.raises(ValueError, match="a purpose has"):
        box(purpose, "text", whose=None)


def test_second_factors_lie_in_boxes(settings):
    sealed = encrypt("JBSWY3DPEHPK3PXP")
    assert settings.SEALING_KEYS.unbox("second factor", b64decode(sealed), whose=None) == b"JBSWY3DPEHPK3PXP"
    assert decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    assert len(decrypt("not a box")) == 32


def test_half_a_sign_is_no_reason_to_lose_what_somebody_wrote():
    assert unbox("reflection", box("reflection", "so \ud83d there", whose=RUTH), whose=RUTH) == "so ? there"


def test_what_is_wrong_with_a_box_is_told_without_its_words(settings):
    boxed = settings.SEALING_KEYS.box("reflection", b"the heron \xff", whose=RUTH)
    with pytest.raises(ClosedBoxError) as raised:
        unbox("reflection", boxed, whose=RUTH)
    assert raised.value.__suppress_context__
    assert str(raised.value) == "reflection"
