"""*Did you feel judged?* One tap, seldom; the desk sees numbers of five people, and no one's own."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.conversations import acts, judged
from alongside.conversations.judged import STAYS_NAMED, count_what_was_answered, for_the_desk, is_asked_judged
from alongside.conversations.models import Answer, Conversation, Felt, JudgedCrowd, JudgedOften
from alongside.people import acts as people
from alongside.people.boxes import unbox
from alongside.records import clock
from alongside.records.erasure import erase_expired
from tests.cast import survivor_opener

ASKED = "Did you feel judged?"
MONTH = timedelta(days=31)


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def page_of(talk) -> str:
    return reverse("talk:conversation", args=[talk.pk])


@pytest.fixture
def later(amal, talk):
    """Two weeks later, on the 20th: Amal has written, and Wren said that nothing made her uneasy."""
    acts.send(amal, talk, "How was your week?", uuid4())
    Conversation.objects.update(is_asked_uneasy=True, began_at=clock.now())
    moment = (clock.now() + timedelta(days=45)).replace(day=20)
    with clock.moved_to(moment):
        yield moment


@pytest.fixture
def converse(amal, bea, offer):
    """Let somebody new talk with an ally, and answer: ``converse(amal, Felt.NO)``. Gives the conversation."""

    def answer(ally, felt, month=date(2026, 3, 1), her=None) -> Conversation:
        her = her or survivor_opener()
        talk = acts.begin(ally, offer(her, ally).pk)
        Answer.objects.create(conversation=talk, boxed=judged.boxed(talk, felt), month=month)
        acts.end(her, talk)  # so that the ally has room for the next
        return talk

    return answer


def count(moment=None) -> None:
    count_what_was_answered(moment or clock.now())


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_she_is_asked_after_a_while_and_taps_and_is_not_asked_again_that_month_nor_the_next(wren, talk, as_her, later):
    browser = as_her(wren)
    assert ASKED in text_of(browser.get(page_of(talk)))
    after = browser.post(reverse("talk:judged", args=[talk.pk]), {"felt": "l"}, follow=True)
    assert "Thank you" in text_of(after)
    assert ASKED not in text_of(after)
    answer = Answer.objects.get()
    assert answer.month == later.date().replace(day=1)
    assert unbox("felt judged", answer.boxed, whose=talk.pk) == Felt.A_LITTLE
    next_month = (later + timedelta(days=15)).replace(day=1)
    month_after = (next_month + timedelta(days=35)).replace(day=1)
    for moment, is_asked in ((next_month, False), (month_after - timedelta(days=1), False), (month_after, True)):
        with clock.moved_to(moment):
            assert is_asked_judged(talk) is is_asked


def test_she_is_not_asked_at_once_nor_when_nobody_answered_her(wren, amal, talk):
    with clock.moved_to(clock.now() + timedelta(days=20)):
        assert not is_asked_judged(talk), "only she has written"
    acts.send(amal, talk, "Hello.", uuid4())
    assert not is_asked_judged(talk)
    with clock.moved_to(clock.now() + timedelta(days=20)):
        assert is_asked_judged(talk)


def test_no_two_questions_at_once(wren, talk, as_her, later):
    Conversation.objects.update(is_asked_uneasy=False)
    page = text_of(as_her(wren).get(page_of(talk)))
    assert "uneasy" in page
    assert ASKED not in page


def test_to_say_nothing_looks_like_any_answer(wren, talk, later):
    acts.say_judged(wren, talk, Felt.NOT_SAID)
    assert not is_asked_judged(talk)
    sizes = {len(judged.boxed(talk, felt)) for felt in Felt}
    assert len(sizes) == 1
    assert {len(felt.value) for felt in Felt} == {1}


def test_two_taps_are_one_answer_and_nobody_taps_for_her(wren, lark, amal, talk, as_her, later):
    assert acts.say_judged(wren, talk, Felt.NO)
    assert not acts.say_judged(wren, talk, Felt.YES)
    Answer.objects.all().delete()
    for opener in (lark, amal):
        assert not acts.say_judged(opener, talk, Felt.YES)
    here = reverse("talk:judged", args=[talk.pk])
    assert as_her(lark).post(here, {"felt": "y"}).status_code == 404
    assert as_her(wren).post(here, {"felt": "nonsense"}).status_code == 302
    assert not Answer.objects.exists()


def test_it_goes_with_the_conversation(wren, talk, later):
    acts.say_judged(wren, talk, Felt.YES)
    acts.delete_conversation(wren, talk)
    assert not Answer.objects.exists()


# --- Numbers ----------------------------------------------------------------------------------------------------------


def test_four_people_are_not_shown_however_long_one_waits(amal, converse):
    for _ in range(4):
        converse(amal, Felt.YES)
    count()
    assert for_the_desk() == judged.ForTheDesk((), ())
    assert not JudgedCrowd.objects.exists()


def test_five_are_shown_as_numbers_of_their_month_when_it_is_over(amal, bea, converse):
    for felt in (Felt.NO, Felt.NO, Felt.NO, Felt.A_LITTLE, Felt.YES):
        converse(amal if felt is Felt.NO else bea, felt)
    count()
    (month,) = for_the_desk().months
    assert (month.month, month.no, month.a_little, month.yes, month.people) == (date(2026, 3, 1), 3, 1, 1, 5)
    count()
    assert for_the_desk().months == (month,), "safe to run twice"


def test_nothing_shows_within_the_month_itself(amal, converse):
    now = clock.now()
    for _ in range(6):
        converse(amal, Felt.NO, month=now.date().replace(day=1))
    count(now)
    assert not JudgedCrowd.objects.exists()
    count(now + MONTH)
    assert JudgedCrowd.objects.count() == 1


def test_one_more_answer_changes_nothing_until_there_are_five_more(amal, converse):
    for _ in range(5):
        converse(amal, Felt.NO)
    count()
    shown = for_the_desk().months
    for _ in range(4):
        converse(amal, Felt.YES)
        count()
        assert for_the_desk().months == shown
    converse(amal, Felt.YES)
    count()
    assert sum(month.people for month in for_the_desk().months) == 10


def test_who_answers_often_is_one_person(wren, amal, bea, converse):
    for month in range(1, 7):
        converse(amal if month % 2 else bea, Felt.YES, month=date(2026, month, 1), her=wren)
    count()
    assert for_the_desk() == judged.ForTheDesk((), ())


def test_who_says_nothing_is_in_no_number(amal, converse):
    for felt in (*[Felt.NO] * 4, *[Felt.NOT_SAID] * 5):
        converse(amal, felt)
    count()
    assert not JudgedCrowd.objects.exists()
    assert Answer.objects.filter(is_counted=True).count() == 5


def test_the_numbers_stay_when_somebody_of_them_deletes_everything(amal, converse):
    talks = [converse(amal, Felt.NO) for _ in range(5)]
    count()
    shown = for_the_desk()
    people.delete_everything(talks[0].survivor)
    count()
    assert for_the_desk() == shown


def test_an_answer_of_another_server_is_no_answer(amal, converse):
    for _ in range(5):
        converse(amal, Felt.NO)
    Answer.objects.filter(pk=Answer.objects.first().pk).update(boxed=b"\0" * 43)  # type: ignore[union-attr]
    count()
    assert not JudgedCrowd.objects.exists()


# --- An ally is named -------------------------------------------------------------------------------------------------


def test_an_ally_is_named_by_five_different_people_and_not_by_four(amal, bea, converse):
    for felt in (Felt.YES, Felt.A_LITTLE, Felt.YES, Felt.A_LITTLE):
        converse(amal, felt)
    for _ in range(9):
        converse(bea, Felt.NO)
    count()
    assert for_the_desk().allies == ()
    converse(amal, Felt.YES)
    count()
    assert for_the_desk().allies == (amal.user,)


def test_one_person_names_nobody(wren, amal, converse):
    for month in range(1, 9):
        converse(amal, Felt.YES, month=date(2026, month, 1), her=wren)
    count()
    assert for_the_desk().allies == ()


def test_the_newest_of_what_somebody_answers_stands(amal, converse):
    talks = [converse(amal, Felt.YES, month=date(2026, 1, 1)) for _ in range(5)]
    Answer.objects.create(conversation=talks[0], boxed=judged.boxed(talks[0], Felt.NO), month=date(2026, 3, 1))
    count()
    assert for_the_desk().allies == ()


def test_a_name_stays_for_a_while_whoever_takes_an_answer_back(amal, converse):
    talks = [converse(amal, Felt.YES) for _ in range(5)]
    count()
    people.delete_everything(talks[0].survivor)
    count()
    assert for_the_desk().allies == (amal.user,)
    with clock.moved_to(clock.now() + STAYS_NAMED + timedelta(minutes=1)):
        assert for_the_desk().allies == ()
        erase_expired(clock.now())
    assert not JudgedOften.objects.exists()


def test_an_ally_who_has_left_is_not_named(amal, converse):
    for _ in range(5):
        converse(amal, Felt.YES)
    people.leave(amal.user)
    count()
    assert for_the_desk().allies == ()
