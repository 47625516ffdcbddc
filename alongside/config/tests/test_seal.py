"""Sealing a stream: what was changed, cut short or sealed to somebody else is told from what is whole."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey

from alongside.config.backups.errors import BackupError
from alongside.config.backups.keys import name_of, private_key_as_text, private_key_from_text
from alongside.config.backups.sealing import CHUNK, SealingStream, UnsealingStream

KEY = PrivateKey.generate()
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]


def seal(words: bytes, step: int = 10_000) -> bytes:
    sink = io.BytesIO()
    stream = SealingStream(sink, KEY.public_key)
    for start in range(0, len(words), step):
        stream.write(words[start : start + step])
    stream.finish()
    return sink.getvalue()


def unseal(sealed: bytes, key: PrivateKey = KEY) -> bytes:
    return io.BufferedReader(UnsealingStream(io.BytesIO(sealed), key)).read()


def words_of(length: int) -> bytes:
    return bytes(number % 251 for number in range(length))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_is_read_again(length):
    assert unseal(seal(words_of(length))) == words_of(length)


def test_it_shows_nothing():
    assert b"kingfisher" not in seal(b"kingfisher" * 10_000)
    assert seal(b"kingfisher") != seal(b"kingfisher")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LENGTHS).flatmap(lambda length: st.tuples(st.just(length), st.integers(0, length + 148))))
def test_no_part_of_it_passes_for_the_whole(cut):
    length, end = cut
    sealed = seal(words_of(length))
    with pytest.raises(BackupError):
        unseal(sealed[: min(end, len(sealed) - 1)])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, CHUNK + 200), st.integers(0, 7))
def test_a_single_bit_is_not_changed_unnoticed(place, bit):
    sealed = bytearray(seal(words_of(CHUNK + 60)))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(BackupError):
        unseal(bytes(sealed))


def test_chunks_do_not_change_places_and_nothing_is_added():
    sealed = seal(words_of(3 * CHUNK))
    head, each = len(sealed) - 3 * (CHUNK + 17), CHUNK + 17
    first, second, last = (sealed[head + number * each : head + (number + 1) * each] for number in range(3))
    for other in (second + first + last, first + last, first + second + last + b"x", first + second + last + last):
        with pytest.raises(BackupError):
            unseal(sealed[:head] + other)


@pytest.mark.parametrize("boundary", [1, 2])
def test_a_cut_between_two_chunks_is_called_one(boundary):
    sealed = seal(words_of(3 * CHUNK))
    with pytest.raises(BackupError, match="It is cut short"):
        unseal(sealed[: len(sealed) - boundary * (CHUNK + 17)])


def test_another_key_is_told_from_damage():
    other = PrivateKey.generate()
    with pytest.raises(BackupError, match=f"of the pair {name_of(KEY.public_key)}, and this one is of"):
        unseal(seal(b"words"), other)


def test_another_file_is_told_from_damage():
    with pytest.raises(BackupError, match="It is no backup of Alongside"):
        unseal(b"PK\x03\x04" + bytes(500))


def test_a_private_key_is_read_from_among_other_lines():
    text = f"Kept by Cora, in the safe:\n  {private_key_as_text(KEY)}  \n"
    assert bytes(private_key_from_text(text, "the paper")) == bytes(KEY)


REFUSED = {
    "empty": "",
    "words": "words",
    "short": private_key_as_text(KEY)[:-5],
    "long": private_key_as_text(KEY) + "A",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_private_key_is_refused(text):
    with pytest.raises(BackupError, match="the paper holds no backup key"):
        private_key_from_text(text, "the paper")
