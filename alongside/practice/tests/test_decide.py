"""A survivor leader decides about what a learner saw differently, and the learner sees what became of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from alongside.core.rating import Move, Rating, Sentence, Stance, Verdict
from alongside.people.acts import Refused
from alongside.people.models import SURVIVOR_LEADER
from alongside.practice import acts
from alongside.practice.models import Attempt, DifferentView, Turn
from alongside.practice.reading import reading_from_data, reading_to_data
from alongside.records.models import Entry
from alongside.review import correcting, rating
from alongside.review.correcting import LeadersView
from alongside.review.models import Correction

SENTENCE = "Have you thought about asking your landlord for more time?"
NEARLY = "Have you thought about asking your landlord for a bit more time?"
OTHER = "I'm glad it's me you told tonight."
HELP = LeadersView([Move.CHOICE, Move.HELP], "She was asked for ideas, and can turn it down.")
DECIDED = "This reading follows a decision by a survivor leader of this organisation."


@pytest.fixture(autouse=True)
def _with_the_model(monkeypatch):
    """Here it matters where sentences stand in the model's own space."""
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", rating.rate)


@pytest.fixture
def vera(make_account):
    """Another survivor leader."""
    return make_account("vera", SURVIVOR_LEADER)


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, f"{SENTENCE} {OTHER}")
    return attempt


@pytest.fixture
def view(ruth, attempt) -> DifferentView:
    return acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "She asked me.", [Move.HELP])


def read_anew(learner, scenario, reply: str) -> Rating:
    attempt = acts.begin(learner, scenario)
    return acts.answer(learner, attempt.id, 1, reply).reading


def test_after_the_decision_the_same_reply_follows_at_once_a_near_one_too_and_a_different_one_does_not(
    marisol, noor, the_rent, view
):
    correction = acts.decide(view.id, marisol, HELP)
    for reply in (SENTENCE, NEARLY):
        (read,) = read_anew(noor, the_rent, reply).sentences
        assert (read.moves, read.decision) == ((Move.CHOICE, Move.HELP), str(correction.pk))
    assert read_anew(noor, the_rent, OTHER).sentences[0].decision == ""
    assert [entry.subject for entry in Entry.objects.filter(verb="correction_made")] == [correction.pk]


def test_the_page_says_whose_view_it_is_and_who_disagrees(marisol, vera, noor, as_, the_rent, view):
    correction = acts.decide(view.id, marisol, HELP)
    attempt = acts.begin(noor, the_rent)
    acts.answer(noor, attempt.id, 1, f"{SENTENCE} {OTHER}")
    address = reverse("practice:attempt", args=[attempt.id])
    page = as_(noor).get(address).text
    assert page.count(DECIDED) == 1
    assert "She was asked for ideas, and can turn it down." in page
    assert "Marisol" not in page
    correcting.disagree(vera, correction.pk, LeadersView([Move.FIX], "It runs ahead of her.", named=True))
    page = as_(noor).get(address).text
    assert "Seen differently by Vera: <strong>fixes first</strong>" in page
    assert "It runs ahead of her." in page


def test_withdrawn_the_model_reads_again_and_what_was_read_meanwhile_says_so(marisol, noor, as_, the_rent, view):
    before = Turn.objects.get().reading.sentences[0]
    correction = acts.decide(view.id, marisol, HELP)
    attempt = acts.begin(noor, the_rent)
    acts.answer(noor, attempt.id, 1, SENTENCE)
    correcting.withdraw(marisol, correction.pk)
    assert read_anew(noor, the_rent, f"{SENTENCE} {OTHER}").sentences[0].moves == before.moves
    page = as_(noor).get(reverse("practice:attempt", args=[attempt.id])).text
    assert "This reading followed a decision by a survivor leader of this organisation. It was withdrawn since." in page
    correcting.delete_correction(marisol, correction.pk)
    page = as_(noor).get(reverse("practice:attempt", args=[attempt.id])).text
    assert "which was deleted since." in page


def test_the_learner_sees_at_her_turn_what_was_decided(ruth, marisol, as_, attempt, view):
    addresses = [
        reverse("practice:attempt", args=[attempt.id]),
        reverse("practice:see_differently", args=[attempt.id, 1, 0]),
    ]
    acts.decide(view.id, marisol, LeadersView([Move.HELP], "She was asked.", named=True))
    for address in addresses:
        page = as_(ruth).get(address).text
        assert "Survivor leaders have read how you see this sentence." in page
        assert "Decided by Marisol: <strong>offers help</strong>" in page
        assert "She was asked." in page


def test_the_learner_sees_at_her_turn_that_the_reading_was_left_and_why(ruth, marisol, as_, attempt, view):
    acts.decline(view.id, marisol, "It came before she asked.")
    page = as_(ruth).get(reverse("practice:attempt", args=[attempt.id])).text
    assert "left the reading as it is." in page
    assert "It came before she asked." in page
    assert not Correction.objects.exists()
    assert Entry.objects.get(verb="view_declined").subject == view.pk


def test_what_was_said_again_waits_again(ruth, marisol, attempt, view):
    acts.decline(view.id, marisol, "It came before she asked.")
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "She did ask.")
    assert [each.decision_why for each in DifferentView.objects.waiting()] == [""]


def test_a_view_is_settled_once(ruth, marisol, vera, attempt, view):
    acts.decide(view.id, marisol, HELP)
    for settle in (lambda: acts.decide(view.id, vera, HELP), lambda: acts.decline(view.id, vera, "no")):
        with pytest.raises(Refused, match="another survivor leader was faster"):
            settle()
    assert Correction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_decide_at_the_same_moment_one_is_refused(marisol, vera, view):
    def settle(leader) -> str:
        try:
            acts.decide(view.id, leader, HELP)
        except Refused:
            return "refused"
        else:
            return "decided"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as leaders:
        assert sorted(leaders.map(settle, [marisol, vera])) == ["decided", "refused"]
    assert Correction.objects.count() == 1


def test_neither_learners_nor_coordinators_settle_a_view(ruth, cora, view):
    for who in (ruth, cora):
        with pytest.raises(Refused, match="Only survivor leaders"):
            acts.decide(view.id, who, HELP)
        with pytest.raises(Refused, match="Only survivor leaders"):
            acts.decline(view.id, who, "no")
    assert DifferentView.objects.get().decision == DifferentView.Decision.WAITING


def test_the_decision_stays_without_the_learner_when_her_practice_is_erased(ruth, marisol, noor, the_rent, view):
    acts.decide(view.id, marisol, HELP)
    acts.delete_attempt(ruth, view.turn.attempt_id)
    ruth.delete()
    kept = Correction.objects.get()
    assert (kept.text, kept.leader) == (SENTENCE, marisol)
    assert OTHER not in kept.text + kept.disclosure
    assert read_anew(noor, the_rent, SENTENCE).moves == {Move.CHOICE, Move.HELP}


def test_the_page_says_before_she_gives_it_what_is_kept_with_a_decision(ruth, as_, attempt):
    page = as_(ruth).get(reverse("practice:see_differently", args=[attempt.id, 1, 0])).text
    told = page.index("kept with her decision, without your name, also after what you practised is erased")
    assert told < page.index('name="view"')


def test_what_became_of_a_view_is_in_the_learners_export(ruth, marisol, view):
    acts.decide(view.id, marisol, HELP)
    (conversation,) = acts.export(ruth)["conversations"]
    (said,) = conversation["turns"][0]["seen_differently"]
    assert (said["decision"], said["decided_moves"], said["decision_why"]) == ("decided", ["choice", "help"], HELP.why)


def test_a_reading_that_was_kept_before_there_were_decisions_is_still_read():
    sentence = Sentence("Ok.", 0, 3, (), {Move.FLAT: 0.2}, Verdict.RATED, "an id")
    old = reading_to_data(Rating((sentence,), Stance.NEUTRAL, "1"))
    assert reading_from_data(old).sentences[0].decision == "an id"
    del old["sentences"][0]["decision"]
    assert reading_from_data(old).sentences[0].decision == ""
