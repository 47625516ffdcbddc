"""Survivor leaders decide what a sentence does: readings follow at once, in every worker, until it is withdrawn."""

import importlib.util
import json
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from alongside.core.rating import Move, Verdict
from alongside.people.acts import Refused
from alongside.people.export import export
from alongside.people.models import SURVIVOR_LEADER
from alongside.records.models import Entry
from alongside.review import correcting, rating
from alongside.review.correcting import LeadersView
from alongside.review.models import Correction, Disagreement
from alongside.review.showing import decisions_of
from conftest import bytes_on_disk
from training.corpus import read_corpus

TOLD = "rent's due friday. i'm 310 short"
SENTENCE = "Have you thought about asking your landlord for more time?"
NEARLY = "Have you thought about asking your landlord for a bit more time"
OTHER = "Thank you for telling me that, I'm not going anywhere."
HELP = LeadersView([Move.CHOICE, Move.HELP], "She was asked for ideas.")
PROBE = LeadersView([Move.PROBE], "It asks before it listens.")


@pytest.fixture
def vera(make_account):
    """Another survivor leader."""
    return make_account("vera", SURVIVOR_LEADER)


@pytest.fixture
def correction(marisol) -> Correction:
    return correcting.correct(marisol, TOLD, SENTENCE, HELP)


def another_worker() -> ModuleType:
    """Another process' copy of the module, with decisions of its own at hand."""
    spec = importlib.util.find_spec("alongside.review.rating")
    assert spec
    assert spec.loader
    worker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(worker)
    return worker


def test_the_same_sentence_and_nearly_the_same_follow_at_once_and_another_does_not(marisol):
    before = rating.rate(TOLD, f"{SENTENCE} {OTHER}")
    correction = correcting.correct(marisol, TOLD, SENTENCE, HELP)
    same, other = rating.rate(TOLD, f"{SENTENCE} {OTHER}").sentences
    assert (same.moves, same.decision, same.verdict) == ((Move.CHOICE, Move.HELP), str(correction.pk), Verdict.RATED)
    assert before.sentences[0].moves == (Move.FIX,)
    assert other == before.sentences[1]
    for reply in (NEARLY, SENTENCE.upper()):
        assert rating.rate("i went back to him last night", reply).sentences[0].decision == str(correction.pk)
    turned = rating.rate(TOLD, "Have you not thought about asking your landlord for more time?")
    assert turned.sentences[0].decision == ""


def test_two_workers_follow_a_new_decision_at_once_and_a_withdrawn_one_no_more(marisol):
    first, second = another_worker(), another_worker()
    before = first.rate(TOLD, SENTENCE)
    assert second.rate(TOLD, SENTENCE) == before
    made = correcting.correct(marisol, TOLD, SENTENCE, HELP)
    for worker in (first, second):
        assert worker.rate(TOLD, SENTENCE).moves == {Move.CHOICE, Move.HELP}
    correcting.withdraw(marisol, made.pk)
    for worker in (first, second):
        assert worker.rate(TOLD, SENTENCE) == before
    assert list(Entry.objects.values_list("verb", flat=True)) == ["correction_withdrawn", "correction_made"]


def test_the_newer_of_two_decisions_holds_and_withdrawn_it_leaves_the_older(marisol, vera, correction):
    newer = correcting.correct(vera, TOLD, SENTENCE, PROBE)
    assert rating.rate(TOLD, SENTENCE).moves == {Move.PROBE}
    correcting.withdraw(vera, newer.pk)
    assert rating.rate(TOLD, SENTENCE).moves == {Move.CHOICE, Move.HELP}


def test_after_the_model_has_changed_a_decision_is_placed_anew_and_never_compared_across(correction):
    Correction.objects.update(space="another model's", vector=b"\x00" * 16)
    assert another_worker().rate(TOLD, SENTENCE).moves == {Move.CHOICE, Move.HELP}
    again = Correction.objects.get()
    assert (again.space, len(again.vector)) == (correction.space, 384 * 4)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("  ", HELP),
        ("😢", HELP),
        ("One thing. Another thing.", HELP),
        ("word " * 300, HELP),
        (SENTENCE, LeadersView([Move.HELP], " \n ")),
        (SENTENCE, LeadersView([Move.HELP], "x" * 2001)),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence(marisol, text, view):
    with pytest.raises(Refused) as refusal:
        correcting.correct(marisol, TOLD, text, view)
    assert str(refusal.value.sentence).endswith(".")
    assert not Correction.objects.exists()


def test_only_survivor_leaders_whose_role_has_taken_effect_decide(ruth, cora, make_account, correction):
    for other in (ruth, cora, make_account("nina", SURVIVOR_LEADER, second_factor=False)):
        for act in (
            lambda who: correcting.correct(who, TOLD, SENTENCE, HELP),
            lambda who: correcting.disagree(who, correction.pk, PROBE),
            lambda who: correcting.withdraw(who, correction.pk),
            lambda who: correcting.delete_correction(who, correction.pk),
        ):
            with pytest.raises(Refused, match="Only survivor leaders"):
                act(other)
    assert Correction.objects.get().withdrawn_at is None


def test_another_leader_disagrees_in_the_open_and_both_views_are_shown(marisol, vera, correction):
    correcting.disagree(vera, correction.pk, LeadersView([Move.FIX], "first"))
    correcting.disagree(vera, correction.pk, LeadersView([Move.PROBE], "It asks before it listens.", named=True))
    shown = decisions_of([str(correction.pk), ""])[str(correction.pk)]
    assert shown.view.by == "a survivor leader of this organisation"
    assert shown.view.moves == (Move.CHOICE, Move.HELP)
    (other,) = shown.others
    assert (other.by, other.moves, other.why) == ("Vera", (Move.PROBE,), "It asks before it listens.")
    assert rating.rate(TOLD, SENTENCE).moves == {Move.CHOICE, Move.HELP}
    assert correcting.take_disagreement_back(vera, correction.pk)
    assert not correcting.take_disagreement_back(vera, correction.pk)


def test_nobody_disagrees_with_herself_or_says_the_same(marisol, vera, correction):
    for who, view in ((marisol, PROBE), (vera, LeadersView([Move.HELP, Move.CHOICE], "same"))):
        with pytest.raises(Refused):
            correcting.disagree(who, correction.pk, view)
    correcting.withdraw(marisol, correction.pk)
    with pytest.raises(Refused, match="not here any more"):
        correcting.disagree(vera, correction.pk, PROBE)
    assert not Disagreement.objects.exists()


def test_a_decision_is_withdrawn_by_its_leader_or_by_any_when_she_is_one_no_more(marisol, vera, correction):
    with pytest.raises(Refused, match="another survivor leader's"):
        correcting.withdraw(vera, correction.pk)
    assert correcting.can_withdraw(marisol, correction)
    assert not correcting.can_withdraw(vera, correction)
    marisol.groups.clear()
    assert correcting.can_withdraw(vera, correction)
    correcting.withdraw(vera, correction.pk)
    with pytest.raises(Refused, match="not here any more"):
        correcting.withdraw(vera, correction.pk)
    assert decisions_of([str(correction.pk)])[str(correction.pk)].is_withdrawn


def test_a_leader_who_leaves_leaves_her_decisions_without_her_name(marisol, vera):
    named = correcting.correct(marisol, TOLD, SENTENCE, LeadersView([Move.HELP], "asked for", named=True))
    assert decisions_of([str(named.pk)])[str(named.pk)].view.by == "Marisol"
    marisol.delete()
    assert decisions_of([str(named.pk)])[str(named.pk)].view.by == "a survivor leader of this organisation"
    assert rating.rate(TOLD, SENTENCE).moves == {Move.HELP}
    correcting.withdraw(vera, named.pk)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_decision_is_gone_from_the_file(marisol, vera):
    text = "Would a walk by the zanzibar mill do you any good?"
    made = correcting.correct(marisol, TOLD, text, HELP)
    correcting.disagree(vera, made.pk, LeadersView([Move.FIX], "zanzibar it is"))
    assert b"zanzibar" in bytes_on_disk()
    correcting.delete_correction(marisol, made.pk)
    assert b"zanzibar" not in bytes_on_disk()
    assert rating.rate(TOLD, text).sentences[0].decision == ""


@pytest.mark.django_db(transaction=True)
def test_what_she_said_against_a_decision_before_is_gone_from_the_file(vera, correction):
    correcting.disagree(vera, correction.pk, LeadersView([Move.FIX], "zanzibar it is"))
    assert b"zanzibar" in bytes_on_disk()
    correcting.disagree(vera, correction.pk, PROBE)
    assert b"zanzibar" not in bytes_on_disk()


def test_decisions_are_exported_as_lines_of_the_corpus_without_a_name(tmp_path, capsys, marisol, vera, correction):
    correcting.correct(vera, TOLD, SENTENCE.lower(), LeadersView([Move.INVITE], "newer", named=True))
    doubted = correcting.correct(marisol, "so anyway", OTHER, LeadersView([Move.WARMTH], "plain"))
    correcting.disagree(vera, doubted.pk, LeadersView([], "no"))
    gone = correcting.correct(marisol, TOLD, "You should ring them first thing tomorrow.", LeadersView([], "gone"))
    correcting.withdraw(marisol, gone.pk)
    file = tmp_path / "corrections.jsonl"
    call_command("corrections", "export", file)
    first, second = read_corpus(tmp_path)
    assert {first.writer, second.writer} == {"corrections"}
    assert all(each.id.startswith("corrections-") and each.split == "train" for each in (first, second))
    assert (first.sentences[0].text, first.sentences[0].moves) == (SENTENCE.lower(), frozenset({Move.INVITE}))
    assert not first.sentences[0].unclear
    assert (second.disclosure, second.sentences[0].unclear) == ("so anyway", True)
    written = file.read_text("utf-8").lower()
    assert not any(name in written for name in ("marisol", "vera", str(marisol.pk)))
    with pytest.raises(CommandError, match="there already"):
        call_command("corrections", "export", file)
    capsys.readouterr()
    call_command("corrections", "export")
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        json.loads(line) for line in file.read_text("utf-8").splitlines()
    ]


def test_a_leader_takes_her_decisions_along(marisol, vera, correction):
    correcting.disagree(vera, correction.pk, PROBE)
    kept = export(marisol)["review"]
    assert isinstance(kept, dict)
    assert [(each["sentence"], each["your_moves"]) for each in kept["decisions"]] == [(SENTENCE, ["choice", "help"])]
    other = export(vera)["review"]
    assert isinstance(other, dict)
    assert [each["why"] for each in other["disagreements"]] == ["It asks before it listens."]
