"""A learner shows one practice to the desk; who opens it is told to her, and she can take it back."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.people.acts import Refused
from alongside.people.readiness import requirements_of, who_know
from alongside.practice import acts
from alongside.practice.models import Attempt, PracticeRead
from alongside.practice.showing import shown_practice
from alongside.records import clock
from alongside.records.models import Entry, Tombstone, Verb


def practised(learner, scenario, replies: int = 3) -> Attempt:
    attempt = acts.begin(learner, scenario)
    for number in range(1, replies + 1):
        acts.answer(learner, attempt.id, number, "warmth")
    return acts.find_attempt(learner, attempt.id)


def asked_of(learner):
    (requirement,) = [each for each in requirements_of(learner) if each.name == "shown practice"]
    return requirement


def test_a_learner_shows_a_practice_and_is_told_who_reads_it(as_, ruth, the_rent):
    attempt = practised(ruth, the_rent)
    browser = as_(ruth)
    debrief = reverse("practice:debrief", args=[attempt.id])
    assert "The coordinators and survivor leaders who decide with you" in browser.get(debrief).text
    done = browser.post(reverse("practice:show", args=[attempt.id]), follow=True)
    assert "The desk can read this conversation now." in done.text
    assert "You have shown this conversation to the desk since" in done.text
    assert shown_practice(ruth) == attempt
    assert "shown to the desk" in browser.get(reverse("practice:start")).text


def test_she_takes_it_back_and_a_backup_does_not_bring_it_back(as_, ruth, the_rent):
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    done = as_(ruth).post(reverse("practice:show_no_more", args=[attempt.id]), follow=True)
    assert "Only you can read this conversation now." in done.text
    assert shown_practice(ruth) is None
    assert Tombstone.objects.get().fields == "shown_at"
    acts.show_no_more(ruth, attempt.id)
    assert Tombstone.objects.count() == 1, "there was nothing to take back any more"


def test_one_at_a_time_is_shown(as_, ruth, the_rent):
    first, second = practised(ruth, the_rent), practised(ruth, the_rent)
    acts.show_to_desk(ruth, first.id)
    assert "Show this one instead" in as_(ruth).get(reverse("practice:debrief", args=[second.id])).text
    acts.show_to_desk(ruth, second.id)
    assert shown_practice(ruth) == second
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=first.pk).update(shown_at=clock.now())


def test_a_second_click_changes_nothing(ruth, the_rent):
    attempt = practised(ruth, the_rent)
    since = acts.show_to_desk(ruth, attempt.id).shown_at
    assert acts.show_to_desk(ruth, attempt.id).shown_at == since
    assert not Tombstone.objects.exists()


def test_what_is_too_short_is_not_shown_and_she_is_told_what_to_do(as_, ruth, the_rent):
    attempt = practised(ruth, the_rent, replies=2)
    done = as_(ruth).post(reverse("practice:show", args=[attempt.id]), follow=True)
    assert "Answer at least three times" in done.text
    assert "once you have answered three times" in done.text
    assert shown_practice(ruth) is None


def test_nobody_shows_what_is_not_hers(as_, ruth, noor, the_rent):
    attempt = practised(ruth, the_rent)
    for verb in ("show", "show_no_more"):
        assert as_(noor).post(reverse(f"practice:{verb}", args=[attempt.id])).status_code == 404


def test_the_desk_opens_it_and_she_sees_who_did(as_, ruth, cora, marisol, the_rent):
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    first = acts.note_read(attempt, cora)
    assert acts.note_read(attempt, cora) == first
    acts.note_read(attempt, marisol)
    page = as_(ruth).get(reverse("practice:debrief", args=[attempt.id])).text
    assert "Opened by Cora on" in page
    assert "Opened by Marisol on" in page
    opened = Entry.objects.filter(verb=Verb.PRACTICE_OPENED).values_list("actor", "subject")
    assert list(opened) == [(marisol.pk, ruth.pk), (cora.pk, ruth.pk)]
    marisol.delete()
    assert "Opened by somebody of the desk on" in as_(ruth).get(reverse("practice:debrief", args=[attempt.id])).text
    (kept,) = acts.export(ruth)["conversations"]
    assert kept["shown_to_the_desk_since"]
    assert [read["by"] for read in kept["opened_by_the_desk"]] == ["Cora", None]


def test_nobody_else_opens_it(ruth, noor, cora, make_account, the_rent):
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    without_factor = make_account("cleo", "coordinator", second_factor=False)
    for person in (ruth, noor, without_factor):
        with pytest.raises(Refused):
            acts.note_read(attempt, person)
    own = acts.show_to_desk(cora, practised(cora, the_rent).id)
    with pytest.raises(Refused):
        acts.note_read(own, cora)
    acts.show_no_more(ruth, attempt.id)
    with pytest.raises(acts.AttemptGoneError):
        acts.note_read(attempt, cora)
    assert not PracticeRead.objects.exists()


def test_readiness_asks_for_it_and_knows_who_has_read_it(ruth, cora, the_rent):
    assert (asked_of(ruth).is_met, str(asked_of(ruth).url)) == (False, reverse("practice:start"))
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    assert asked_of(ruth).is_met
    acts.note_read(attempt, cora)
    assert asked_of(ruth).read_by == {cora.pk}
    assert who_know(ruth, requirements_of(ruth)) == set(), "she has not talked with her"
    acts.show_no_more(ruth, attempt.id)
    assert not asked_of(ruth).is_met


def test_what_is_shown_expires_as_it_would_have(ruth, cora, the_rent, monkeypatch):
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    acts.note_read(attempt, cora)
    after = attempt.expires_at + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    assert shown_practice(ruth) is None
    with pytest.raises(acts.AttemptGoneError):
        acts.note_read(attempt, cora)
    call_command("tick", verbosity=0)
    assert not PracticeRead.objects.exists()


def test_what_she_deletes_is_shown_no_more(ruth, the_rent):
    attempt = acts.show_to_desk(ruth, practised(ruth, the_rent).id)
    acts.delete_attempt(ruth, attempt.id)
    assert shown_practice(ruth) is None
    assert not asked_of(ruth).is_met
