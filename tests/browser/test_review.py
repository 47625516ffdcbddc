"""What survivor leaders decide, as they do it: a staff edit, a lesson that ships, what a learner sees differently."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.practice.tests.conftest import the_rent  # noqa: F401 - a fixture
from alongside.review.approving import is_approved
from alongside.review.tests.conftest import drill  # noqa: F401 - a fixture
from alongside.workshop.models import FrontPage, Lesson
from tests.browser.accessibility import check_accessible, check_fits

REVIEWED = "Reviewed by survivors of this organisation on"


def press_in_menu(page: Page, name: str) -> None:
    """Press what the menu at the foot of the form holds."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("kind", ["a drill", "the front page"])
def test_what_a_coordinator_hands_in_is_sent_back_and_then_approved(open_page, sign_in, drill, cora, marisol, kind):  # noqa: F811
    row = drill if kind == "a drill" else FrontPage.objects.get()
    edit = f"/edit/snippets/practice/drill/edit/{row.pk}/" if kind == "a drill" else f"/edit/pages/{row.pk}/edit/"
    hers, leaders = open_page(), open_page()
    sign_in(hers, cora)
    sign_in(leaders, marisol)

    def hand_in(title: str, button: re.Pattern[str]) -> None:
        hers.goto(edit)
        hers.locator("#id_title").fill(title)
        hers.get_by_role("button", name="More actions").click()
        hers.get_by_role("button", name=button).click()
        expect(hers.get_by_text("has been submitted for moderation")).to_be_visible()

    hand_in("Another title", re.compile("Submit to Survivors review"))
    leaders.goto("/edit/")
    leaders.get_by_role("link", name="Another title").first.click()
    expect(leaders.get_by_text("This waits for your review")).to_be_visible()
    press_in_menu(leaders, "Send back")
    box = leaders.get_by_role("dialog").or_(leaders.locator(".modal.in"))
    box.get_by_label("What would help").fill("Say it plainer.")
    box.get_by_role("button", name="Send back").click()
    expect(leaders.get_by_text("Sent back with what would help")).to_be_visible()

    hand_in("A plain title", re.compile("Resubmit"))
    leaders.goto(edit)
    leaders.get_by_role("button", name="Approve", exact=True).click()
    box.get_by_role("button", name="Approve").click()
    expect(leaders.get_by_text("Approved. It is live")).to_be_visible()
    now = type(row).objects.get(pk=row.pk)
    assert (now.title, is_approved(now)) == ("A plain title", True)
    if kind == "a drill":
        leaders.goto(f"/practice/drills/{row.source_id}/")
        leaders.get_by_role("radio").first.check()
        leaders.get_by_role("button", name="See what they do").click()
        expect(leaders.get_by_text(REVIEWED)).to_be_visible()


def test_a_lesson_that_ships_is_read_whole_and_approved(some_content, page, sign_in, marisol):
    sign_in(page, marisol)
    lesson = Lesson.objects.get(source_id="words")
    page.goto("/workshop/lessons/words/")
    expect(page.get_by_text(REVIEWED)).to_have_count(0)
    page.goto("/desk/review/")
    page.locator("summary", has_text=re.compile("^Lesson")).click()
    page.get_by_role("link", name=lesson.title).click()
    check_fits(page)
    check_accessible(page)
    asks = [piece.value["asks"] for piece in lesson.body if piece.block_type == "reflection"]
    expect(page.get_by_role("article")).to_contain_text(asks[0])
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text(f"{lesson.title}” is approved.")).to_be_visible()
    page.goto("/workshop/lessons/words/")
    expect(page.get_by_text(REVIEWED)).to_be_visible()


def answer(page: Page, reply: str) -> Locator:
    """Give Dee one reply, and what the page then says of it."""
    page.goto("/practice/scenarios/the-rent/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Your reply to Dee").fill(reply)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#turn-1 .sentences")).to_be_visible()
    return page.locator("#turn-1")


def test_what_a_learner_sees_differently_is_decided_she_reads_why_and_other_readings_follow(
    open_page,
    sign_in,
    ruth,
    noor,
    marisol,
    the_rent,  # noqa: F811
):
    reply = "You should get another job."
    hers, leaders, another = open_page(320, 640), open_page(), open_page(java_script_enabled=False)
    for page, user in ((hers, ruth), (leaders, marisol), (another, noor)):
        sign_in(page, user)

    expect(answer(hers, reply)).to_contain_text("Pulls back:")
    conversation = hers.url
    hers.get_by_role("link", name=re.compile("^I see this differently")).click()
    hers.get_by_label("How do you see it?").fill("My mother says that when she is worried.")
    hers.get_by_role("button", name="Give it to the survivor leaders").click()

    leaders.goto("/desk/")
    leaders.get_by_role("link", name="1 sentence that a learner sees differently").click()
    expect(leaders.get_by_text("My mother says that")).to_be_visible()
    expect(leaders.get_by_text("Ruth")).to_have_count(0)
    leaders.get_by_role("link", name="Decide", exact=True).click()
    leaders.get_by_role("checkbox", name=re.compile("^neither")).check()
    leaders.get_by_label("Why?").fill("It is clumsy, and kind.")
    leaders.get_by_role("button", name="Decide").click()
    expect(leaders.get_by_text("Decided.")).to_be_visible()

    hers.goto(conversation)
    expect(hers.get_by_text("Survivor leaders have read how you see this sentence.")).to_be_visible()
    expect(hers.get_by_text("It is clumsy, and kind.")).to_be_visible()
    check_fits(hers)
    check_accessible(hers)
    followed = answer(another, reply)
    expect(followed).to_contain_text("This reading follows a decision by a survivor leader")
    expect(followed).not_to_contain_text("Pulls back:")
