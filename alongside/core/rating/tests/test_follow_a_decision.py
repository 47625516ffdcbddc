"""A sentence the same, or nearly so, follows what a person decided; everything else stays as the model read it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.core.rating import Move, Rating, Stance, Verdict, rate, rate_with_vectors, stance_of
from alongside.core.rating.corrections import NEAR, SAME, Decision, Said, applies, follow, said
from alongside.core.rating.tests.fakes import WordModel, arbitrary_vector
from alongside.core.rating.vector import Vector

TOLD = "i went back to him last night"
ELSEWHERE = "the rent is due on friday"
LONG = "I can sit down with you and look at it"
MOVES = st.lists(st.sampled_from(Move), unique=True).map(lambda found: tuple(move for move in Move if move in found))
TEXTS = st.sampled_from(
    [
        LONG,
        LONG.upper() + "!",
        "I can't sit down with you and look at it",
        "ok",
        "There is some warmth in what I say.",
        "😢",
    ]
)


def decision(text: str, *moves: Move, told: str = TOLD, name: str = "d", vector=None) -> Decision:
    return Decision(name, moves, said(text, told), arbitrary_vector(text) if vector is None else vector)


def read(*texts: str, told: str = TOLD, decisions=()) -> Rating:
    rating, vectors = rate_with_vectors(told, texts, model=WordModel())
    return follow(rating, told, vectors, decisions)


def beside(start: Vector, cosine: float) -> Vector:
    """Give a vector of length 1 at this cosine from ``start``."""
    other = arbitrary_vector("something else entirely")
    across = other - start * (start @ other)
    turned = start * cosine + across / np.linalg.norm(across) * np.sqrt(1 - cosine**2)
    vector: Vector = (turned / np.linalg.norm(turned)).astype(np.float32)
    return vector


def test_the_same_sentence_follows_whatever_its_case_and_marks():
    (sentence,) = read(
        LONG, decisions=[decision("i can sit down with you, and look at it...", vector=arbitrary_vector(LONG))]
    ).sentences
    assert (sentence.moves, sentence.decision, sentence.verdict) == ((), "d", Verdict.RATED)
    (sentence,) = read(LONG, decisions=[decision(LONG, Move.HELP)]).sentences
    assert sentence.moves == (Move.HELP,)
    assert sentence.probabilities[Move.HELP] < 0.1


def test_another_sentence_follows_only_when_it_is_near():
    vector = arbitrary_vector(LONG)
    for cosine, follows in ((NEAR + 0.005, True), (NEAR - 0.005, False)):
        near = decision("I could sit down and look at it with you", Move.HELP, vector=beside(vector, cosine))
        assert bool(read(LONG, decisions=[near]).sentences[0].decision) is follows


def test_what_says_no_where_the_other_does_not_never_follows():
    decided = decision("I can't sit down with you and look at it", Move.FLAT, vector=arbitrary_vector(LONG))
    assert read(LONG, decisions=[decided]).sentences[0].decision == ""


def test_a_word_or_two_follow_only_in_answer_to_the_same():
    decided = decision("Ok.", Move.FLAT, vector=arbitrary_vector("ok"))
    assert read("ok", decisions=[decided]).moves == {Move.FLAT}
    assert read("ok", told=ELSEWHERE, decisions=[decided]).moves == frozenset()
    long = decision(LONG, Move.HELP)
    assert read(LONG, told=ELSEWHERE, decisions=[long]).moves == {Move.HELP}


def test_the_nearest_decision_is_followed_and_of_equally_near_ones_the_newest():
    vector = arbitrary_vector(LONG)
    far = decision("I could sit down and look at it with you", Move.FIX, name="far", vector=beside(vector, 0.95))
    old, new = (decision(LONG, move, name=name) for name, move in (("old", Move.PITY), ("new", Move.HELP)))
    assert read(LONG, decisions=[old, new, far]).sentences[0].decision == "new"
    assert read(LONG, decisions=[far, new, old]).sentences[0].decision == "old"


def test_a_sentence_that_is_not_rated_follows_only_its_own_words():
    spanish = "No tienes la culpa de nada de lo que pasó"
    own = decision(spanish, Move.UNBLAME)
    assert read(spanish, decisions=[own]).sentences[0].moves == (Move.UNBLAME,)
    near = decision("No tienes ninguna culpa de lo que pasó ayer", Move.UNBLAME, vector=arbitrary_vector(spanish))
    assert read(spanish, decisions=[near]).sentences[0].verdict is Verdict.UNRATED


def test_what_holds_no_words_follows_nobody():
    _rating, vectors = rate_with_vectors(TOLD, ["😢", LONG], model=WordModel())
    assert vectors[0] is None
    assert vectors[1] is not None
    assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-5)


def test_vectors_and_sentences_must_match():
    rating = rate(TOLD, [LONG], model=WordModel())
    with pytest.raises(ValueError, match="0 vectors for 1 sentences"):
        follow(rating, TOLD, [], [])


@given(texts=st.lists(TEXTS, max_size=4), decided=st.lists(st.tuples(TEXTS, MOVES), max_size=4))
@settings(max_examples=150, deadline=None)
def test_only_what_follows_changes_and_the_stance_is_that_of_all_moves(texts, decided):
    decisions = [decision(text, *moves, name=str(at)) for at, (text, moves) in enumerate(decided)]
    plain, followed = read(*texts), read(*texts, decisions=decisions)
    assert followed.model == plain.model
    assert followed.stance is stance_of(move for sentence in followed.sentences for move in sentence.moves)
    for before, after in zip(plain.sentences, followed.sentences, strict=True):
        if after.decision:
            assert after.moves == decisions[int(after.decision)].moves
            assert after == replace(before, moves=after.moves, verdict=Verdict.RATED, decision=after.decision)
        else:
            assert after == before


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), moves=MOVES, more=st.sampled_from(Move))
@settings(max_examples=150, deadline=None)
def test_one_more_move_that_was_decided_moves_the_stance_as_a_reading_would(texts, moves, more):
    order = [Stance.PULLS_BACK, Stance.MIXED, Stance.LEANS_IN]
    both = tuple(move for move in Move if move in {*moves, more})
    before, after = (read(*texts, decisions=[decision(texts[0], *each)]).stance for each in (moves, both))
    if more.kind and before in order:
        assert order.index(after) <= order.index(before)
    elif more.kind is None and before in order:
        assert order.index(after) >= order.index(before)


@given(st.text(max_size=80), st.text(max_size=40))
def test_a_sentence_is_always_the_same_as_itself_and_as_its_small_letters(text, told):
    own = said(text, told)
    assert applies(own, own, 1.0)
    assert applies(own, own, SAME)
    assert not applies(own, own, SAME - 0.01)
    assert said(f"  {text}!?", told) == own


def test_words_are_compared_without_case_marks_and_apostrophes():
    assert said("It ISN’T  your fault,  ok?! 😢", "Hi.") == Said("it isnt your fault ok", "hi", 1)
