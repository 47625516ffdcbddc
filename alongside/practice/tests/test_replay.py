"""Whatever is replied, nothing breaks, and the stored turns tell the stored story."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.core.rating import Move
from alongside.core.story import replay
from alongside.practice import acts
from alongside.practice.models import Attempt

WORDS = [*(move.value for move in Move), "maybe", "hola", "bread", "lol 😀", "\x00"]
REPLIES = st.lists(st.sampled_from(WORDS), max_size=4).map(". ".join)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.integers(-1, 1), REPLIES),
        st.tuples(st.just("again"), st.integers(0, 6), st.none() | REPLIES),
        st.tuples(st.just("stop"), st.just(0), REPLIES),
    ),
    max_size=20,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_any_sequence_of_deeds_leaves_turns_that_replay_to_the_stored_state(ruth, the_rent, deeds):
    Attempt.objects.all().delete()
    attempt = acts.begin(ruth, the_rent)
    for deed, number, words in deeds:
        try:
            if deed == "answer":
                length = Attempt.objects.get(id=attempt.id).length
                acts.answer(ruth, attempt.id, length + 1 + number, words)
            elif deed == "again":
                attempt = acts.take_again(ruth, attempt.id, number, words)
            else:
                acts.stop(ruth, attempt.id, words)
        except acts.NotAnsweredError:
            continue
    for each in Attempt.objects.all():
        check(each)


def check(attempt: Attempt) -> None:
    turns = attempt.answered
    assert [turn.number for turn in turns] == list(range(1, attempt.length + 1))
    steps = replay(attempt.story, [turn.reading.moves for turn in turns])
    for turn, step in zip(turns, steps, strict=True):
        assert (turn.state, turn.change, turn.thought, turn.said_next) == (
            step.state,
            step.change.value,
            step.thought,
            step.says,
        )
        for sentence in turn.reading.sentences:
            assert turn.reply[sentence.start : sentence.end] == sentence.text
    assert (attempt.ended_at is not None) == (attempt.state.ended is not None)
    if attempt.forked_from and attempt.forked_at:
        shared = attempt.forked_at - 1
        assert [turn.reply for turn in turns[:shared]] == [turn.reply for turn in attempt.forked_from.answered[:shared]]


@pytest.mark.parametrize("move", Move)
def test_every_move_is_shown_with_its_words(ruth, as_, the_rent, move):
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, f"This is {move.value}.")
    for page in ("", "debrief/", "differently/1/0/"):
        answer = as_(ruth).get(f"/practice/{attempt.id}/{page}")
        assert answer.status_code == 200
        assert move.words.name in answer.text.replace("&#x27;", "'")
