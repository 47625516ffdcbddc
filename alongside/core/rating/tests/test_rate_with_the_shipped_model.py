"""What ``rate`` promises, with the model that ships."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from alongside.core.rating import Move, Stance, rate

TOLD = "i went back to him last night. i know i said i never would"
REPLIES = [
    "Thank you for telling me. I believe you, and I'm still here.",
    "Why did you go back? You should have known better.",
    "thats awful 😢 im so sorry do you want to talk about it",
    "You poor thing, we'll save you. What would help most right now, if anything?",
]


@pytest.fixture(scope="module")
def alone():
    return [rate(TOLD, reply) for reply in REPLIES]


def test_every_move_has_a_probability(alone):
    for rating in alone:
        for sentence in rating.sentences:
            assert set(sentence.probabilities) == set(Move)
            assert all(0 <= probability <= 1 for probability in sentence.probabilities.values())


def test_plain_replies_get_the_stance_that_anyone_would_give_them(alone):
    assert alone[0].stance is Stance.LEANS_IN
    assert alone[1].stance is Stance.PULLS_BACK


def test_a_reply_is_rated_the_same_alone_and_in_company(alone):
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda reply: rate(TOLD, reply), REPLIES * 5))
    assert together == alone * 5
    for rating in alone:
        assert rate(TOLD, [sentence.text for sentence in rating.sentences]).moves == rating.moves


def test_a_core_rates_a_hundred_sentences_a_second(alone):
    began = time.process_time()
    rated = sum(len(rate(TOLD, reply).sentences) for reply in REPLIES * 10)
    assert rated / (time.process_time() - began) >= 100


@pytest.mark.parametrize(
    "text", ["\ud800 a", "a" * 50_000, "<b>" * 5000 + "a", "a\x00b", "\u0301" * 3000 + "a", "😢a" * 500]
)
def test_no_text_is_too_strange_for_the_model(text):
    assert rate(text, text).stance in Stance
    assert rate(text, [text]).stance in Stance
