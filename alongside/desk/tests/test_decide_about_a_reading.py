"""A survivor leader at the desk: what learners saw differently, decisions in force, and one from scratch."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from alongside.core.rating import ModelUnavailableError, Move
from alongside.people.models import SURVIVOR_LEADER
from alongside.practice.models import DifferentView
from alongside.records import clock
from alongside.records.models import Entry
from alongside.review import correcting, rating
from alongside.review.correcting import LeadersView
from alongside.review.models import Correction, Disagreement

pytestmark = pytest.mark.usefixtures("db")

TOLD = "rent's due friday. i'm 310 short"
SENTENCE = "Have you thought about asking your landlord for more time?"
HELP = LeadersView([Move.CHOICE, Move.HELP], "She was asked for ideas.")
SAYS = {"moves": ["choice", "help"], "why": "She was asked for ideas.", "decide": "1"}


@pytest.fixture
def vera(make_account):
    """Another survivor leader."""
    return make_account("vera", SURVIVOR_LEADER)


@pytest.fixture
def view(ruth) -> DifferentView:
    return DifferentView.objects.create(
        learner=ruth,
        sentence=0,
        text="You poor thing.",
        disclosure="I went back to work last night.",
        shown=["pity"],
        moves=["warmth"],
        model="tests",
        view="My grandmother says it, and it is warm.",
    )


@pytest.fixture
def correction(marisol) -> Correction:
    return correcting.correct(marisol, TOLD, SENTENCE, HELP)


def settle(client, view, **data):
    return client.post(reverse("desk:decide", args=[view.pk]), data)


# --- What learners saw differently ----------------------------------------------------------------------------------


def test_she_reads_a_view_without_a_name(as_, marisol, ruth, view):
    for address in (reverse("desk:seen_differently"), reverse("desk:decide", args=[view.pk])):
        page = as_(marisol).get(address).text
        for words in ("You poor thing.", "I went back to work last night.", "My grandmother says", "looks down kindly"):
            assert words in page
        assert "believes and stays" in page
        assert "Survivors" in page, "and that survivors have not validated the reading"
        for name in (ruth.email, "Ruth", str(ruth.pk)):
            assert name not in page


def test_she_decides_and_the_view_waits_no_longer(as_, marisol, view):
    answer = settle(as_(marisol), view, moves=["warmth"], why="It can be warm.", decide="1")
    assert answer.url == reverse("desk:seen_differently")
    view.refresh_from_db()
    assert (view.decision, view.correction.moves, view.correction.leader) == ("decided", ["warmth"], marisol)
    client = as_(marisol)
    assert "You poor thing" not in client.get(answer.url).text
    decided = client.get(f"{answer.url}?show=decided").text
    assert "It can be warm." in decided
    assert reverse("desk:correction", args=[view.correction_id]) in decided


def test_she_leaves_a_reading_as_it_is_and_says_why_whatever_moves_she_had_chosen(as_, marisol, view):
    settle(as_(marisol), view, moves=["warmth", "neither"], why="It looks down on them.", decline="1")
    view.refresh_from_db()
    assert (view.decision, view.decision_why, view.correction) == ("declined", "It looks down on them.", None)
    assert "It looks down on them." in as_(marisol).get(reverse("desk:seen_differently"), {"show": "declined"}).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"why": "It is warm."}, "Choose what the sentence does"),
        ({"why": "It is warm.", "moves": ["warmth", "neither"]}, "Keep the one or the other"),
        ({"moves": ["warmth"], "why": " ", "named": "on"}, "Say why"),
        ({"moves": ["warmth"], "why": "x" * 2001}, "at most 2000"),
        ({"moves": ["warmth"], "decline": "1"}, "Say why"),
    ],
)
def test_what_is_amiss_is_said_and_nothing_that_was_typed_is_lost(as_, marisol, view, data, says):
    answer = settle(as_(marisol), view, **data)
    assert answer.status_code == 422
    assert says in answer.text
    assert data.get("why", "").strip() in answer.text
    for move in data.get("moves", []):
        assert f'value="{move}" checked' in answer.text
    view.refresh_from_db()
    assert view.decision == "waiting"


def test_that_it_does_neither_is_a_decision_too(as_, marisol, view):
    settle(as_(marisol), view, moves=["neither"], why="It does nothing.", decide="1")
    view.refresh_from_db()
    assert view.correction.moves == []


def test_whoever_comes_second_keeps_her_words(as_, marisol, vera, view):
    settle(as_(vera), view, why="It stays.", decline="1")
    answer = settle(as_(marisol), view, moves=["warmth"], why="My long thought.", decide="1")
    assert answer.status_code == 409
    for words in ("another survivor leader was faster", "My long thought.", "It stays."):
        assert words in answer.text
    assert not Correction.objects.exists()


def test_a_view_that_is_gone_is_not_there_and_words_about_it_come_back(as_, marisol, view):
    DifferentView.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    client = as_(marisol)
    assert "You poor thing" not in client.get(reverse("desk:seen_differently")).text
    assert client.get(reverse("desk:decide", args=[view.pk])).status_code == 404
    answer = settle(client, view, why="My long thought.", decline="1")
    assert (answer.status_code, "My long thought." in answer.text) == (404, True)


def test_when_her_session_has_ended_her_words_come_back(view):
    answer = settle(Client(), view, why="My long thought.", decline="1")
    assert (answer.status_code, "My long thought." in answer.text) == (401, True)
    assert "no-store" in answer["Cache-Control"]


def test_when_the_server_is_busy_her_words_come_back(as_, marisol, view, monkeypatch):
    def busy(*args: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("alongside.practice.acts.decline", busy)
    answer = settle(as_(marisol), view, why="My long thought.", decline="1")
    assert (answer.status_code, "My long thought." in answer.text) == (503, True)


def test_when_the_model_cannot_be_loaded_she_reads_so(as_, marisol, view, monkeypatch):
    def gone(*args: object, **kwargs: object) -> None:
        raise ModelUnavailableError("no model")

    monkeypatch.setattr("alongside.review.correcting.load_model", gone)
    monkeypatch.setattr("alongside.review.rating.load_model", gone)
    data = {"moves": ["warmth"], "why": "My long thought.", "decide": "1"}
    first = settle(as_(marisol), view, **data)
    second = as_(marisol).post(reverse("desk:new_correction"), {"text": SENTENCE, **data})
    for answer in (first, second):
        assert "cannot be read now" in answer.text
        assert "My long thought." in answer.text
    assert not Correction.objects.exists()


def test_what_is_asked_for_by_an_unknown_name_is_not_there(as_, marisol):
    assert as_(marisol).get(reverse("desk:seen_differently"), {"show": "all"}).status_code == 404


def test_words_of_a_view_are_shown_as_text(as_, marisol, view):
    DifferentView.objects.update(view="<script>alert(1)</script>")
    assert "<script>alert" not in as_(marisol).get(reverse("desk:seen_differently")).text


# --- Decisions in force ---------------------------------------------------------------------------------------------


def test_she_sees_the_decisions_in_force_and_narrows_them_by_move(as_, marisol, vera, correction):
    plain = correcting.correct(vera, TOLD, "It is raining here.", LeadersView([], "It says nothing."))
    gone = correcting.correct(vera, TOLD, "You should ring them tomorrow.", LeadersView([Move.FIX], "x"))
    correcting.withdraw(vera, gone.pk)
    client, address = as_(marisol), reverse("desk:corrections")
    whole = client.get(address).text
    assert [each in whole for each in (SENTENCE, plain.text, gone.text, "Your decision")] == [True, True, False, True]
    assert "Marisol" not in whole.split("<main")[1]
    for move, there in (("help", [True, False]), ("neither", [False, True]), ("fix", [False, False])):
        page = client.get(address, {"move": move}).text
        assert [SENTENCE in page, plain.text in page] == there
    assert "No decision says this" in client.get(address, {"move": "fix"}).text


def test_another_leader_disagrees_in_the_open_changes_it_and_takes_it_back(as_, marisol, vera, correction):
    client, address = as_(vera), reverse("desk:correction", args=[correction.pk])
    assert "Withdraw it" not in client.get(address).text
    assert client.post(address, {"moves": ["probe"], "why": "It asks.", "named": "on"}).url == address
    assert "Seen differently by Vera" in as_(marisol).get(address).text
    assert 'value="probe" checked' in client.get(address).text
    client.post(address, {"moves": ["neither"], "why": "It does nothing."})
    assert [(each.moves, each.named) for each in Disagreement.objects.all()] == [([], False)]
    assert 'value="neither" checked' in client.get(address).text
    client.post(reverse("desk:agree_after_all", args=[correction.pk]))
    assert not Disagreement.objects.exists()
    assert client.post(reverse("desk:agree_after_all", args=[correction.pk])).status_code == 404


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"moves": ["help", "choice"], "why": "My long thought."}, "These are the moves that were decided"),
        ({"why": "My long thought."}, "Choose what the sentence does"),
    ],
)
def test_a_disagreement_that_cannot_be_taken_comes_back(as_, vera, correction, data, says):
    answer = as_(vera).post(reverse("desk:correction", args=[correction.pk]), data)
    assert (answer.status_code, says in answer.text, "My long thought." in answer.text) == (422, True, True)


def test_a_disagreement_with_what_is_withdrawn_or_deleted_meanwhile_comes_back(as_, marisol, vera, correction):
    address, data = reverse("desk:correction", args=[correction.pk]), {"moves": ["fix"], "why": "My long thought."}
    correcting.withdraw(marisol, correction.pk)
    answer = as_(vera).post(address, data)
    assert ("not here any more" in answer.text, "My long thought." in answer.text) == (True, True)
    correcting.delete_correction(marisol, correction.pk)
    answer = as_(vera).post(address, data)
    assert (answer.status_code, "My long thought." in answer.text) == (404, True)
    assert as_(vera).get(address).status_code == 404


def test_she_withdraws_her_own_decision_after_she_was_asked(as_, marisol, vera, correction):
    address = reverse("desk:withdraw_correction", args=[correction.pk])
    assert as_(vera).post(address).status_code == 404
    assert "Withdraw this decision?" in as_(marisol).get(address).text
    assert rating.rate(TOLD, SENTENCE).sentences[0].decision
    as_(marisol).post(address)
    assert not rating.rate(TOLD, SENTENCE).sentences[0].decision
    again = as_(marisol).post(address, follow=True).text
    assert "not here any more" in again
    page = as_(marisol).get(reverse("desk:correction", args=[correction.pk])).text
    assert "Withdrawn on" in page


def test_she_deletes_a_decision_with_its_sentence(as_, marisol, vera, correction):
    address = reverse("desk:delete_correction", args=[correction.pk])
    assert as_(vera).post(address).status_code == 404
    assert "may tell who wrote it" in as_(marisol).get(address).text
    as_(marisol).post(address)
    assert not Correction.objects.exists()


def test_she_decides_from_scratch_after_she_saw_how_it_is_read(as_, marisol):
    client, address = as_(marisol), reverse("desk:new_correction")
    assert "What does the sentence do?" not in client.get(address).text
    read = client.post(address, {"disclosure": TOLD, "text": SENTENCE}).text
    for words in ("fixes first", "What does the sentence do?", TOLD.replace("'", "&#x27;"), SENTENCE):
        assert words in read
    assert not Correction.objects.exists()
    answer = client.post(address, {"disclosure": TOLD, "text": SENTENCE, **SAYS})
    made = Correction.objects.get()
    assert answer.url == reverse("desk:correction", args=[made.pk])
    assert (made.moves, "fix" in made.shown, made.leader) == (["choice", "help"], True, marisol)
    again = client.post(address, {"disclosure": TOLD, "text": SENTENCE}).text
    assert "This reading follows a decision by a survivor leader" in again


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": ""}, "Write the sentence"),
        ({"text": "One thing. Another thing."}, "Write one sentence"),
        ({"text": "😢"}, "Write the sentence that you decide about"),
        ({"text": "x" * 1001}, "at most 1000"),
        ({"text": SENTENCE, "moves": []}, "Choose what the sentence does"),
        ({"text": SENTENCE, "why": ""}, "Say why"),
    ],
)
def test_a_decision_from_scratch_that_cannot_be_taken_comes_back(as_, marisol, data, says):
    answer = as_(marisol).post(reverse("desk:new_correction"), {"disclosure": "so anyway", **SAYS, **data})
    assert answer.status_code == 422
    assert says in answer.text
    assert "so anyway" in answer.text
    assert data.get("why", SAYS["why"]) in answer.text
    assert not Correction.objects.exists()


def test_a_leader_takes_the_decisions_along_as_the_corpus_has_them(as_, marisol, vera, correction):
    gone = correcting.correct(vera, TOLD, "You should ring them tomorrow.", LeadersView([Move.FIX], "x", named=True))
    correcting.withdraw(vera, gone.pk)
    answer = as_(vera).post(reverse("desk:take_decisions_along"))
    (line,) = map(json.loads, answer.text.splitlines())
    assert line["sentences"] == [{"text": SENTENCE, "moves": ["choice", "help"]}]
    assert answer["Content-Disposition"] == 'attachment; filename="corrections.jsonl"'
    assert Entry.objects.filter(verb="corrections_taken_along", actor=vera.pk).count() == 1
    assert as_(vera).get(reverse("desk:take_decisions_along")).status_code == 405
