"""What the desk's first page says waits, and the change of the group."""

from datetime import datetime

import pytest
from django.urls import reverse

from alongside.core.change import Change, Figure
from alongside.desk.for_leaders import Hers
from alongside.desk.tests.conftest import ALL_BUT_A_TALK, LONG_AGO
from alongside.desk.views import group
from alongside.people.models import AgreementText, Letter, User
from alongside.people.models.readiness import Supervision
from alongside.practice.models import Attempt
from alongside.records import clock
from alongside.workshop.assessment import GroupChange

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def start(as_, cora, marisol):
    """The desk's first page, as Cora or as Marisol."""
    return lambda who=cora: as_(who).get("/desk/").text


def test_a_calm_day_says_so_and_one_with_something_to_decide_does_not(start, marisol, monkeypatch):
    for hers, is_calm in ((Hers(0, 0, 0), True), (Hers(0, 1, 0), False)):
        monkeypatch.setattr("alongside.desk.views.start.what_is_hers", lambda _leader, hers=hers: hers)
        assert ("Nothing waits for you today." in start(marisol)) == is_calm


def test_each_thing_that_waits_leads_to_its_list(start, as_, cora, bring, ruth, noor, make_account):
    bring(ruth, *ALL_BUT_A_TALK, "talk")
    bring(noor, *ALL_BUT_A_TALK)
    ally = bring(make_account("amina"), "second factor", "sign", "ready")
    Supervision.objects.filter(ally=ally.pk, week__in=(1, 4)).update(due_at=clock.now() - LONG_AGO)
    stalled = bring(make_account("sol"), "begin")
    for rows, moment in ((User.objects.filter(pk=stalled.pk), "joined_at"), (stalled.attempts, "started_at")):
        rows.update(**{moment: clock.now() - LONG_AGO})
    page = start()
    waiting = {
        "1 learner waits for a talk.": ("?stage=talk", "Noor"),
        "1 learner has done all that is asked, and waits for two of you to decide.": ("?stage=decision", "Ruth"),
        "1 ally has a supervision due within a week. 2 supervisions are overdue.": ("?waits=supervision", "Amina"),
        "1 learner began, and has done nothing for 14 days.": ("?waits=stalled", "Sol"),
    }
    for sentence, (address, name) in waiting.items():
        assert f'<a href="/desk/learners/{address}">{sentence}</a>' in page
        listed = as_(cora).get(f"/desk/learners/{address}").text.split("<tbody")[1]
        assert name in listed
        assert listed.count("<tr") == 1
    assert "has not signed" not in page
    AgreementText.objects.create(version=2, text="New.")
    assert "1 ally has not signed the newest agreement." in start()


def test_coordinators_hear_of_mail_and_of_what_is_to_be_set_up(start, marisol, ruth):
    Letter.objects.create(user=ruth, kind="test", state=Letter.State.FAILED)
    assert "1 letter did not arrive." in start()
    assert "still to be set up before a group begins" in start()
    assert "did not arrive" not in start(marisol)
    assert "to be set up" not in start(marisol)


def test_the_desk_says_how_many_are_where(start, bring, ruth, noor):
    bring(ruth, "begin")
    page = start()
    assert '<a href="/desk/learners/?stage=lessons">In the lessons</a> <span class="number">1</span>' in page
    assert '<a href="/desk/learners/?stage=signed-up">Has not begun</a> <span class="number">1</span>' in page
    assert "?stage=ready" not in page


def test_the_first_page_leads_to_no_words_of_learners(start, bring, ruth):
    bring(ruth, "begin")
    Attempt.objects.update(draft="a secret of mine")
    assert "secret" not in start()


# --- The group --------------------------------------------------------------------------------------------------------


def change(people: int = 15) -> GroupChange:
    leans_in = Change(people, 1.2, 2.14, 0.94, 0.41, 1.47)
    moves = Change(people, 2.0, 2.5, 0.5, -0.25, 1.25)
    pulls_back = Change(people, 1.6, 0.4, -1.2, -1.9, -0.5)
    figures = {Figure.LEANS_IN: leans_in, Figure.MOVES: moves, Figure.PULLS_BACK: pulls_back}
    return GroupChange(changes=figures, people=people, only_first=4, waiting=2)


def test_the_group_is_told_in_plain_words_with_how_uncertain_it_is(as_, cora, marisol, monkeypatch):
    monkeypatch.setattr(group, "group_change", lambda since: change())
    for who in (cora, marisol):
        page = as_(who).get(reverse("desk:group")).text
        for words in (
            "Of three replies, 1.2 leaned in before the lessons, and 2.1 after them, on average.",
            "The difference is 0.9 (95 % interval 0.4 to 1.5, 15 people).",
            "The difference is -1.2 (95 % interval -1.9 to -0.5, 15 people).",
            "4 more people have answered the first three only.",
            "survivors have not validated how it reads",
        ):
            assert words in page
        assert page.count("It may be chance.") == 1, "where the interval holds the nought, and nowhere else"


def test_nothing_is_told_of_fewer_than_five(as_, cora, bring, ruth):
    page = as_(cora).get(reverse("desk:group")).text
    assert "Under 5 people a figure would be somebody’s own, so none is shown." in page
    assert "The difference is" not in page


def test_the_group_can_be_looked_at_from_a_day_on(as_, cora, monkeypatch):
    asked: list[datetime | None] = []
    monkeypatch.setattr(group, "group_change", asked.append)
    browser = as_(cora)
    browser.get(reverse("desk:group"), {"since": "2026-03-01"})
    page = browser.get(reverse("desk:group"), {"since": "March"}).text
    assert [str(since) for since in asked] == ["2026-03-01 00:00:00+00:00", "None"]
    assert "Enter a valid date." in page
