"""A reply becomes the sentences that a person would see in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.rating.plain import has_words
from alongside.core.rating.splitting import MOST_CHARACTERS, MOST_WORDS, split

BITS = st.sampled_from(
    [
        *"aIx.?!…,;:-–—\"'“”‘’()*<>\n\r\t \x00\x1c\x85\u2028\u00a0\u3000\u200b\u200d\ufeff\ud800\udfff",
        *("you", "lol", "haha", "xx", "and ", "...", "?!", "1.", "2)", "a)", "Dr.", "e.g.", "a.m.", "No.", "J. ", ". "),
        *("😢", "❤️", "👩‍👧", ":)", "<3", "<b>", "</p>", "http://a.example/b?c=d", "me@b.example", "я", "。", "ﬃ", "İ"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(BITS, max_size=60).map("".join), st.text(st.characters(codec=None), max_size=80))


def sentences(reply: str) -> list[str]:
    return [reply[start:end] for start, end in split(reply)]


@pytest.mark.parametrize(
    "expected",
    [
        # punctuation, as in a letter
        ["I'm so sorry.", "Thank you for telling me.", "What do you need?"],
        ["Dr. Smith came at 5 a.m. on Tuesday.", "I know, e.g. from you."],
        ["I saw approx. 5 of them.", "No. 7 was yours."],
        ["No.", "You stay."],
        ['She said "No!! Stop." and left.', "Then what?"],
        ["“Why did you go back?!”", "I hear you ask yourself that."],
        ["Really?!", "How!!!", "ok???", "tell me"],
        # phone typing
        ["thats awful im so sorry do you want to talk"],
        ["thats awful 😢", "im so sorry do you want to talk"],
        ["so sorry babe 🥺🥺", "wanna talk?", "im up 🌙"],
        ["sending love ❤️❤️", "you didnt deserve that"],
        ["i ❤️ you"],
        ["my heart 💔 for you"],
        ["thats awful :(", "do you want to talk"],
        ["omg are you ok?", "i was so worried.", "what happened"],
        ["i said no !", "are you ok ?"],
        ["Hello there. 😀", "How are you?"],
        # dots that trail off, and dots that stand for a full stop
        ["i just... don't know what to say"],
        ["I'm sorry... that's awful… really"],
        ["I'm so sorry that happened...", "that sounds awful to carry"],
        ["hmm...", "Are you safe"],
        ["So... I think you did fine"],
        # a laugh or a kiss belongs to what it follows
        ["thats rough. lol"],
        ["thats rough lol 😂😂 lol"],
        ["lol thats rough"],
        ["That's rough. haha! xx"],
        ["lol"],
        # lists
        ["1. tell her.", "2. leave then."],
        # addresses stay whole
        ["see www.example.org/page?id=3 ok"],
        ["mail me@x.example is fine"],
    ],
)
def test_a_line_becomes_its_sentences(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("what happened?are you ok", ["what happened?", "are you ok"]),
        ("so sorry.do you want to talk", ["so sorry.", "do you want to talk"]),
        ("line one\r\nline two\u2028three", ["line one", "line two", "three"]),
        ("1) tell her\n2) leave\n- stay", ["1) tell her", "2) leave", "- stay"]),
        ("thats so sad\n😢\nlol\nwhat happened", ["thats so sad\n😢\nlol", "what happened"]),
        ("😢\nthats sad", ["😢\nthats sad"]),
        ("<p>I'm so sorry.</p><p>Are you ok?</p>", ["<p>I'm so sorry.</p><p>", "Are you ok?</p>"]),
        ("😢 !!", ["😢 !!"]),
        ("...", ["..."]),
        ("", []),
        (" \n\t ", []),
        ("\ud800", ["\ud800"]),
    ],
)
def test_what_people_type_becomes_its_sentences(reply, expected):
    assert sentences(reply) == expected


@pytest.mark.parametrize("reply", ["J.\u00a0Smith came.\u3000He J.\u3000left", "I.\u00a0am here", "a\u0301.\u00a0B."])
def test_wide_spaces_do_no_harm(reply):
    assert "".join(sentences(reply)).split() or reply


def test_a_breathless_message_is_read_whole_in_parts_at_a_pause():
    reply = "i am so sorry that he did this to you, and i want you to know that it was never your fault " * 6
    parts = sentences(reply)
    assert len(parts) > 1
    assert all(MOST_WORDS / 4 < len(part.split()) <= MOST_WORDS for part in parts)
    assert all(part.startswith(("and", "i ")) for part in parts)
    assert " ".join(parts) == reply.strip()


@given(TEXTS)
def test_offsets_slice_back_to_the_text_with_only_white_space_between(reply):
    place = 0
    for start, end in split(reply):
        assert place <= start < end
        assert not reply[place:start].strip()
        assert reply[start:end] == reply[start:end].strip()
        assert end - start <= MOST_CHARACTERS
        assert len(reply[start:end].split()) <= MOST_WORDS
        place = end
    assert not reply[place:].strip()


@given(TEXTS)
def test_every_sentence_holds_words_if_the_reply_does(reply):
    spans = split(reply)
    if len(reply) <= MOST_CHARACTERS and has_words(reply):
        assert all(has_words(reply[start:end]) for start, end in spans if end - start < MOST_CHARACTERS)
    else:
        assert len(spans) <= max(1, len(reply))


@pytest.mark.parametrize(
    "bit", ["!", "a", "word ", "... ", "q? ", "“", '"a. ', "<a", "😢 ", "\n", "ha", "1. ", 'a.)"', ")*_"]
)
def test_no_text_takes_long(bit):
    began = time.process_time()
    split(bit * (60_000 // len(bit)))
    assert time.process_time() - began < 5
