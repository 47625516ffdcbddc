"""The list of learners: who is where, filters, and the list taken along."""

import csv
import io
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.desk import learners
from alongside.desk.learners import Stage
from alongside.desk.spreadsheets import in_a_cell, spreadsheet
from alongside.desk.tests.conftest import ALL_BUT_A_TALK, LONG_AGO
from alongside.people import acts
from alongside.people.models import AgreementText, Organisation, User
from alongside.people.models.readiness import Supervision
from alongside.people.readiness import missing, requirements_of
from alongside.people.tests.conftest import find
from alongside.practice.models import Attempt
from alongside.records import clock
from alongside.records.models import Entry, Verb
from alongside.workshop.minutes import minutes_left_of
from alongside.workshop.models import Occasion, Sitting
from alongside.workshop.progress import progress_of

pytestmark = pytest.mark.usefixtures("db")
LIST = "/desk/learners/"


def stage_of(learner) -> Stage:
    return Stage(learners.learners().get(pk=learner.pk).stage)


ON_THE_WAY = [
    ((), Stage.SIGNED_UP),
    (("begin",), Stage.LESSONS),
    (("begin", "sign", "talk"), Stage.LESSONS),
    (("begin", "finish"), Stage.TALK),
    (ALL_BUT_A_TALK, Stage.TALK),
    (("begin", "finish", "talk"), Stage.MISSING),
    ((*ALL_BUT_A_TALK[:-1], "talk"), Stage.MISSING),
    ((*ALL_BUT_A_TALK, "talk"), Stage.DECISION),
    ((*ALL_BUT_A_TALK, "talk", "not yet"), Stage.NOT_YET),
    (("second factor", "ready"), Stage.READY),
    (("second factor", "ready", "pause"), Stage.PAUSED),
    (("second factor", "ready", "pause", "suspend"), Stage.SUSPENDED),
    (("ready",), Stage.RESTING),
    ((*ALL_BUT_A_TALK, "talk", "ready", "lay down"), Stage.DECISION),
]


@pytest.mark.parametrize(("steps", "stage"), ON_THE_WAY)
def test_everybody_is_at_one_stage(bring, ruth, noor, steps, stage):
    bring(ruth, *steps)
    assert stage_of(ruth) == stage
    assert stage_of(noor) == Stage.SIGNED_UP


@pytest.mark.parametrize("left_out", [None, *ALL_BUT_A_TALK, "talk"])
@pytest.mark.parametrize("asks", [True, False])
def test_the_list_and_what_is_asked_of_one_learner_agree(bring, ruth, left_out, asks):
    """Whoever waits for a decision misses nothing, and whoever misses nothing waits for a decision."""
    Organisation.objects.create(asks_for_references=asks)
    steps = [*ALL_BUT_A_TALK, "talk"]
    if left_out:
        steps.remove(left_out)
    bring(ruth, *steps)
    assert (stage_of(ruth) == Stage.DECISION) == (not missing(requirements_of(ruth)))


def test_an_agreement_that_was_published_anew_is_missing(bring, ruth):
    bring(ruth, *ALL_BUT_A_TALK, "talk")
    AgreementText.objects.create(version=2, text="I listen, and I keep it.")
    assert stage_of(ruth) == Stage.MISSING


def test_a_learner_before_the_last_assessment(bring, ruth, monkeypatch):
    monkeypatch.setattr(learners, "is_there", lambda _language: True)
    bring(ruth, "begin", "finish")
    assert stage_of(ruth) == Stage.LAST_ASSESSMENT
    Sitting.objects.create(learner=ruth, occasion=Occasion.LAST, form="a", finished_at=clock.now())
    assert stage_of(ruth) == Stage.TALK


def test_people_of_the_desk_are_no_learners_until_they_sign(bring, cora, marisol, ruth):
    assert set(learners.learners()) == {ruth}
    bring(marisol, "begin", "sign")
    assert set(learners.learners()) == {ruth, marisol}


def test_who_began_and_did_nothing_for_two_weeks_has_stalled(bring, ruth, noor):
    bring(noor, "begin")
    for each in (ruth, noor):
        User.objects.filter(pk=each.pk).update(joined_at=clock.now() - 2 * LONG_AGO)
    Attempt.objects.update(started_at=clock.now() - LONG_AGO)
    stalled = {"waits": "stalled"}
    assert [each.pk for each in learners.narrowed(stalled)] == [noor.pk]
    Attempt.objects.update(started_at=clock.now() - timedelta(days=13))
    assert not learners.narrowed(stalled).exists()


def test_allies_whose_supervision_is_due_and_who_have_to_sign(bring, ruth, noor):
    bring(ruth, "second factor", "sign", "ready")
    bring(noor, "second factor", "sign", "ready", "suspend")
    supervision, agreement = {"waits": "supervision"}, {"waits": "agreement"}
    assert not learners.narrowed(agreement).exists()
    AgreementText.objects.create(version=2, text="New.")
    assert [each.pk for each in learners.narrowed(agreement)] == [ruth.pk]
    Supervision.objects.update(due_at=clock.now() + timedelta(days=8))
    assert not learners.narrowed(supervision).exists()
    Supervision.objects.filter(week=1).update(due_at=clock.now() + timedelta(days=6))
    assert [each.pk for each in learners.narrowed(supervision)] == [ruth.pk]
    Supervision.objects.filter(week=1).update(done_at=clock.now())
    assert not learners.narrowed(supervision).exists()


def test_a_coordinator_finds_somebody_by_name_or_address(as_, cora, ruth, noor):
    browser = as_(cora)
    for words in ("rut", "RUTH@along", "ruth example"):
        page = browser.post(LIST, {"who": words}, follow=True).text
        assert "ruth@alongside.example" in page
        assert "noor@alongside.example" not in page
    assert "Nobody is there whom this fits." in browser.post(LIST, {"who": "100%"}, follow=True).text
    assert "noor@alongside.example" in browser.get(LIST, {"stage": "signed-up"}).text
    assert "Nobody is there whom this fits." in browser.get(LIST, {"stage": "ready"}).text


def test_whom_somebody_looks_for_stands_in_no_address(as_, cora, ruth, noor):
    browser = as_(cora)
    found = browser.post(LIST, {"who": " ruth@along", "stage": "signed-up", "sort": "name"})
    assert found.url == f"{LIST}?stage=signed-up&sort=name&sought=1"
    page = browser.get(found.url).text
    assert 'name="who" value="ruth@along"' in page
    assert "1 learner" in page
    assert "ruth" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    assert "noor@alongside.example" in browser.get(LIST, {"who": "ruth"}).text, "an address asks for nobody by name"


def test_show_all_forgets_whom_somebody_looked_for(as_, cora, ruth, noor):
    browser = as_(cora)
    address = browser.post(LIST, {"who": "ruth"}).url
    assert browser.session["sought"] == "ruth"
    everybody = find(r'<a href="([^"]*)">Show all</a>', browser.get(address).text)
    assert "2 learners" in browser.get(everybody).text
    assert "sought" not in browser.session
    assert "2 learners" in browser.get(address).text


def test_what_is_too_long_to_be_a_name_stays_in_the_box(as_, cora):
    page = as_(cora).post(LIST, {"who": "r" * 255})
    assert page.status_code == 422
    assert "r" * 255 in page.text


def test_the_title_of_a_page_names_nobody(as_, cora, bring, ruth):
    bring(ruth, "show")
    for address in (reverse("desk:learner", args=[ruth.pk]), reverse("desk:practice_shown", args=[ruth.pk])):
        assert "Ruth" not in find(r"(?s)<title>(.*?)</title>", as_(cora).get(address).text)


def test_a_filter_that_makes_no_sense_says_so_and_shows_the_rest(as_, cora, ruth):
    page = as_(cora).get(LIST, {"stage": "nonsense", "page": "x"})
    assert page.status_code == 200
    assert "Select a valid choice" in page.text
    assert "ruth@alongside.example" in page.text


def test_an_empty_house_says_how_learners_come(as_, cora):
    assert "Nobody has signed up yet." in as_(cora).get(LIST).text


def test_lists_stand_in_the_order_that_was_asked_for(ruth, noor, make_account):
    nameless = make_account("abe")
    User.objects.filter(pk=nameless.pk).update(name="", joined_at=clock.now() - timedelta(days=9))
    assert [each.pk for each in learners.narrowed({"sort": "name"})] == [nameless.pk, noor.pk, ruth.pk]
    assert learners.narrowed({"sort": "quiet"}).first() == nameless
    assert learners.narrowed({}).last() == nameless


def many(number: int) -> list[User]:
    made = [User(email=f"learner{n}@alongside.example", name=f"Learner {n}") for n in range(number)]
    return User.objects.bulk_create(made)


def test_a_long_list_has_pages_and_asks_no_more_for_more_people(as_, cora, bring, ruth):
    bring(ruth, "begin")
    browser = as_(cora)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    made = many(120)
    bring(made[0], "begin", "finish", "talk")
    with CaptureQueriesContext(connection) as more:
        page = browser.get(LIST, {"sort": "name"})
    assert len(more) <= len(few) + 1
    assert page.text.count("<tr") == 51
    assert "?sort=name&amp;page=2" in page.text
    assert "121 learners" in page.text
    found = browser.post(LIST, {"who": "learner"}, follow=True)
    assert "?sought=1&amp;page=2" in found.text
    assert "Page 2 of 3" in browser.get(f"{LIST}?sought=1&page=2").text


def test_minutes_left_are_those_of_the_learners_own_page(bring, ruth, noor, marisol, make_lesson, the_rent):
    make_lesson("practising", 2, {"text": "<p>Words.</p>"}, {"practice": "the-rent"}, minutes=7)
    bring(noor, "finish")
    attempt = bring(marisol, "begin").attempts.get()
    Attempt.objects.filter(pk=attempt.pk).update(length=3)
    left = minutes_left_of([each.pk for each in (ruth, noor, marisol)])
    assert left == {each.pk: progress_of(each).minutes_left for each in (ruth, noor, marisol)}
    assert len(set(left.values())) == 3


# --- Taking the list along --------------------------------------------------------------------------------------------


def rows_of(answer) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_coordinator_takes_the_narrowed_list_along_and_it_is_noted(as_, cora, marisol, bring, ruth, noor):
    bring(noor, "begin")
    User.objects.filter(pk=noor.pk).update(name="=HYPERLINK(1)")
    take = reverse("desk:take_list_along")
    answer = as_(cora).post(f"{take}?stage=lessons")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    header, row = rows_of(answer)
    assert header[:3] == ["Name", "E-mail", "Stage"]
    assert row[:3] == ["'=HYPERLINK(1)", "noor@alongside.example", "in the lessons"]
    assert row[3] == clock.now().date().isoformat()
    assert row[-2:] == ["", str(progress_of(noor).minutes_left)]
    assert Entry.objects.filter(verb=Verb.LEARNERS_TAKEN_ALONG, actor=cora.pk, subject=None).count() == 1
    assert len(rows_of(as_(cora).post(take))) == 3
    assert [row[1] for row in rows_of(as_(cora).post(take, {"who": "ruth"}))] == ["E-mail", "ruth@alongside.example"]
    assert as_(marisol).post(take).status_code == 404
    assert "Take this list along" not in as_(marisol).get(LIST).text


def test_nothing_that_a_learner_wrote_is_in_the_list(as_, cora, bring, ruth, the_rent):
    bring(ruth, *ALL_BUT_A_TALK, "talk", "not yet")
    Attempt.objects.update(draft="a secret of mine")
    taken = as_(cora).post(reverse("desk:take_list_along")).text
    assert "secret" not in taken
    assert "Rest." not in taken
    assert "secret" not in as_(cora).get(LIST).text


@given(st.text(max_size=8))
def test_no_cell_becomes_a_formula(text):
    (cell,) = next(csv.reader(io.StringIO(spreadsheet("x", [text], []).content.decode("utf-8-sig"), newline="")))
    assert cell in (text, f"'{text}")
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def test_a_cell_shows_days_and_numbers_plainly():
    assert [in_a_cell(each) for each in (None, 0, -3, "-3", "Noor")] == ["", "0", "-3", "'-3", "Noor"]


def test_a_second_factor_that_is_taken_off_lets_the_role_rest(bring, ruth):
    bring(ruth, "second factor", "ready")
    Authenticator.objects.filter(user=ruth).delete()
    assert stage_of(ruth) == Stage.RESTING


def test_whoever_left_is_in_no_list(ruth, noor):
    acts.leave(ruth)
    assert [each.pk for each in learners.learners()] == [noor.pk]
