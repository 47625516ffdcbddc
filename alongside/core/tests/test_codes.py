"""Somebody is given a code, writes it down, and types it as people type."""

import hashlib
import math
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alongside.core import codes
from alongside.core.codes import (
    ALLY_WORDS,
    HANDLE_WORDS,
    SURVIVOR_WORDS,
    Code,
    CodeError,
    Fault,
    ask_two,
    new_ally_code,
    new_survivor_code,
    proves,
    read_ally_code,
    read_survivor_code,
)

WORDS = ("acorn", "otter", "harbor", "pelican", "marigold", "walnut")
CODE = Code("acorn otter", "harbor pelican marigold walnut")
ALLYS = Code("", "harbor pelican marigold walnut")
listed = some.sampled_from(codes._LIST)
between = some.sampled_from([" ", "  ", "\n", "\t", ", ", ". ", "-", " / ", ",", " – ", "\u00a0", "\u200b", "7"])
numbered = some.booleans()


def problem_of(text: str, read=read_survivor_code) -> codes.CodeProblem:
    with pytest.raises(CodeError) as raised:
        read(text)
    return raised.value.problem


def told(problem: codes.CodeProblem) -> str:
    return problem.sentence % problem.params


def test_four_words_are_worth_more_than_fifty_one_bits_and_two_about_twenty_six():
    assert ALLY_WORDS * math.log2(len(codes._LIST)) == pytest.approx(51.7, abs=0.005)
    assert HANDLE_WORDS * math.log2(len(codes._LIST)) == pytest.approx(25.8, abs=0.05)


def test_the_list_is_the_large_one_without_its_four_hyphens():
    assert len(codes._LIST) == 7_776 - 4
    assert not codes._SET & {"drop", "felt", "yo", "drop-down", "felt-tip", "t-shirt", "yo-yo"}
    assert {codes._LIST[0], codes._LIST[-1]} == {"abacus", "zoom"}
    assert {len(word) for word in codes._LIST} == set(range(3, 10))


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-1],
        lambda raw: raw.replace(b"abacus\n", b""),
        lambda raw: raw.replace(b"abacus\nabdomen\n", b"abdomen\nabacus\n"),
        lambda raw: raw.replace(b"abacus\n", b"abacas\n"),
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda _raw: b"",
        lambda raw: raw + b"\xff",
    ],
)
def test_another_list_of_words_is_refused(damage):
    with pytest.raises(RuntimeError, match="is damaged"):
        codes._read_list(damage(codes._FILE.read_bytes()))


@pytest.mark.parametrize(
    "words",
    [
        [*sorted(codes._LIST[1:], reverse=True), "abacus"],
        [*codes._LIST[1:], codes._LIST[-1]],
        ["a-bacus", *codes._LIST[1:]],
        codes._LIST[1:],
    ],
)
def test_a_list_that_cannot_serve_is_refused_whatever_its_sum(words, monkeypatch):
    raw = "\n".join([*words, ""]).encode()
    monkeypatch.setattr(codes, "_SHA256", hashlib.sha256(raw).hexdigest())
    with pytest.raises(RuntimeError, match="is damaged"):
        codes._read_list(raw)


def test_new_codes_have_their_words_and_no_two_are_alike():
    survivors, allies = [new_survivor_code() for _ in range(300)], [new_ally_code() for _ in range(300)]
    assert {len(code.words) for code in survivors} == {SURVIVOR_WORDS}
    assert {len(code.handle.split()) for code in survivors} == {HANDLE_WORDS}
    assert {len(code.words) for code in allies} == {ALLY_WORDS}
    assert {code.handle for code in allies} == {""}
    assert len({code.secret for code in survivors + allies}) == 600


def test_every_word_can_be_drawn_about_as_often_as_any_other():
    drawn = Counter(word for _ in range(5_000) for word in new_survivor_code().words)
    assert len(drawn) > 0.96 * len(codes._LIST)  # 1 − e^(−30,000 ÷ 7,772) = 0.979
    assert max(drawn.values()) < 25  # 3.9 on average


@given(some.lists(listed, min_size=6, max_size=6), some.data())
def test_what_was_written_down_is_read_however_it_is_typed(words, data):
    text = data.draw(some.sampled_from(["", " ", "\ufeff", "1. "]))
    for word in words:
        typed = data.draw(some.sampled_from([str.lower, str.upper, str.title]))(word)
        accent = data.draw(some.sampled_from(["", "\u0301", "\u0308", "\u00ad"]))
        text += f"{typed[0]}{accent}{typed[1:]}{data.draw(between)}"
    form = data.draw(some.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
    assert read_survivor_code(unicodedata.normalize(form, text)).words == tuple(words)


@given(some.lists(listed, min_size=4, max_size=4))
def test_an_allys_code_is_read_too(words):
    assert read_ally_code(" ".join(words)) == Code("", " ".join(words))


def test_a_list_with_numbers_and_lines_is_read():
    text = "\n".join(f"{number}. {word.title()}," for number, word in enumerate(WORDS, 1))
    assert read_survivor_code(text) == CODE
    assert read_survivor_code("ÁCORN/öttér_harbor-pelican‒ＭＡＲＩＧＯＬＤ…walnut!") == CODE


@pytest.mark.parametrize(("text", "found"), [("", 0), (" 7, – ", 0), ("acorn", 1), (" ".join(WORDS[:5]), 5)])
def test_too_few_words_are_counted_for_her(text, found):
    problem = problem_of(text)
    assert (problem.fault, problem.found, problem.needed) == (Fault.WRONG_NUMBER, found, 6)
    assert "6" in told(problem)
    assert (f"count {found}" in told(problem)) == (found > 0)


def test_a_survivors_words_are_too_many_for_an_ally():
    problem = problem_of(" ".join(WORDS), read_ally_code)
    assert (problem.fault, problem.found, problem.needed, problem.position) == (Fault.WRONG_NUMBER, 6, 4, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pelicn", "pelican"),
        ("peelican", "pelican"),
        ("pelicam", "pelican"),
        ("eplican", "pelican"),
        ("pleican", "pelican"),
    ],
)
def test_a_slip_is_answered_with_its_place_and_the_word_that_was_meant(typed, meant):
    problem = problem_of(f"acorn otter harbor {typed} marigold walnut")
    assert (problem.fault, problem.position) == (Fault.NOT_ON_LIST, 4)
    assert problem.nearest[0] == meant
    assert told(problem).startswith("Word 4 is none that we use in codes.")
    assert f"“{meant}”" in told(problem)


def test_a_word_that_is_like_two_is_answered_with_both_and_one_like_none_with_none():
    two = problem_of("acorn otter harbor parc marigold walnut")
    assert len(two.nearest) == 2
    assert all(f"“{word}”" in told(two) for word in two.nearest)
    assert "“" not in told(problem_of("acorn otter harbor wwwwwww marigold walnut"))
    assert "“" not in told(problem_of(f"acorn otter harbor {'acorn' * 9_000} marigold walnut"))


@settings(deadline=None)
@given(listed, some.integers(0, 8), some.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_whatever_letter_slips_a_word_of_the_list_is_near(word, place, letter):
    slipped = word[:place] + letter + word[place + 1 :]
    if slipped not in codes._SET:
        nearest = codes._nearest(slipped)
        assert 1 <= len(nearest) <= 2
        assert codes._SET.issuperset(nearest)
        assert word in codes._one_slip_from(slipped)


@given(some.text())
def test_whatever_is_typed_is_a_code_or_a_sentence_without_its_words(text):
    if len(codes._split(text)) == SURVIVOR_WORDS and codes._SET.issuperset(codes._split(text)):
        assert read_survivor_code(text).words == tuple(codes._split(text))
        return
    with pytest.raises(CodeError) as raised:
        read_survivor_code(text)
    assert str(raised.value) in set(Fault)
    assert repr(raised.value) == f"CodeError('{raised.value}')"
    assert "nearest" not in repr(raised.value.problem)
    assert told(raised.value.problem)


def test_no_text_of_a_code_or_of_what_is_wrong_with_it_holds_a_word():
    problem = problem_of("acorn otter harbor pelicam marigold walnut")
    shown = f"{CODE} {CODE!r} {ALLYS!r} {problem} {CodeError(problem)!r} {CodeError(problem)}"
    assert not [word for word in (*WORDS, "pelicam") if word in shown]


@pytest.mark.parametrize(
    ("handle", "secret"),
    [
        ("acorn", ALLYS.secret),
        ("acorn otter harbor", ALLYS.secret),
        ("", "harbor pelican marigold"),
        ("", "harbor pelican marigold walnut acorn"),
        ("", "harbor  pelican marigold walnut"),
        ("", "Harbor pelican marigold walnut"),
        ("acorn otters", ALLYS.secret),
        ("", ""),
    ],
)
def test_what_is_no_code_cannot_be_made_one(handle, secret):
    with pytest.raises(ValueError, match="a code has") as raised:
        Code(handle, secret)
    assert "pelican" not in str(raised.value)


@pytest.mark.parametrize(("code", "positions"), [(CODE, {3, 4, 5, 6}), (ALLYS, {1, 2, 3, 4})])
def test_two_different_secret_words_are_asked_for_and_every_pair_comes_up(code, positions):
    asked = {ask_two(code) for _ in range(300)}
    assert asked == {(first, second) for first in positions for second in positions if first < second}


@given(some.sampled_from([CODE, ALLYS]), some.data())
def test_she_proves_it_with_the_two_words_and_with_no_others(code, data):
    first, second = ask_two(code)
    right = (code.words[first - 1], code.words[second - 1])
    assert proves(code, (first, second), (right[0].upper(), f" {right[1]}. "))
    typed = (data.draw(listed | some.text()), data.draw(listed | some.text()))
    assert proves(code, (first, second), typed) == (tuple(" ".join(codes._split(text)) for text in typed) == right)
    assert not proves(code, (first, second), (right[1], right[0]))
    assert not proves(code, (first, second), (right[0], ""))
    assert not proves(code, (first, second), ("", right[1]))


@pytest.mark.parametrize("positions", [(1, 2), (2, 3), (3, 3), (6, 7), (0, 3), (-1, 3)])
def test_the_words_that_find_her_prove_nothing_nor_does_one_word_twice(positions):
    first, second = (CODE.words[position - 1] if 0 < position < 7 else "walnut" for position in positions)
    assert not proves(CODE, positions, (first, second))
