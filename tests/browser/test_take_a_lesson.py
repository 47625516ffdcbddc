"""A learner takes a lesson in a browser: with JavaScript and without, nothing that she writes is lost."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from alongside.practice.tests.conftest import keep_drill, the_rent  # noqa: F401 - a fixture
from alongside.workshop.models import Enrolment, LessonDone, Reflection
from alongside.workshop.tests.conftest import ASKS, BODY, keep_lesson, practise

URL = "/workshop/lessons/words/"


@pytest.fixture
def lesson(the_rent):  # noqa: F811
    keep_drill("invite-or-probe-1")
    return keep_lesson("words", 5, *BODY)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_way_to_the_end_of_a_lesson(open_page, sign_in, ruth, lesson, the_rent, script):  # noqa: F811
    page: Page = open_page(360, 740, java_script_enabled=script)
    sign_in(page, ruth)
    page.goto("/workshop/")
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Words")

    page.get_by_label("To yourself").fill("That I am not too much.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_label("To yourself")).to_have_value("That I am not too much.")
    expect(page.get_by_text("Kept on")).to_be_visible()

    page.locator(".replies label").first.click()
    page.get_by_role("button", name="See what they do").click()
    expect(page).to_have_url(f"{URL}#drill-invite-or-probe-1")
    expect(page.get_by_role("heading", name="What each reply did")).to_be_visible()

    practise(ruth, the_rent)
    page.reload()
    page.get_by_label("To yourself").fill("That I am not too much, and may come again.")
    page.get_by_role("button", name="I’ve read this").click()
    expect(page.get_by_role("heading", name="This lesson is behind you")).to_be_visible()
    assert LessonDone.objects.get().lesson == "words"
    assert Reflection.objects.get().words == "That I am not too much, and may come again."


def test_what_is_missing_is_shown_where_she_looks(page: Page, sign_in, ruth, lesson, watch):
    sign_in(page, ruth)
    page.goto(URL)
    page.get_by_role("button", name="I’ve read this").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    page.get_by_role("link", name="The drill “Nadia's week”").click()
    expect(page.locator("#drill-invite-or-probe-1")).to_be_in_viewport()
    watch.trouble.clear()  # the browser notes the 422


def test_words_that_are_not_kept_yet_are_not_left_behind_unasked(page: Page, sign_in, ruth, lesson):
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_in(page, ruth)
    page.goto(URL)
    page.get_by_label("To yourself").press_sequentially("Not yet.")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practice").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("To yourself")).to_have_value("Not yet.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("Kept on")).to_be_visible()
    assert asked == ["beforeunload"]


def test_she_comes_back_to_the_piece_that_she_was_reading(page: Page, sign_in, ruth, lesson):
    sign_in(page, ruth)
    page.goto(URL)
    with page.expect_response(lambda answer: answer.url.endswith("/place/")):
        page.get_by_text(ASKS).scroll_into_view_if_needed()
    kept = Enrolment.objects.get()
    assert kept.last_lesson == "words"
    page.goto("/workshop/")
    page.get_by_role("link", name="Go on where you left").click()
    expect(page.locator(f"#{kept.last_piece}")).to_be_in_viewport()
