"""A learner answers in a real browser: smooth with JavaScript, whole without it, and nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from alongside.practice import acts
from alongside.practice.models import Attempt, Turn
from alongside.practice.tests.conftest import read_key_words, the_rent  # noqa: F401 - a fixture
from tests.browser.accessibility import check_accessible, check_fits
from tests.browser.watching import weighing

RATE = "alongside.practice.acts.conversing.rate"
WORDS = "That sounds like a feeling. Here is a fix. Maybe. Hola."


@pytest.fixture(autouse=True)
def _key_words(monkeypatch):
    monkeypatch.setattr(RATE, read_key_words)


@pytest.fixture
def attempt(ruth, the_rent) -> Attempt:  # noqa: F811
    return acts.begin(ruth, the_rent)


@pytest.fixture
def at_the_box(page: Page, sign_in, ruth, attempt) -> Page:
    """Ruth's first reply is typed and not sent."""
    sign_in(page, ruth)
    page.goto(f"/practice/{attempt.id}/")
    page.get_by_label("Your reply to Dee").fill(WORDS)
    return page


def test_ctrl_and_enter_send_and_the_eye_and_the_ear_are_led_to_what_is_new(at_the_box: Page):
    at_the_box.evaluate("window.stays = true")
    at_the_box.keyboard.press("Control+Enter")
    expect(at_the_box.locator("#newest")).to_be_focused()
    expect(at_the_box.locator("#newest")).to_be_in_viewport()
    expect(at_the_box.locator("#said")).to_have_text("Your reply was read. You leaned in and pulled back. Dee stayed.")
    expect(at_the_box.get_by_label("Your reply to Dee")).to_have_value("")
    assert at_the_box.evaluate("window.stays"), "only the conversation was swapped"
    check_accessible(at_the_box)
    check_fits(at_the_box)


def test_a_double_click_sends_once(at_the_box: Page, attempt):
    at_the_box.get_by_role("button", name="Send").dblclick()
    expect(at_the_box.locator("#newest")).to_be_visible()
    assert Turn.objects.count() == 1


@pytest.mark.parametrize("day", ["no network", "a bare 502", "a page from elsewhere"])
def test_whatever_the_server_does_the_words_stay_in_the_box(at_the_box: Page, watch, day):
    def answer(route):
        if day == "no network":
            return route.abort()
        return route.fulfill(
            status=502 if day == "a bare 502" else 200, body="<p>gateway</p>", content_type="text/html"
        )

    at_the_box.route("**/answer/", answer)
    at_the_box.get_by_role("button", name="Send").click()
    expect(at_the_box.locator("#trouble")).to_be_focused()
    expect(at_the_box.locator("#trouble")).to_contain_text("Your words are still in the box.")
    expect(at_the_box.get_by_label("Your reply to Dee")).to_have_value(WORDS)
    watch.trouble.clear()
    at_the_box.unroute("**/answer/")
    at_the_box.get_by_role("button", name="Send").click()
    expect(at_the_box.locator("#newest")).to_be_visible()
    assert Turn.objects.get().reply == WORDS


@pytest.mark.parametrize("script", [True, False])
def test_a_reply_that_is_too_long_or_comes_too_late_is_shown_with_its_words(open_page, sign_in, ruth, attempt, script):
    page = open_page(java_script_enabled=script)
    sign_in(page, ruth)
    page.goto(f"/practice/{attempt.id}/")
    box = page.get_by_label("Your reply to Dee")
    box.fill("so " * 7_000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("21000 characters long")
    expect(box).to_have_value("so " * 7_000)
    acts.answer(ruth, attempt.id, 1, "A choice, in another tab.")
    box.fill(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("already answered in another tab")
    if script:
        check_accessible(page)
    page.get_by_role("button", name="Take turn 1 again with these words").click()
    expect(page.get_by_label("Your reply to Dee")).to_have_value(WORDS)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#newest")).to_be_visible()
    assert sorted(Turn.objects.values_list("reply", flat=True)) == ["A choice, in another tab.", WORDS]


def test_whoever_was_signed_out_finds_her_words(at_the_box: Page):
    at_the_box.context.clear_cookies(name="sessionid")
    at_the_box.get_by_role("button", name="Send").click()
    expect(at_the_box.get_by_label("Your words, to copy")).to_have_value(WORDS)
    check_accessible(at_the_box)


def test_to_stop_keeps_what_was_typed(at_the_box: Page, attempt):
    at_the_box.get_by_role("button", name="Stop here").click()
    expect(at_the_box.get_by_role("heading", level=1)).to_have_text("Looking back")
    at_the_box.get_by_role("link", name="Go on with Dee").click()
    expect(at_the_box.get_by_label("Your reply to Dee")).to_have_value(WORDS)


@pytest.mark.parametrize("script", [True, False])
def test_a_whole_conversation_with_and_without_javascript(open_page, sign_in, ruth, the_rent, script):  # noqa: F811
    page = open_page(320, 640, java_script_enabled=script)
    sign_in(page, ruth)
    page.goto("/practice/")
    page.get_by_role("link", name="Dee · The rent").click()
    if script:
        check_accessible(page)
    page.get_by_role("button", name="Begin").click()
    for number, reply in enumerate(["A feeling.", "A fix.", "A choice.", "Blame.", "Blame and control."] * 3, 1):
        page.get_by_label("Your reply to Dee").fill(reply)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(f"#turn-{number} details")).to_have_attribute("open", "")
        expect(page.locator("details.landed[open]")).to_have_count(1)
        check_fits(page)
        if page.get_by_text("Here the conversation ends").is_visible():
            break
    page.get_by_role("link", name="Look back on it").click()
    expect(page.get_by_role("img", name="How Dee's trust went")).to_be_visible()
    check_fits(page)
    if script:
        check_accessible(page)
    page.get_by_role("button", name="Take it again (turn 2)").click()
    expect(page.get_by_label("Your reply to Dee")).to_have_value("A fix.")
    page.get_by_role("link", name="I see this differently").first.click() if script else page.go_back()
    if script:
        check_accessible(page)
        check_fits(page)
    page.goto("/practice/")
    check_fits(page)
    page.get_by_role("link", name="Delete").first.click()
    if script:
        check_accessible(page)
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("status")).to_have_text("The conversation is deleted.")
    assert Attempt.objects.count() == 1


def test_the_page_is_light(page: Page, sign_in, ruth, attempt):
    sign_in(page, ruth)
    with weighing(page) as weights:
        page.goto(f"/practice/{attempt.id}/")
    assert sum(weights.values()) < 100_000
