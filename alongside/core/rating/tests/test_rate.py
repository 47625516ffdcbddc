"""What ``rate`` promises, whatever the model says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.rating import PULL_BACK, Family, Move, Stance, Verdict, rate
from alongside.core.rating.tests.fakes import HashModel, WordModel
from alongside.core.rating.tests.test_split import TEXTS

TOLD = "i went back to him last night"
WORST_FIRST = [Stance.PULLS_BACK, Stance.MIXED, Stance.NEUTRAL, Stance.LEANS_IN]
MOVE_SENTENCES = st.lists(
    st.lists(st.sampled_from(list(Move)), max_size=3).map(lambda moves: "you know " + " ".join(moves))
)


def test_each_sentence_gets_its_moves_and_the_reply_its_stance():
    rating = rate(TOLD, "There is warmth in this. Why this blame? It is a day.", model=WordModel())
    assert [sentence.moves for sentence in rating.sentences] == [(Move.WARMTH,), (Move.BLAME,), ()]
    assert all(sentence.verdict is Verdict.RATED for sentence in rating.sentences)
    assert all(len(sentence.probabilities) == 18 for sentence in rating.sentences)
    assert rating.stance is Stance.MIXED
    assert rating.moves == {Move.WARMTH, Move.BLAME}
    assert rating.model == "words"


def test_moves_come_in_the_order_of_the_manual():
    assert rate(TOLD, "you know flat blame help warmth", model=WordModel()).sentences[0].moves == (
        Move.WARMTH,
        Move.HELP,
        Move.BLAME,
        Move.FLAT,
    )


def test_where_the_model_is_unsure_nothing_is_shown_and_it_says_so():
    rating = rate(TOLD, "That is perhaps pity. That is warmth, perhaps not, and help.", model=WordModel())
    assert [sentence.verdict for sentence in rating.sentences] == [Verdict.UNSURE, Verdict.UNSURE]
    assert rating.moves == frozenset()
    assert rating.stance is Stance.NEUTRAL
    assert rating.sentences[0].probabilities[Move.PITY] == 0.4


def test_what_is_surely_not_english_is_not_guessed_at():
    rating = rate(TOLD, "No tienes la culpa de nada de lo que pasó. Te creo.", model=WordModel())
    assert [sentence.verdict for sentence in rating.sentences] == [Verdict.UNRATED] * 2
    assert all(not sentence.probabilities for sentence in rating.sentences)
    assert rating.stance is Stance.NEUTRAL


def test_the_english_of_a_mixed_reply_is_rated():
    rating = rate(TOLD, "I feel warmth for you. No tienes la culpa de nada de lo que pasó.", model=WordModel())
    assert [sentence.verdict for sentence in rating.sentences] == [Verdict.RATED, Verdict.UNRATED]
    assert rating.stance is Stance.LEANS_IN


@pytest.mark.parametrize("reply", ["", " \n\t\u2003", []])
def test_an_empty_reply_has_no_sentences_and_is_neutral(reply):
    rating = rate(TOLD, reply, model=WordModel())
    assert rating.sentences == ()
    assert rating.stance is Stance.NEUTRAL


@pytest.mark.parametrize("reply", ["😢😢", "?!", "...", ":( <3", "<br><br>", "\x00\x07", "\ud800", "\u200b", "❤️‍🔥 …"])
def test_what_holds_no_words_is_not_rated(reply):
    (sentence,) = rate(TOLD, reply, model=WordModel()).sentences
    assert sentence.text == reply
    assert sentence.verdict is Verdict.UNRATED


@pytest.mark.parametrize(
    ("reply", "read"),
    [
        ("<b>I believe</b> you &amp; stay", "I believe you &amp; stay"),
        ("I\x00 believe\u200b \x1b[31myou", "I believe [31myou"),
        ("I believe \ud800you", "I believe you"),
        ("I believe you \ud83d\ude22", "I believe you 😢"),
        ("I believe\t\u00a0  you", "I believe you"),
        ("2 < 3 and 4 > 3, I believe <3", "2 < 3 and 4 > 3, I believe <3"),
    ],
)
def test_the_model_reads_the_words_and_the_page_gets_the_text_as_it_was(reply, read):
    model = WordModel()
    (sentence,) = rate(reply, reply, model=model).sentences
    assert sentence.text == reply
    assert model.asked == [(read, (read,))]


def test_a_reply_of_ten_thousand_words_is_rated_to_its_end():
    with_stops = rate(TOLD, "I hear you. " * 3333 + "There is warmth in this.", model=WordModel())
    assert len(with_stops.sentences) == 3334
    assert with_stops.sentences[-1].moves == (Move.WARMTH,)
    without = rate(TOLD, "i hear you " * 3333 + "there is warmth in this", model=WordModel())
    assert 200 <= len(without.sentences) <= 400
    assert without.stance is Stance.LEANS_IN


def test_given_sentences_are_kept_as_they_are():
    given_sentences = ["  I hear you. I do.  ", "", "warmth\nfor you\n", "😢"]
    rating = rate(TOLD, given_sentences, model=WordModel())
    assert [sentence.text for sentence in rating.sentences] == given_sentences
    joined = " ".join(given_sentences)
    assert [joined[sentence.start : sentence.end] for sentence in rating.sentences] == given_sentences
    assert [sentence.verdict for sentence in rating.sentences] == [
        Verdict.RATED,
        Verdict.UNRATED,
        Verdict.RATED,
        Verdict.UNRATED,
    ]


def test_the_model_reads_both_ends_of_an_endless_sentence():
    model = WordModel()
    rate("you " * 50_000 + "told", ["begin " + "and then " * 20_000 + "end"], model=model)
    ((told, (read,)),) = model.asked
    assert len(told) <= 2001
    assert len(read) <= 2001
    assert told.endswith("told")
    assert read.startswith("begin")
    assert read.endswith("end")


@pytest.mark.parametrize(
    ("disclosure", "reply"),
    [(None, "x"), (b"x", "x"), ("x", None), ("x", b"x"), ("x", ["a", 3]), ("x", [None]), ("x", 5)],
)
def test_what_is_no_text_is_a_programming_error(disclosure, reply):
    with pytest.raises(TypeError):
        rate(disclosure, reply, model=WordModel())


@given(MOVE_SENTENCES, st.sampled_from(PULL_BACK), st.integers(0, 10))
def test_adding_a_pull_back_never_makes_a_stance_better(sentences, move, place):
    before = rate(TOLD, sentences, model=WordModel()).stance
    after = rate(TOLD, [*sentences[:place], f"you know {move}", *sentences[place:]], model=WordModel()).stance
    assert WORST_FIRST.index(after) <= WORST_FIRST.index(before)


@given(MOVE_SENTENCES, st.sampled_from([m for m in Move if m.family is Family.LEAN_IN]), st.integers(0, 10))
def test_adding_a_lean_in_never_makes_a_stance_worse(sentences, move, place):
    before = rate(TOLD, sentences, model=WordModel()).stance
    after = rate(TOLD, [*sentences[:place], f"you know {move}", *sentences[place:]], model=WordModel()).stance
    assert WORST_FIRST.index(after) >= WORST_FIRST.index(before)


@given(TEXTS, TEXTS)
def test_no_text_raises_and_offsets_slice_back(disclosure, reply):
    rating = rate(disclosure, reply, model=HashModel())
    assert all(reply[sentence.start : sentence.end] == sentence.text for sentence in rating.sentences)
    assert rating.stance in Stance


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_a_reply_is_rated_the_same_alone_and_in_company(reply, others):
    model = HashModel()
    alone = rate(TOLD, reply, model=model)
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: rate(TOLD, text, model=model), [*others, reply, *others]))
    assert together[len(others)] == alone
    assert rate(TOLD, [sentence.text for sentence in alone.sentences], model=model).moves == alone.moves
