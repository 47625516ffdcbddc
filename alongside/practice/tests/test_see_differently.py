"""A learner sees the reading of a sentence differently, and says so."""

import pytest
from django.urls import reverse

from alongside.practice import acts
from alongside.practice.models import Attempt, DifferentView


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, "I can see that. You should fix it.")
    return attempt


def test_the_page_says_first_who_will_read_it(ruth, as_, attempt):
    page = as_(ruth).get(reverse("practice:see_differently", args=[attempt.id, 1, 1])).text
    assert page.index("The survivor leaders of this organisation will read") < page.index("You should fix it.")
    assert page.index("You should fix it.") < page.index('name="view"')
    assert "I can see that." not in page
    assert "Pulls back: fixes first." in page


def test_a_view_is_kept_with_the_sentence_it_is_about(ruth, as_, attempt):
    address = reverse("practice:see_differently", args=[attempt.id, 1, 1])
    given = as_(ruth).post(address, {"view": "I was asked for it.", "moves": ["help", "choice"]}, follow=True)
    assert "Survivor leaders will read how you see it." in given.text
    view = DifferentView.objects.get()
    assert view.turn
    assert (view.learner, view.turn.number, view.sentence, view.text) == (ruth, 1, 1, "You should fix it.")
    assert (view.view, view.shown, view.moves) == ("I was asked for it.", ["fix"], ["help", "choice"])
    assert view.disclosure.startswith("hey, it's dee")
    assert view.model == "key words"


def test_said_again_it_replaces_what_was_said_and_can_be_taken_back(ruth, as_, attempt):
    browser, address = as_(ruth), reverse("practice:see_differently", args=[attempt.id, 1, 1])
    for words in ("first", "second", "second"):
        browser.post(address, {"view": words})
    assert DifferentView.objects.get().view == "second"
    assert "second</textarea>" in browser.get(address).text
    back = browser.post(address, {"view": "second", "take_back": "1"}, follow=True)
    assert "is deleted" in back.text
    assert not DifferentView.objects.exists()


def test_an_empty_view_or_an_invented_move_is_refused_with_the_words_kept(ruth, as_, attempt):
    browser, address = as_(ruth), reverse("practice:see_differently", args=[attempt.id, 1, 1])
    assert browser.post(address, {"view": " "}).status_code == 422
    odd = browser.post(address, {"view": "my words", "moves": ["shrug"]})
    assert odd.status_code == 422
    assert "my words</textarea>" in odd.text
    assert not DifferentView.objects.exists()


def test_a_sentence_that_is_not_there_is_not_there(ruth, as_, attempt):
    for number, sentence in ((1, 2), (2, 0), (0, 0), (1, 99)):
        address = reverse("practice:see_differently", args=[attempt.id, number, sentence])
        assert as_(ruth).get(address).status_code == 404


def test_what_she_sees_differently_is_marked_in_the_conversation(ruth, as_, attempt):
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 1), "I was asked for it.")
    page = as_(ruth).get(f"/practice/{attempt.id}/").text
    assert page.count("I see this differently") == 1
    assert page.count("You see this differently") == 1


def test_a_move_is_explained_once_in_a_reply_and_then_only_named(ruth, as_, the_rent):
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, "A fix. Another fix. And pity.")
    page = as_(ruth).get(f"/practice/{attempt.id}/").text
    assert page.count("fixes first") == 2
    assert page.count("Another way:") == 2
