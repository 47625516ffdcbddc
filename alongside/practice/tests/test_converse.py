"""A learner talks with somebody: begins, answers, takes a turn again, stops, looks back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.practice import acts
from alongside.practice.models import Attempt, Scenario
from alongside.records import clock


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:
    return acts.begin(ruth, the_rent)


def page_of(attempt: Attempt) -> str:
    return reverse("practice:attempt", args=[attempt.id])


def send(browser, attempt: Attempt, number: int, reply: str):
    return browser.post(reverse("practice:answer", args=[attempt.id]), {"number": number, "reply": reply})


def test_nobody_practises_without_signing_in(as_, attempt):
    for name, args in [("start", []), ("scenario", ["the-rent"]), ("attempt", [attempt.id]), ("debrief", [attempt.id])]:
        answer = as_(None).get(reverse(f"practice:{name}", args=args))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_the_content_note_comes_first_and_not_now_is_an_equal_choice(ruth, as_, the_rent):
    page = as_(ruth).get(reverse("practice:scenario", args=["the-rent"])).text
    assert page.index("short of money") < page.index("Dee is 24") < page.index('<button class="quiet">Begin</button>')
    assert '<a class="button quiet" href="/practice/">Not now</a>' in page


def test_a_learner_begins_answers_and_sees_how_it_landed(ruth, as_, the_rent):
    browser = as_(ruth)
    assert "The rent" in browser.get(reverse("practice:start")).text
    begun = browser.post(reverse("practice:begin", args=["the-rent"]), follow=True)
    assert "rent&#x27;s due friday" in begun.text
    attempt = Attempt.objects.get()
    sent = send(browser, attempt, 1, "Some warmth. And then a fix. Maybe. Hola. Bread.")
    assert (sent.status_code, sent["Location"]) == (302, f"{page_of(attempt)}#turn-1")
    page = browser.get(page_of(attempt)).text
    assert "that was nice. then it turned into the other thing" in page, "her unspoken thought"
    assert "it&#x27;s more that it goes round and round" in page, "her next message"
    assert "Leans in: believes and stays." in page
    assert "You let them know that you believe them" in page
    assert "Pulls back: fixes first." in page
    assert "Would it help to think about what you could do" in page, "a better way"
    assert "Ask first, and advice becomes an offer." in page, "its reason"
    for look in ("in", "back", "unsure", "unrated", "none"):
        assert f'<span class="look-{look}">' in page
    assert "Not sure: this could be read in more than one way." in page
    assert "so it was not rated" in page
    assert "Survivors have not yet reviewed this reading." in page
    assert page.count("I see this differently") == 5


def test_only_the_newest_feedback_is_open(ruth, as_, attempt):
    acts.answer(ruth, attempt.id, 1, "feeling")
    acts.answer(ruth, attempt.id, 2, "choice")
    page = as_(ruth).get(page_of(attempt)).text
    assert page.count('<details class="landed">') == 1
    assert page.count('<details class="landed" open>') == 1
    assert page.count("Take this turn again") == 2


def test_beginning_twice_begins_once_and_again_after_an_answer(ruth, attempt, the_rent):
    assert acts.begin(ruth, the_rent) == attempt
    acts.answer(ruth, attempt.id, 1, "feeling")
    assert acts.begin(ruth, the_rent) != attempt


def test_a_conversation_goes_on_to_its_end_and_the_debrief_looks_back(ruth, as_, attempt):
    browser, number = as_(ruth), 0
    while not Attempt.objects.get(id=attempt.id).ended_at:
        number += 1
        assert number < 50
        send(browser, attempt, number, "A choice. A fix." if number == 2 else "A feeling, warmth.")
    page = browser.get(page_of(attempt)).text
    assert "Here the conversation ends" in page
    assert 'id="reply"' not in page
    look = browser.get(reverse("practice:debrief", args=[attempt.id])).text
    ending = Attempt.objects.get(id=attempt.id).ending
    assert ending
    assert ending.closing.split(".")[0] in look.replace("&#x27;", "'")
    assert '<svg class="chart"' in look
    assert look.count('<circle class="point"') == number + 1
    assert look.count('<th scope="row">') == number
    assert "In turn 2 you wrote:" in look, "the one pull-back is the one thing to try"
    assert "Never came up" in look
    assert "opens a door" in look
    assert "%" not in look.split("<main")[1]


def test_without_a_pull_back_the_debrief_suggests_what_never_came_up(ruth, as_, attempt):
    acts.answer(ruth, attempt.id, 1, "feeling")
    look = as_(ruth).get(reverse("practice:debrief", args=[attempt.id])).text
    assert "Ask one open question" in look
    assert "you wrote:" not in look


def test_a_debrief_before_the_first_reply_says_so(ruth, as_, attempt):
    assert "You have not answered yet" in as_(ruth).get(reverse("practice:debrief", args=[attempt.id])).text


def test_a_turn_is_taken_again_and_both_lines_stay(ruth, as_, attempt):
    for number, reply in enumerate(["A feeling.", "Sheer pity.", "A choice."], 1):
        acts.answer(ruth, attempt.id, number, reply)
    browser = as_(ruth)
    again = browser.post(reverse("practice:take_again", args=[attempt.id, 2]))
    fork = Attempt.objects.get(forked_from=attempt)
    assert again["Location"] == f"{page_of(fork)}#reply"
    page = browser.get(page_of(fork)).text
    assert "Sheer pity.</textarea>" in page, "the earlier words are the start"
    assert "taken again from turn 2" in page
    send(browser, fork, 2, "Your choice.")
    assert [turn.reply for turn in Attempt.objects.get(id=fork.id).answered] == ["A feeling.", "Your choice."]
    assert [turn.reply for turn in Attempt.objects.get(id=attempt.id).answered] == [
        "A feeling.",
        "Sheer pity.",
        "A choice.",
    ]
    assert browser.get(reverse("practice:start")).text.count("Taken again from turn 2") == 1


def test_taking_a_turn_again_twice_makes_one_line(ruth, attempt):
    acts.answer(ruth, attempt.id, 1, "feeling")
    first = acts.take_again(ruth, attempt.id, 1)
    assert acts.take_again(ruth, attempt.id, 1) == first
    acts.stop(ruth, first.id, "typed and not sent")
    assert acts.take_again(ruth, attempt.id, 1) == first
    assert acts.find_attempt(ruth, first.id).draft == "typed and not sent"
    other = acts.take_again(ruth, attempt.id, 1, "other words")
    assert other != first, "words that wait in a line are never written over"
    assert acts.take_again(ruth, attempt.id, 1, "other words") == other
    acts.answer(ruth, other.id, 1, "warmth")
    assert acts.take_again(ruth, attempt.id, 1, "other words") not in (first, other)


def test_a_turn_that_was_never_answered_cannot_be_taken_again(ruth, as_, attempt):
    for number in (0, 1, 7):
        assert as_(ruth).post(reverse("practice:take_again", args=[attempt.id, number])).status_code == 404


def test_she_stops_and_finds_her_unsent_words_when_she_goes_on(ruth, as_, attempt):
    browser = as_(ruth)
    stopped = browser.post(reverse("practice:stop", args=[attempt.id]), {"reply": "I was going to say"})
    assert stopped["Location"] == reverse("practice:debrief", args=[attempt.id])
    assert "stopped, can go on" in browser.get(reverse("practice:start")).text
    page = browser.get(page_of(attempt)).text
    assert "You stopped here." in page
    assert "I was going to say</textarea>" in page
    send(browser, attempt, 1, "A feeling.")
    attempt.refresh_from_db()
    assert (attempt.length, attempt.stopped_at, attempt.draft) == (1, None, "")


def test_an_attempt_keeps_the_version_it_began_with(ruth, as_, attempt, the_rent):
    the_rent.beats[0].value["says"] = "other first words"
    the_rent.save_revision().publish()
    assert "rent&#x27;s due friday" in as_(ruth).get(page_of(attempt)).text
    newer = acts.begin(ruth, Scenario.objects.get(pk=the_rent.pk))
    assert newer.revision_id != attempt.revision_id
    assert "other first words" in as_(ruth).get(page_of(newer)).text


def test_what_is_ruths_is_not_there_for_noor(ruth, noor, as_, attempt):
    acts.answer(ruth, attempt.id, 1, "Some warmth for you alone.")
    browser = as_(noor)
    for name, more in [
        ("attempt", []),
        ("debrief", []),
        ("delete", []),
        ("see_differently", [1, 0]),
    ]:
        assert browser.get(reverse(f"practice:{name}", args=[attempt.id, *more])).status_code == 404
    for name, more in [("answer", []), ("stop", []), ("take_again", [1]), ("delete", []), ("see_differently", [1, 0])]:
        answer = browser.post(reverse(f"practice:{name}", args=[attempt.id, *more]), {"number": 2, "view": "mine"})
        assert answer.status_code == 404
        assert "for you alone" not in answer.text
    assert "The rent" not in browser.get(reverse("practice:start")).text.split('id="yours"')[1]
    assert Attempt.objects.get().length == 1


def test_an_expired_attempt_is_gone_before_the_tick_erases_it(ruth, as_, attempt, monkeypatch):
    later = clock.now() + timedelta(days=181)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(acts.AttemptGoneError):
        acts.find_attempt(ruth, attempt.id)


def test_a_scenario_that_is_not_live_is_not_there(ruth, as_, the_rent):
    the_rent.unpublish()
    browser = as_(ruth)
    assert browser.get(reverse("practice:scenario", args=["the-rent"])).status_code == 404
    assert browser.post(reverse("practice:begin", args=["the-rent"])).status_code == 404
    assert "Dee" not in browser.get(reverse("practice:start")).text
