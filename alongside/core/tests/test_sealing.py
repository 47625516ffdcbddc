"""What is closed opens with the right key, in the right place, for the right person, and in no other way."""

import hashlib
from collections.abc import Callable
from uuid import UUID

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given
from hypothesis import strategies as some
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from alongside.core import sealing
from alongside.core.sealing import (
    KEY_SIZE,
    LONGEST_PURPOSE,
    OVERHEAD,
    PADDED_TO,
    PRIVATE_KEY,
    STANDARD,
    ClosedError,
    Cost,
    Pair,
    ServerKeys,
    close_message,
    close_session,
    new_key,
    new_pair,
    new_token,
    open_message,
    open_seal,
    open_session,
    seal_to,
    split_token,
    take_as_long,
    unwrap_private,
    wrap_private,
)

CHEAP = Cost(1, 8_192, may_be_weak=True)
KEYS = ServerKeys({1: bytes(range(32)), 2: bytes(range(32, 64))}, bytes(range(64, 96)))
KEY = bytes(range(32))
HERS, ANOTHERS = UUID(int=7), UUID(int=8)
SECRET = "acorn otter maple harbor"
PAIR = Pair(
    bytes.fromhex("675dd574ed7789310b3d2e7681f3790b466c773b1521fecf36577958371ea52f"),
    bytes(range(96, 128)),
)
FINGERPRINTS = {0: "3aaa511ab73fc685", 1: "a6ccbf7a79ddc9d5", 2: "131e4d01b4353b1a"}
purposes = some.text("abc ", min_size=1, max_size=LONGEST_PURPOSE)


def damaged(closed: bytes) -> list[bytes]:
    """One bit of every byte changed, bytes missing at either end, bytes too many, and nothing at all."""
    bits = [closed[:place] + bytes([closed[place] ^ 1]) + closed[place + 1 :] for place in range(len(closed))]
    return [*bits, closed[1:], closed[:-1], closed + b"\0", closed[: len(closed) // 2], b"", b"\0"]


def stays_closed(opens: Callable[[bytes], object], *tries: bytes) -> None:
    for each in tries:
        with pytest.raises(ClosedError) as raised:
            opens(each)
        assert not str(raised.value)


# --- What is pinned: a database of today opens tomorrow ---------------------------------------------------------------

BOXED = bytes.fromhex("00021111111111111111111111111111111111111111111111116c8c810168876a09598de73a1b9755c3f7ef2fe19c")
WRAPPED = bytes.fromhex(
    "0002111111111111111111111111111111111111111111111111adf0d4166f1d2999fd76a82d5e4bdecb7b68bfb8635a3e08f0fff49bfb99"
    "25aeb017f7ae5ff08fe5cfdfa76236a4574f88d0637a576a0df3f2590b3b8893a7b20287bc43afe6e41786a1d238bfe6df0165cd13eeeba9"
    "893804963baae61095d7d096c95c83b4e519c16491af50"
)
SEALED = bytes.fromhex(
    "285f1d7f4306dc76b6e73a04e43a3f4d71c705ebe90a84ff144e0f0203d67173951efb1be920a49d9d616634efa0c52ad2ec908464"
)
SESSION = bytes.fromhex("11111111111111111111111111111111111111111111111157ac8914ed7bdf94dc7a34be3c108d7794285a2f")
MESSAGE = bytes.fromhex(
    "11111111111111111111111111111111111111111111111169fcd339277680dd12409b847dd84d04b625111e26ccad2d82a46a2ed509a975"
    "1e16a46a2ad886d675e93dfc6ec399f33485ea657e90401ef2c8a69e9dd07348eb0e9b92233a8febcd2d6fd5e643ddf7c337c72a56929377"
    "7d6fe193285aa70635701ad43abad5569aa270d50173002297758ce41f5adae3725b23eaa1d000e5ad843e4daa7dcb69b5d362a2b5137c33"
    "cbdefcf88f8648a97a5cd4be0cfab69cf044a3b8db91d63c9b7380435bc5bf87e2c4f68eb9354dbd62a886fbcb3b73b72a6eef3cd333cde8"
    "7c8213048cf83a76dc25c8fa31115cf77a6934d1a88e3a5da950c27d62305d1d34beab6c597fc93c88e92232e890fc31e300851a1eeb11c7"
    "203f7335ace2dac10511820a03087204e7cb02b0a994f7f48d926a60587ccb0d9b3239873e9ede78560d43262225a826dc715c00ba01b47d"
    "747281054e8dea5fd984f961af6901d2fb377d3a42fcb0c852adc3a90eb6ce66c0335f9728ee5e0da5530db17b789c815a4672877376f146"
    "58b088d249e6ade4d0077ae549672abcd09d48fe4c8c8d864f2cf72fcadff71b9645e4c7d7814678748758388548612e19c14f7e551a5f71"
    "3d49271ac31965ddab040dae9009d54e335e587aa95ec9a9ab5190eaa71bbc49e7852214030be834ad9930344890dec4a74957d7addee584"
    "7f3e89a5fcb159dbaab8b28e57396ccf061bf0d67d29d62dbe6fcc089fded97b895eb59e939822c02e511b05d545de3a"
)


def test_what_was_closed_long_ago_still_opens():
    assert KEYS.unbox("topics", BOXED, whose=HERS) == b"bread"
    assert unwrap_private(WRAPPED, SECRET, KEYS, whose=HERS) == PAIR.private
    assert open_seal(PAIR.private, SEALED) == b"bread"
    assert open_message(KEY, MESSAGE, place=b"place") == "good morning"
    assert open_session(KEY, SESSION) == b"hers"


def test_what_is_looked_up_is_found_for_ever():
    assert KEYS.handle_mac("acorn otter").hex() == "4d1340088baaded88e3f4a928a4a2aff6a6ac7666ead3aa8f06c7e67a667c562"
    assert KEYS.lasting_key("audit").hex() == "9fcd258519ffc2d631cc90e3246756059f2499c4faf39dddc571e6c76f21a867"
    assert [half.hex() for half in split_token("token")] == [
        "ba15586bce2074edf1da485cb7a0d5b28650f6116c9b16846f64be393a387cd6",
        "c2e82b73e2e881b6a03a2ad703206fc1ea5d3d8df30c952ed82c928b593e60fb",
    ]


def test_a_box_is_what_the_documents_say():
    key = hashlib.blake2b(HERS.bytes, digest_size=32, key=KEYS.keys[2], person=b"topics").digest()
    assert BOXED[:2] == (2).to_bytes(2, "big")
    assert SecretBox(key).decrypt(BOXED[2:]) == b"bread"


def test_a_wrapped_key_is_what_the_documents_say():
    inner = KEYS.unbox(PRIVATE_KEY, WRAPPED, whose=HERS)
    assert inner[:5] == bytes([3]) + (64 * 1024).to_bytes(4, "big")
    key = hash_secret_raw(SECRET.encode(), inner[5:21], 3, 64 * 1024, 1, 32, Type.ID)
    assert SecretBox(key).decrypt(inner[21:]) == PAIR.private


def test_argon2id_is_the_one_of_the_reference():
    """The first vector of libsodium's own tests (test/default/pwhash_argon2id.c), and the reference's library."""
    password = bytes.fromhex(
        "a347ae92bce9f80f6f595a4480fc9c2fe7e7d7148d371e9487d75f5c23008ffae065577a928febd9b1973a5a95073acdbeb6a030cfc0d79c"
        "aa2dc5cd011cef02c08da232d76d52dfbca38ca8dcbd665b17d1665f7cf5fe59772ec909733b24de97d6f58d220b20c60d7c07ec1fd93c52"
        "c31020300c6c1facd77937a597c7a6"
    )
    salt = bytes.fromhex("5541fbc995d5c197ba290346d2c559de")
    digest = argon2id.kdf(155, password, salt, opslimit=5, memlimit=7_256_678)
    assert digest.hex().startswith("18acec5d6507739f203d1f5d9f1d862f7c2cdac4f19d2bdff64487e60d969e3c")
    assert digest == hash_secret_raw(password, salt, 5, 7_256_678 // 1024, 1, 155, Type.ID)


# --- The server's boxes -----------------------------------------------------------------------------------------------


@given(some.binary(max_size=2_000), purposes, some.none() | some.uuids())
def test_what_the_server_boxes_comes_out_again_and_never_looks_the_same(data, purpose, whose):
    boxed = KEYS.box(purpose, data, whose=whose)
    assert KEYS.unbox(purpose, boxed, whose=whose) == KEYS.unbox(purpose, memoryview(boxed), whose=whose) == data
    assert len(boxed) == len(data) + OVERHEAD
    assert boxed != KEYS.box(purpose, data, whose=whose)


@pytest.mark.parametrize(
    ("purpose", "whose"), [("topic", HERS), ("topics", ANOTHERS), ("topics", None), ("topics", UUID(int=0))]
)
def test_a_box_opens_for_no_other_purpose_and_nobody_else(purpose, whose):
    stays_closed(lambda boxed: KEYS.unbox(purpose, boxed, whose=whose), BOXED)


def test_nobodys_box_is_not_that_of_whoever_has_the_lowest_id():
    stays_closed(lambda boxed: KEYS.unbox("topics", boxed, whose=UUID(int=0)), KEYS.box("topics", b"", whose=None))


def test_a_damaged_box_stays_closed():
    stays_closed(lambda boxed: KEYS.unbox("topics", boxed, whose=HERS), *damaged(BOXED))


def test_a_box_opens_under_no_other_servers_keys():
    others = ServerKeys({1: new_key(), 2: new_key()}, KEYS.handle_key)
    forgotten = ServerKeys({1: KEYS.keys[1]}, KEYS.handle_key)
    stays_closed(lambda boxed: others.unbox("topics", boxed, whose=HERS), BOXED)
    stays_closed(lambda boxed: forgotten.unbox("topics", boxed, whose=HERS), BOXED)


@given(some.sets(some.integers(1, 0xFFFF), min_size=1, max_size=5))
def test_the_newest_key_closes_and_every_key_opens(numbers):
    keys = {number: hashlib.sha256(b"%d" % number).digest() for number in numbers}
    all_of_them = ServerKeys(keys, KEYS.handle_key)
    assert all_of_them.newest == max(numbers)
    for number in numbers:
        boxed = ServerKeys({number: keys[number]}, KEYS.handle_key).box("topics", b"bread", whose=None)
        assert all_of_them.number_of(boxed) == number
        again = all_of_them.rebox("topics", boxed, whose=None)
        assert all_of_them.number_of(again) == max(numbers)
        assert all_of_them.unbox("topics", again, whose=None) == b"bread"


def test_a_box_is_not_put_under_the_newest_key_for_another_purpose():
    stays_closed(lambda boxed: KEYS.rebox("topics", boxed, whose=ANOTHERS), BOXED)


@pytest.mark.parametrize("purpose", ["", "x" * (LONGEST_PURPOSE + 1), "é" * 9])
def test_a_purpose_has_a_length(purpose):
    for use in (
        lambda: KEYS.box(purpose, b"", whose=None),
        lambda: KEYS.unbox(purpose, BOXED, whose=None),
        lambda: KEYS.lasting_key(purpose),
    ):
        with pytest.raises(ValueError, match="a purpose has"):
            use()


@pytest.mark.parametrize(
    ("keys", "handle_key"),
    [
        ({}, bytes(32)),
        ({0: bytes(32)}, bytes(32)),
        ({65_536: bytes(32)}, bytes(32)),
        ({1: bytes(31)}, bytes(32)),
        ({1: bytes(32)}, bytes(33)),
    ],
)
def test_what_are_no_keys_is_refused(keys, handle_key):
    with pytest.raises(ValueError, match=r"the server's keys have|a key has"):
        ServerKeys(keys, handle_key)


def test_each_key_is_told_from_others_by_its_fingerprint():
    assert KEYS.fingerprints == FINGERPRINTS
    rotated = ServerKeys({**KEYS.keys, 3: new_key()}, KEYS.handle_key)
    assert rotated.fingerprints.items() > KEYS.fingerprints.items()
    assert len(set(rotated.fingerprints.values())) == 4


def test_a_handle_finds_the_same_after_any_rotation_and_nothing_under_another_handle_key():
    rotated = ServerKeys({9: new_key()}, KEYS.handle_key)
    assert rotated.handle_mac("acorn otter") == KEYS.handle_mac("acorn otter")
    assert rotated.handle_mac("otter acorn") != KEYS.handle_mac("acorn otter")
    assert ServerKeys(KEYS.keys, new_key()).handle_mac("acorn otter") != KEYS.handle_mac("acorn otter")
    assert KEYS.lasting_key("handle") != KEYS.lasting_key("audit")
    with pytest.raises(ValueError, match="no handle"):
        KEYS.handle_mac("")


# --- Key pairs and wrapped keys ---------------------------------------------------------------------------------------


@given(some.binary(max_size=200))
def test_what_is_sealed_to_her_she_alone_opens(data):
    pair = new_pair()
    sealed = seal_to(pair.public, data)
    assert open_seal(pair.private, sealed) == open_seal(pair.private, memoryview(sealed)) == data
    assert len(sealed) == len(data) + 48
    assert sealed != seal_to(pair.public, data)
    stays_closed(lambda each: open_seal(new_pair().private, each), sealed)


def test_a_damaged_seal_stays_closed():
    stays_closed(lambda sealed: open_seal(PAIR.private, sealed), *damaged(SEALED))


def test_a_private_key_of_the_wrong_length_opens_nothing():
    stays_closed(lambda private: open_seal(private, SEALED), b"", bytes(31), bytes(33))


@given(some.text(min_size=1), some.text(min_size=1), some.uuids())
def test_a_wrapped_key_opens_with_its_code_and_no_other(secret, another, whose):
    wrapped = wrap_private(PAIR.private, secret, KEYS, whose=whose, cost=CHEAP)
    assert unwrap_private(wrapped, secret, KEYS, whose=whose) == PAIR.private
    assert PAIR.private not in wrapped
    assert wrapped != wrap_private(PAIR.private, secret, KEYS, whose=whose, cost=CHEAP)
    if another != secret:
        stays_closed(lambda each: unwrap_private(each, another, KEYS, whose=whose), wrapped)


def test_a_wrapped_key_opens_for_nobody_else_and_on_no_other_server():
    wrapped = wrap_private(PAIR.private, SECRET, KEYS, whose=HERS, cost=CHEAP)
    other = ServerKeys({2: new_key()}, KEYS.handle_key)
    stays_closed(lambda each: unwrap_private(each, SECRET, KEYS, whose=ANOTHERS), wrapped)
    stays_closed(lambda each: unwrap_private(each, SECRET, other, whose=HERS), wrapped)
    stays_closed(lambda each: unwrap_private(each, SECRET, KEYS, whose=HERS), *damaged(wrapped))


def test_a_server_with_both_its_keys_still_needs_the_code():
    inner = KEYS.unbox(PRIVATE_KEY, wrap_private(PAIR.private, SECRET, KEYS, whose=HERS, cost=CHEAP), whose=HERS)
    assert PAIR.private not in inner
    boxes_something_else = KEYS.box(PRIVATE_KEY, b"short", whose=HERS)
    stays_closed(lambda each: unwrap_private(each, SECRET, KEYS, whose=HERS), boxes_something_else)


def test_a_wrapped_key_moves_under_the_servers_new_key_without_the_code():
    wrapped = wrap_private(PAIR.private, SECRET, KEYS, whose=HERS, cost=CHEAP)
    rotated = ServerKeys({**KEYS.keys, 3: new_key()}, KEYS.handle_key)
    moved = rotated.rebox(PRIVATE_KEY, wrapped, whose=HERS)
    newest_alone = ServerKeys({3: rotated.keys[3]}, KEYS.handle_key)
    assert unwrap_private(moved, SECRET, newest_alone, whose=HERS) == PAIR.private


def test_what_was_wrapped_at_another_cost_still_opens():
    for cost in (CHEAP, Cost(2, 16_384, may_be_weak=True), STANDARD):
        wrapped = wrap_private(PAIR.private, SECRET, KEYS, whose=HERS, cost=cost)
        assert unwrap_private(wrapped, SECRET, KEYS, whose=HERS) == PAIR.private


def test_the_standard_is_the_designs_and_nothing_below_it_is_taken_by_mistake():
    assert (STANDARD.passes, STANDARD.memory) == (3, 64 * 1024 * 1024)
    for passes, memory in ((2, STANDARD.memory), (3, STANDARD.memory - 1024)):
        with pytest.raises(ValueError, match="at least 3 passes"):
            Cost(passes, memory)
    with pytest.raises(ValueError, match="whole KiB"):
        Cost(3, STANDARD.memory + 1)


def test_nobodys_code_takes_the_same_work(monkeypatch):
    work: list[tuple[object, ...]] = []
    kdf = argon2id.kdf

    def counted(size, secret, salt, **cost):
        work.append((size, len(salt), cost))
        return kdf(size, secret, salt, **cost)

    monkeypatch.setattr("nacl.pwhash.argon2id.kdf", counted)
    wrapped = wrap_private(PAIR.private, SECRET, KEYS, whose=HERS, cost=CHEAP)
    unwrap_private(wrapped, SECRET, KEYS, whose=HERS)
    take_as_long(SECRET, cost=CHEAP)
    assert len(work) == 3
    assert work[0] == work[1] == work[2]


# --- Messages ---------------------------------------------------------------------------------------------------------


@given(some.text(max_size=1_500), some.binary(min_size=1, max_size=100))
def test_a_message_comes_out_again_and_tells_only_about_how_long_it_is(text, place):
    closed = close_message(KEY, text, place=place)
    assert open_message(KEY, closed, place=place) == open_message(KEY, memoryview(closed), place=place) == text
    assert len(closed) - 40 == (len(text.encode()) // PADDED_TO + 1) * PADDED_TO
    assert closed != close_message(KEY, text, place=place)


@pytest.mark.parametrize(("length", "blocks"), [(0, 1), (1, 1), (511, 1), (512, 2), (1_023, 2), (1_024, 3)])
def test_short_messages_are_all_of_one_length(length, blocks):
    assert len(close_message(KEY, "x" * length, place=b"1")) == 40 + blocks * PADDED_TO


@given(some.binary(min_size=1, max_size=40), some.binary(min_size=1, max_size=40))
def test_a_message_that_was_moved_stays_closed(place, another):
    closed = close_message(KEY, "good morning", place=place)
    if place != another:
        stays_closed(lambda each: open_message(KEY, each, place=another), closed)


def test_a_message_stays_closed_to_another_key_and_when_it_is_damaged():
    stays_closed(lambda each: open_message(new_key(), each, place=b"place"), MESSAGE)
    stays_closed(lambda each: open_message(KEY, each, place=b"place"), *damaged(MESSAGE))
    no_padding = bytes(sealing._message_box(KEY, b"place").encrypt(b"x" * 512))
    stays_closed(lambda each: open_message(KEY, each, place=b"place"), no_padding)


def test_a_message_has_a_place():
    with pytest.raises(ValueError, match="a message has a place"):
        close_message(KEY, "good morning", place=b"")


def test_half_a_sign_is_no_reason_to_lose_what_she_wrote():
    assert open_message(KEY, close_message(KEY, "so \ud83d there", place=b"1"), place=b"1") == "so ? there"


# --- Sessions ---------------------------------------------------------------------------------------------------------


@given(some.binary(max_size=300))
def test_what_lies_in_a_session_opens_with_its_cookie_alone(data):
    token = new_token()
    lookup, key = split_token(token)
    closed = close_session(key, data)
    assert open_session(split_token(token)[1], closed) == data
    stays_closed(lambda other: open_session(other, closed), lookup, split_token(new_token())[1])


def test_a_damaged_session_stays_closed():
    stays_closed(lambda each: open_session(KEY, each), *damaged(SESSION))


def test_tokens_are_long_and_none_comes_twice():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {43}
    halves = {half for token in tokens for half in split_token(token)}
    assert len(halves) == 400
    assert {len(half) for half in halves} == {KEY_SIZE}


def test_no_text_of_a_key_shows_it():
    shown = repr([KEYS, Pair(PAIR.public, b"quite private"), ClosedError()]) + str(KEYS)
    assert "quite private" not in shown
    assert repr(KEYS.handle_key) not in shown
    assert repr(KEYS.keys[1]) not in shown
