"""She tells the care team, on a small phone without JavaScript; a care member opens it and answers."""

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import expect

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.models import Conversation, Report
from alongside.conversations.tests.conftest import (  # noqa: F401 - fixtures
    FIRST_WORDS,
    amal,
    care_member,
    cora_of_care,
    make_ally,
    marisol_of_care,
    offer,
    talk,
)
from alongside.records import clock
from tests.browser.accessibility import check_accessible, check_fits
from tests.browser.watching import weighing

WORDS = "Is that how it is meant to be?"
ANSWER = "No. You did nothing wrong."
LIGHT = 30_000


def test_she_reports_and_is_answered_without_javascript(
    open_page,
    open_for,
    wren,
    amal,  # noqa: F811
    talk,  # noqa: F811
    marisol_of_care,  # noqa: F811
    cora_of_care,  # noqa: F811
):
    acts.send(amal, talk, "Where do you live?", uuid4())
    hers = open_page(320, 640, java_script_enabled=False)
    desk = open_page(java_script_enabled=False)
    open_for(hers, wren)
    open_for(desk, marisol_of_care)

    hers.goto(f"/talk/c/{talk.pk}/")
    hers.get_by_role("link", name="Tell the care team about something here").click()
    hers.get_by_label("Where do you live?").check()
    hers.get_by_label("In your words").fill(WORDS)
    hers.get_by_label("not Cora").check()
    hers.get_by_label("Show me when it is opened").check()
    hers.get_by_role("button", name="Tell the care team").click()
    expect(hers.get_by_role("status").last).to_contain_text("The care team has it")
    expect(hers.locator("main")).to_contain_text("It opens for Marisol, and for you. Nobody has opened it yet.")

    desk.goto("/desk/reports/")
    desk.get_by_role("link", name="A report").click()
    expect(desk.locator("main")).not_to_contain_text(WORDS)
    desk.get_by_role("button", name="Open it").click()
    expect(desk.locator("main")).to_contain_text("Where do you live?")
    expect(desk.locator("main")).not_to_contain_text(FIRST_WORDS)
    desk.get_by_label("Answer someone without a name").fill(ANSWER)
    desk.get_by_role("button", name="Send").click()
    desk.get_by_role("button", name="It is seen to: settle it").click()
    expect(desk.locator("main")).to_contain_text("settled")

    hers.goto("/talk/home/")
    hers.get_by_role("link", name="The care team").click()
    hers.get_by_role("link", name="A report").click()
    expect(hers.locator("main")).to_contain_text(ANSWER)
    expect(hers.locator("main")).to_contain_text("It was opened")


def test_everybody_can_use_what_is_told_to_the_care_team(
    open_page,
    open_for,
    wren,
    amal,  # noqa: F811
    talk,  # noqa: F811
    marisol_of_care,  # noqa: F811
    cora_of_care,  # noqa: F811
    make_account,
):
    hers, desk = (open_page(320, 800) for _ in range(2))
    open_for(hers, wren)
    open_for(desk, marisol_of_care)
    for number in range(12):
        acts.send(amal, talk, f"Line {number}. " + "It rains. " * 90, uuid4())
    telling = ToTell(Report.Kind.REPORT, WORDS, talk, messages=range(1, 13), tells_openings=True)
    report = acts.tell_care(wren, telling)
    acts.answer_report(marisol_of_care, report, ANSWER, uuid4())
    care_member(make_account("dora", "survivor leader"))
    Conversation.objects.update(began_at=clock.now() - timedelta(days=8))
    for address in (
        f"/talk/c/{talk.pk}/",
        f"/talk/c/{talk.pk}/report/",
        f"/talk/c/{talk.pk}/uneasy/",
        "/talk/care/",
        f"/talk/care/{report.pk}/",
    ):
        with weighing(hers) as weights:
            hers.goto(address)
        assert sum(weights.values()) < LIGHT, address
        check_accessible(hers)
        check_fits(hers)
    Conversation.objects.update(is_asked_uneasy=True, began_at=clock.now() - timedelta(days=20))
    hers.goto(f"/talk/c/{talk.pk}/")
    expect(hers.get_by_role("heading", name="Did you feel judged?")).to_be_visible()
    check_accessible(hers)
    for address in ("/desk/reports/", f"/desk/reports/{report.pk}/"):
        desk.goto(address)
        check_accessible(desk)
        check_fits(desk)
    desk.get_by_role("button", name="Open it").click()
    check_accessible(desk)
    check_fits(desk)
