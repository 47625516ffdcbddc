"""Whoever asks plainly after suicide is told that it helps, whatever the model makes of the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.core.rating import Move, Stance, rate
from alongside.core.rating.safety import asks_plainly_about_suicide

PLAIN = [
    "Are you thinking of killing yourself?",
    "are you thinking about suicide",
    "When you say you want it to stop, are you thinking of killing yourself?",
    "Can I ask you something plainly: are you having thoughts of ending your life?",
    "Do you want to die?",
    "I want to ask you straight, do you feel like hurting yourself tonight?",
    "Are you feeling suicidal right now?",
]
NOT_PLAIN = [
    "Why are you thinking of killing yourself?",
    "Are you thinking of killing yourself again?",
    "Are you seriously thinking of killing yourself over him?",
    "You are not thinking of killing yourself, are you?",
    "Are you thinking of leaving him?",
    "Do you want to die in that place like the others?",
]


@pytest.mark.parametrize("question", PLAIN)
def test_a_plain_question_is_read_as_help(question):
    read = rate("i'm so tired of it all. i just want it to stop", question)
    assert [sentence.moves for sentence in read.sentences] == [(Move.HELP,)]
    assert read.stance is Stance.LEANS_IN


@pytest.mark.parametrize("question", NOT_PLAIN)
def test_what_has_a_reproach_or_a_why_in_it_is_left_to_the_model(question):
    assert not asks_plainly_about_suicide(question)


def test_what_stands_beside_the_question_is_read_as_ever():
    read = rate("i just want it to stop", "Are you thinking of killing yourself? You should get another job.")
    assert read.stance is Stance.MIXED


@given(some.sampled_from(PLAIN), some.sampled_from(["why ", "come on, ", "stop it, ", "don't tell me: "]))
def test_no_reproach_in_front_of_it_goes_through(question, reproach):
    assert not asks_plainly_about_suicide(reproach + question)
