"""What a learner reads about her reply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.rating import LEAN_IN, Move, Verdict, feedback_on, one_thing_to_try, rate, what_never_came_up
from alongside.core.rating import feedback as texts
from alongside.core.rating.tests.fakes import WordModel


def feedback(reply):
    return feedback_on(rate("i went back to him last night", reply, model=WordModel()))


def test_each_sentence_says_what_it_did_and_a_pull_back_gives_another_way_and_a_reason():
    first, second, third = feedback("There is warmth in this. Why this blame? It is a day.").sentences
    assert [mark.move for mark in first.marks] == [Move.WARMTH]
    assert first.marks[0].did == Move.WARMTH.words.did
    assert not first.marks[0].instead
    assert second.marks[0].instead
    assert second.marks[0].because
    assert not second.note
    assert third.marks == ()
    assert third.note == "Neither leans in nor pulls back."


def test_a_lean_in_does_not_cancel_a_pull_back():
    assert "does not cancel" in feedback("There is warmth in this. Why this blame?").overall


@pytest.mark.parametrize(
    ("reply", "overall"),
    [
        ("There is warmth in this.", "leans in"),
        ("Why this blame?", "pulls back"),
        ("It is a day.", "neither"),
        ("That is perhaps pity.", "not sure"),
        ("No tienes la culpa de nada de lo que pasó", "English"),
        ("😢", "no words"),
        ("", "no words"),
    ],
)
def test_the_whole_is_said_in_one_sentence(reply, overall):
    assert overall in feedback(reply).overall


def test_what_could_not_be_rated_is_said():
    mixed = feedback("There is warmth in this. That is perhaps pity.")
    assert mixed.sentences[1].verdict is Verdict.UNSURE
    assert "Not sure" in mixed.sentences[1].note
    assert "Not every sentence" in mixed.reservation
    assert feedback("There is warmth in this. 😢").reservation == ""


def test_what_never_came_up_begins_with_the_most_useful():
    assert what_never_came_up([])[:4] == (Move.INVITE, Move.FEELING, Move.MEANING, Move.CHOICE)
    assert what_never_came_up([*LEAN_IN, Move.BLAME]) == ()
    assert Move.INVITE not in what_never_came_up([Move.INVITE])


def test_the_commonest_pull_back_is_the_one_thing_to_try():
    suggestion = one_thing_to_try([Move.FIX, Move.BLAME, Move.FIX, Move.WARMTH])
    assert suggestion.move is Move.FIX
    assert suggestion.how == Move.FIX.words.instead
    assert one_thing_to_try([Move.FIX, Move.BLAME]).move is Move.BLAME


def test_without_a_pull_back_the_one_thing_is_what_is_missing():
    assert one_thing_to_try([]).move is Move.INVITE
    assert one_thing_to_try([Move.INVITE, Move.WARMTH]).move is Move.FEELING
    assert one_thing_to_try(LEAN_IN).move is None


@given(st.lists(st.sampled_from(list(Move))), st.randoms())
def test_there_is_always_one_thing_to_try_and_always_the_same(moves, chance):
    suggestion = one_thing_to_try(moves)
    assert suggestion.how
    assert suggestion.because
    chance.shuffle(moves)
    assert one_thing_to_try(moves) == suggestion


def test_no_text_grades_or_cheers():
    every = [texts.NOT_YET_REVIEWED, *texts._OVERALL.values()]
    every += [text for s in [*texts._TO_ADD.values(), texts._NOTHING_TO_ADD] for text in (s.how, s.because)]
    every += [text for move in Move for text in vars(move.words).values()]
    for text in every:
        assert "!" not in text
        assert not {"great", "good job", "well done", "wrong", "score", "victim"} & {text.lower()}
    assert texts.NOT_YET_REVIEWED.startswith("Survivors have not yet reviewed")
