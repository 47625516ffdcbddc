"""A learner deletes what she practised; what expires is erased by itself."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.practice import acts
from alongside.practice.models import Attempt, DifferentView, Turn
from alongside.records import clock
from conftest import bytes_on_disk

SECRET = "A feeling that only zanzibarquince would write down."
VIEW = "Mandrakepalimpsest is how I see it."


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, SECRET)
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), VIEW)
    return attempt


def nothing_is_kept() -> bool:
    return not any(kind.objects.exists() for kind in (Attempt, Turn, DifferentView))


def test_a_learner_is_asked_once_and_deletes_an_attempt(ruth, as_, attempt):
    browser = as_(ruth)
    asked = browser.get(reverse("practice:delete", args=[attempt.id]))
    assert "cannot be undone" in asked.text
    assert Attempt.objects.exists(), "looking at the question deletes nothing"
    done = browser.post(reverse("practice:delete", args=[attempt.id]), follow=True)
    assert "The conversation is deleted." in done.text
    assert nothing_is_kept()


@pytest.mark.django_db(transaction=True)
def test_a_learner_deletes_an_attempt_and_its_words_are_gone_from_the_file(ruth, attempt):
    for words in ("zanzibarquince", "Mandrakepalimpsest"):
        assert words.encode() in bytes_on_disk()
    acts.delete_attempt(ruth, attempt.id)
    for words in ("zanzibarquince", "Mandrakepalimpsest"):
        assert words.encode() not in bytes_on_disk()


@pytest.mark.django_db(transaction=True)
def test_what_she_sees_differently_said_anew_leaves_nothing_of_what_she_said_before(ruth, attempt):
    assert b"Mandrakepalimpsest" in bytes_on_disk()
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "Otherwise.")
    assert b"Mandrakepalimpsest" not in bytes_on_disk()


@pytest.mark.django_db(transaction=True)
def test_words_she_had_not_sent_are_gone_when_she_sends_others(ruth, attempt):
    acts.stop(ruth, attempt.id, "Quagmirelullaby.")
    assert b"Quagmirelullaby" in bytes_on_disk()
    acts.stop(ruth, attempt.id, "Thistlegossamer.")
    assert b"Quagmirelullaby" not in bytes_on_disk()
    acts.answer(ruth, attempt.id, 2, "warmth")
    assert b"Thistlegossamer" not in bytes_on_disk()


def test_words_that_are_copied_into_another_line_are_erased_on_their_own_day(ruth, the_rent, attempt):
    acts.answer(ruth, attempt.id, 2, "warmth")
    Attempt.objects.filter(id=attempt.id).update(expires_at=clock.now() + timedelta(days=2))
    again = acts.take_again(ruth, attempt.id, 2)
    once_more = acts.take_again(ruth, again.id, 1, "Other words.")
    assert Turn.objects.filter(reply=SECRET).count() == 2
    call_command("tick", "--at", (clock.now() + timedelta(days=2, minutes=1)).isoformat(), verbosity=0)
    assert not Turn.objects.exists()
    assert not Attempt.objects.filter(id__in=(again.id, once_more.id)).exists()


def test_the_page_says_how_long_what_she_sees_differently_is_kept(ruth, as_, attempt):
    page = as_(ruth).get(reverse("practice:see_differently", args=[attempt.id, 1, 0])).text
    assert "erased 180 days after you first send it, even if the conversation is erased sooner" in page
    first = DifferentView.objects.get().expires_at
    Attempt.objects.update(expires_at=clock.now() + timedelta(days=3))
    again = acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "Otherwise.")
    assert again.expires_at == first
    assert abs(first - clock.now() - timedelta(days=180)) < timedelta(minutes=1)


def test_a_line_taken_again_stays_and_she_is_told(ruth, as_, attempt):
    acts.answer(ruth, attempt.id, 2, "warmth")
    fork = acts.take_again(ruth, attempt.id, 2)
    assert "stays until you delete it as well" in as_(ruth).get(reverse("practice:delete", args=[attempt.id])).text
    acts.delete_attempt(ruth, attempt.id)
    fork = acts.find_attempt(ruth, fork.id)
    assert (fork.forked_from, fork.forked_at, fork.length) == (None, 2, 1)
    assert as_(ruth).get(reverse("practice:attempt", args=[fork.id])).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_tick_erases_what_has_expired_and_nothing_else(ruth, the_rent, attempt):
    younger = Attempt.objects.create(
        learner=ruth, scenario=the_rent, revision=attempt.revision, expires_at=clock.now() + timedelta(days=300)
    )
    assert abs(attempt.expires_at - attempt.started_at - timedelta(days=180)) < timedelta(seconds=1)
    day_before = clock.now() + timedelta(days=179)
    call_command("tick", "--at", day_before.isoformat(), verbosity=0)
    assert Attempt.objects.count() == 2
    for _ in range(2):
        call_command("tick", "--at", (day_before + timedelta(days=2)).isoformat(), verbosity=0)
        assert list(Attempt.objects.all()) == [younger]
        assert not Turn.objects.exists()
        assert not DifferentView.objects.exists()
    assert b"zanzibarquince" not in bytes_on_disk()


def test_what_she_saw_differently_outlives_an_attempt_that_expires_before_it(ruth, attempt):
    DifferentView.objects.update(expires_at=clock.now() + timedelta(days=200))
    assert acts.erase_expired(clock.now() + timedelta(days=181)) == 1
    view = DifferentView.objects.get()
    assert (view.turn, view.text, view.shown) == (None, SECRET, ["feeling"])
    assert acts.erase_expired(clock.now() + timedelta(days=201)) == 1


def test_deleting_the_account_takes_everything_along(ruth, attempt):
    acts.take_again(ruth, attempt.id, 1)
    ruth.delete()
    assert nothing_is_kept()
