"""An ally is worried, or reports: what the care team gets, what she can say first, and that nothing else is shown."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.boundaries import crossings
from alongside.conversations.care_letters import A_REPORT_WAITS, AT_ONCE
from alongside.conversations.models import Report
from alongside.conversations.tests.conftest import FIRST_WORDS, own_opener
from alongside.conversations.tests.test_answer_as_an_ally import address, form
from alongside.conversations.tests.test_talk import in_the_box, said, text_of
from alongside.conversations.worrying import WORRIES
from alongside.people.models import CareMember, Letter, Organisation
from alongside.people.opening import Opener

WORDS = "She writes of a girl who is fourteen."


@pytest.fixture
def care(marisol, cora, settings) -> tuple[Opener, Opener]:
    """Marisol and Cora are the care team; Cora answers for safeguarding. The house sends mail."""
    settings.MAIL_WORKS = True
    for member in (marisol, cora):
        CareMember.objects.create(user=member)
    Organisation.objects.create(lead=cora, numbers="Night line: 0800 555 0101")
    return own_opener(marisol), own_opener(cora)


@pytest.mark.parametrize(("worry", "kind", "letter"), [
    ("child", Report.Kind.WORRY_CHILD, AT_ONCE),
    ("life", Report.Kind.WORRY_LIFE, AT_ONCE),
    ("other", Report.Kind.WORRY, A_REPORT_WAITS),
])  # fmt: skip
def test_a_worry_reaches_the_care_team_at_once(amal, talk, care, marisol, cora, as_ally, worry, kind, letter):
    browser = as_ally(amal)
    told = browser.post(address("worry", talk), form(WORDS, worry=worry))
    report = Report.objects.get()
    assert told["Location"] == reverse("conversations:told", args=[report.pk])
    assert (report.kind, report.ally, report.about, report.survivor) == (kind, amal.user, None, None)
    assert {(each.kind, each.user) for each in Letter.objects.all()} == {(letter, marisol), (letter, cora)}
    acts.open_report(care[1], report)
    read = acts.opened_lately(care[1], report)
    assert read is not None
    assert (read.body.words, read.body.messages) == (WORDS, ())
    assert WORDS in text_of(browser.get(told["Location"]))


def test_no_message_is_shown_to_anybody_unless_she_picks_it(amal, talk, care, as_ally):
    browser = as_ally(amal)
    for name in ("worry", "report"):
        page = BeautifulSoup(browser.get(address(name, talk)).content, "html.parser")
        boxes = page.select("input[type=checkbox][name=messages]")
        assert boxes
        assert not any(each.has_attr("checked") for each in boxes)
        assert not page.select("input[type=radio][checked]")
    browser.post(address("worry", talk), form("", worry="other", messages="1"))
    report = Report.objects.get()
    acts.open_report(care[0], report)
    read = acts.opened_lately(care[0], report)
    assert read is not None
    assert [each.text for each in read.body.messages] == [FIRST_WORDS]


def test_honest_words_go_into_her_box_and_no_further(wren, amal, talk, care, as_ally):
    browser = as_ally(amal)
    acts.keep_draft(amal, talk, "I was about to say")
    chosen = form(WORDS, honest="child", worry="child", messages="1")
    page = browser.post(address("worry", talk), chosen)
    assert "They are in your box" in text_of(page)
    html = BeautifulSoup(page.content, "html.parser")
    assert in_the_box(page) == WORDS
    assert html.select("[name=messages][checked]")
    assert html.select("[name=worry][value=child][checked]")
    box = in_the_box(browser.get(address("conversation", talk)))
    assert box == f"I was about to say\n\n{WORRIES[0].words}"
    browser.post(address("worry", talk), chosen)
    assert in_the_box(browser.get(address("conversation", talk))) == box
    assert said(wren, talk) == [FIRST_WORDS]
    assert not Report.objects.exists()


def test_honest_words_cross_no_line():
    assert [crossings(str(each.words)) for each in WORRIES] == [()] * 3


def test_a_worry_of_no_kind_comes_back_whole(amal, talk, care, as_ally):
    page = as_ally(amal).post(address("worry", talk), form(WORDS, messages="1"))
    assert page.status_code == 422
    assert "what comes nearest" in text_of(page)
    assert in_the_box(page) == WORDS
    assert BeautifulSoup(page.content, "html.parser").select("[name=messages][checked]")
    assert not Report.objects.exists()


def test_where_nobody_can_read_it_she_is_given_the_numbers_and_her_words(amal, talk, as_ally):
    Organisation.objects.create(numbers="Night line: 0800 555 0101")
    page = as_ally(amal).post(address("worry", talk), form(WORDS, worry="life"))
    assert page.status_code == 422
    assert "0800 555 0101" in text_of(page)
    assert in_the_box(page) == WORDS


def test_an_ally_reports_after_she_has_gone(amal, talk, care, as_ally):
    acts.hand_back(amal, talk, "", uuid4())
    as_ally(amal).post(address("report", talk), form("It was too much.", messages="1"))
    report = Report.objects.get()
    assert (report.kind, report.about) == (Report.Kind.REPORT, None)


def test_a_care_member_who_is_the_ally_herself_never_reads_it(amal, talk, care, as_ally):
    amal.user.groups.set(care[0].user.groups.all())
    CareMember.objects.create(user=amal.user)
    as_ally(amal).post(address("worry", talk), form(WORDS, worry="other"))
    assert not Report.objects.for_care(amal.user).exists()


def test_she_writes_to_the_care_team_reads_their_answer_and_adds_to_it(amal, bea, talk, care, as_ally):
    browser = as_ally(amal)
    told = browser.post(reverse("conversations:care"), form("I sleep badly since."))["Location"]
    report = Report.objects.get()
    assert (report.kind, report.conversation) == (Report.Kind.LETTER, None)
    acts.open_report(care[0], report)
    acts.answer_report(care[0], report, "Shall we talk on Monday?", uuid4())
    assert "1 new answer" in text_of(browser.get(reverse("conversations:care")))
    assert "Shall we talk on Monday?" in text_of(browser.get(told))
    added = browser.post(reverse("conversations:add", args=[report.pk]), form("Yes, please."))
    assert added["Location"] == told
    assert "Yes, please." in text_of(browser.get(told))
    for name in ("told", "add", "take_back"):
        assert as_ally(bea).post(reverse(f"conversations:{name}", args=[report.pk])).status_code == 404


def test_she_takes_back_what_nobody_has_opened(amal, talk, care, as_ally):
    browser = as_ally(amal)
    browser.post(reverse("conversations:care"), form("Never mind."))
    taken = browser.post(reverse("conversations:take_back", args=[Report.objects.get().pk]))
    assert taken["Location"] == reverse("conversations:care")
    assert not Report.objects.exists()


def test_an_empty_letter_and_an_empty_addition_are_not_taken(amal, care, as_ally):
    browser = as_ally(amal)
    assert browser.post(reverse("conversations:care"), form(" ")).status_code == 422
    browser.post(reverse("conversations:care"), form("A letter."))
    assert browser.post(reverse("conversations:add", args=[Report.objects.get().pk]), form("")).status_code == 422
