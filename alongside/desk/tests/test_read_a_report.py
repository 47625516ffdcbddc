# ruff: noqa: F811 - the cast of the private rooms are fixtures, each imported once
"""Care members read reports at the desk, each with her own code; to everybody else there are none."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.models import Report, ReportOpening
from alongside.conversations.reports import read_report
from alongside.conversations.tests.conftest import (  # noqa: F401 - fixtures
    FIRST_WORDS,
    amal,
    as_ally,
    as_her,
    bea,
    care_member,
    cora_of_care,
    make_ally,
    marisol_of_care,
    offer,
    talk,
)
from alongside.people import acts as people
from alongside.people.models import CareMember, KeyPair, Organisation
from alongside.records.models import Entry, Verb

LIST = "/desk/reports/"
WORDS = "The heron was followed home."
Kind = Report.Kind


@pytest.fixture
def report(wren, amal, talk, marisol_of_care, cora_of_care) -> Report:
    """What Wren told both of the care team, with a message that Amal wrote."""
    acts.send(amal, talk, "Where do you live?", uuid4())
    return acts.tell_care(wren, ToTell(Kind.REPORT, WORDS, talk, messages=[1, 2], tells_openings=True))


@pytest.fixture
def as_care(open_in, as_):
    """Give a care member's browser: signed in, with her own code open."""
    return lambda opener: open_in(as_(opener.user), opener)


def address(report: Report, what: str = "") -> str:
    return f"{LIST}{report.pk}/{what}"


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_the_list_says_of_which_kind_and_how_old_and_no_word(report, as_care, marisol_of_care):
    page = text_of(as_care(marisol_of_care).get(LIST))
    assert "A report" in page
    assert "told a moment ago" in page
    assert "new for you" in page
    for words in (WORDS, FIRST_WORDS, "Amal", "without a name"):
        assert words not in page


def test_she_opens_it_with_her_code_and_that_is_noted(report, as_, as_care, marisol_of_care):
    without = as_(marisol_of_care.user)
    assert without.get(address(report))["Location"].startswith(reverse("people:code"))
    assert without.post(address(report))["Location"].startswith(reverse("people:code"))
    browser = as_care(marisol_of_care)
    asked = text_of(browser.get(address(report)))
    assert "is noted in the audit trail" in asked
    assert WORDS not in asked
    assert not ReportOpening.objects.exists()
    page = text_of(browser.post(address(report), follow=True))
    for words in (WORDS, FIRST_WORDS, "Where do you live?", "It is about Amal"):
        assert words in page
    entry = Entry.objects.get(verb=Verb.REPORT_OPENED)
    assert (entry.actor, entry.subject) == (marisol_of_care.user.pk, report.pk)
    browser.get(address(report))
    assert ReportOpening.objects.count() == 1
    assert "new for you" not in text_of(browser.get(LIST))


def test_she_answers_and_settles_it(report, wren, as_care, as_her, marisol_of_care):
    browser = as_care(marisol_of_care)
    browser.post(address(report))
    sent = browser.post(address(report, "answer/"), {"text": "We stopped them.", "nonce": str(uuid4())}, follow=True)
    assert "We stopped them." in text_of(sent)
    hers = as_her(wren).get(reverse("talk:told", args=[report.pk]))
    assert "We stopped them." in text_of(hers)
    assert "Marisol" not in text_of(hers).split("We stopped them.")[0].split("It was opened")[1], "not who"
    settled = browser.post(address(report, "settle/"), follow=True)
    assert "Settled" in text_of(settled)
    report.refresh_from_db()
    assert report.settled_at
    assert "settled already" in text_of(browser.post(address(report, "settle/"), follow=True))
    assert "Settled on" in text_of(browser.get(address(report)))


def test_what_cannot_be_sent_stays_in_the_box(report, as_care, marisol_of_care):
    browser = as_care(marisol_of_care)
    browser.post(address(report))
    page = browser.post(address(report, "answer/"), {"text": "a" * 4001})
    assert page.status_code == 422
    assert "a" * 4001 in page.text
    ReportOpening.objects.all().delete()
    page = browser.post(address(report, "answer/"), {"text": "a" * 4001})
    assert "a" * 4001 in page.text
    assert WORDS not in page.text


def test_she_passes_it_on_to_somebody_new(report, as_care, marisol_of_care, make_account, cora):
    late = care_member(make_account("dora", "survivor leader"))
    browser = as_care(marisol_of_care)
    assert as_care(late).get(address(report)).status_code == 404
    assert browser.post(address(report, "pass-on/"), {"to": str(late.user.pk)})["Location"] == address(report)
    assert not Entry.objects.filter(verb=Verb.REPORT_PASSED_ON).exists(), "not before she has opened it"
    browser.post(address(report))
    assert "Choose to whom" in text_of(browser.post(address(report, "pass-on/"), {"to": str(cora.pk)}, follow=True))
    said = browser.post(address(report, "pass-on/"), {"to": str(late.user.pk)}, follow=True)
    assert "Dora can open it now" in text_of(said)
    assert read_report(late, report).body.words == WORDS


def test_to_everybody_else_there_are_no_reports(report, as_, as_ally, as_her, amal, wren, ruth, make_account):
    coordinator, leader = make_account("dora", "coordinator"), make_account("vera", "survivor leader")
    posts = ("", "answer/", "settle/", "pass-on/")
    for browser in (as_(ruth), as_(coordinator), as_(leader), as_ally(amal)):
        assert browser.get(LIST).status_code == 404
        assert browser.get(address(report)).status_code == 404
        assert [browser.post(address(report, what)).status_code for what in posts] == [404] * 4
    for browser in (as_(None), as_her(wren)):
        assert "/account/login/" in browser.get(LIST)["Location"]
    assert not ReportOpening.objects.exists()
    assert "Reports" not in text_of(as_(coordinator).get("/desk/introductions/"))


def test_a_report_about_a_care_member_is_not_there_for_her(
    wren,
    amal,
    talk,
    marisol,
    cora_of_care,
    as_ally,
    as_care,
):
    amal.user.groups.set(marisol.groups.all())
    people.name_care_member(amal.user, by=cora_of_care.user)
    report = acts.tell_care(wren, ToTell(Kind.REPORT, WORDS, talk))
    browser = as_ally(amal)
    assert "Nothing has been told to you" in text_of(browser.get(LIST))
    assert browser.get(address(report)).status_code == 404
    assert browser.post(address(report)).status_code == 404
    assert as_care(cora_of_care).get(address(report)).status_code == 200


def test_whom_she_left_out_finds_nothing(wren, talk, marisol_of_care, cora_of_care, as_care):
    report = acts.tell_care(wren, ToTell(Kind.REPORT, WORDS, talk, leave_out=[cora_of_care.user.pk]))
    browser = as_care(cora_of_care)
    assert "Nothing has been told to you" in text_of(browser.get(LIST))
    assert browser.get(address(report)).status_code == 404
    hers = as_care(marisol_of_care)
    page = text_of(hers.post(address(report), follow=True))
    assert "has left somebody out" in page
    assert "Pass it on to" not in page


def test_who_is_no_care_member_any_more_finds_nothing(report, as_care, marisol_of_care):
    browser = as_care(marisol_of_care)
    browser.post(address(report))
    people.leave_care_team(marisol_of_care.user)
    assert browser.get(address(report)).status_code == 404


def test_a_care_member_without_a_code_is_led_to_make_one(marisol, as_):
    CareMember.objects.create(user=marisol)
    assert "Make your code" in text_of(as_(marisol).get(LIST))


def test_the_first_page_says_what_waits_and_what_cannot_wait(
    amal,
    talk,
    marisol_of_care,
    cora_of_care,
    as_,
):
    acts.tell_care(amal, ToTell(Kind.WORRY_CHILD, WORDS, talk))
    acts.tell_care(amal, ToTell(Kind.WORRY, WORDS, talk))
    page = text_of(as_(marisol_of_care.user).get("/desk/"))
    assert page.index("1 report cannot wait.") < page.index("1 report waits for you.")
    assert "cannot wait" in text_of(as_(marisol_of_care.user).get(LIST))
    KeyPair.objects.filter(user=cora_of_care.user).delete()
    assert "report" not in text_of(as_(cora_of_care.user).get("/desk/")).lower()


def test_a_coordinator_chooses_who_hears_first(marisol_of_care, cora, ruth, as_):
    browser = as_(cora)
    assert "Marisol" in browser.get("/desk/settings/").text
    assert browser.post("/desk/settings/", {"lead": str(marisol_of_care.user.pk)}).status_code == 302
    assert Organisation.current().lead == marisol_of_care.user
    assert browser.post("/desk/settings/", {"lead": str(ruth.pk)}).status_code == 422
    assert browser.post("/desk/settings/", {"lead": ""}).status_code == 302
    assert Organisation.current().lead is None
