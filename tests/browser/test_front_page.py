"""What a visitor meets first, whatever she visits with."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessible, check_fits
from tests.browser.watching import weighing


def test_anyone_can_use_the_front_page(page: Page):
    page.goto("/")
    check_accessible(page)


def test_staff_can_use_the_front_page(page: Page, sign_in, cora):
    sign_in(page, cora)
    page.goto("/")
    expect(page.get_by_text("Only staff see this line")).to_be_visible()
    check_accessible(page)


@pytest.mark.parametrize("width", [280, 320, 768, 1280])
def test_the_front_page_never_scrolls_sideways(page: Page, width):
    page.goto("/")
    check_fits(page, width)


def test_the_front_page_weighs_under_50_kilobytes(page: Page):
    with weighing(page) as weights:
        page.goto("/")
    assert any(address.endswith("figtree.woff2") for address in weights), "the typeface was not measured"
    assert sum(weights.values()) < 50_000, weights


def test_the_whole_first_screen_of_a_phone_leads_to_signing_up(phone_page: Page):
    phone_page.goto("/")
    sign_up = phone_page.get_by_role("link", name="Sign up, it is free").first
    expect(sign_up).to_be_in_viewport()
    sign_up.tap()
    expect(phone_page).to_have_url("/account/signup/")


def test_the_front_page_is_whole_without_javascript(no_js_page: Page):
    no_js_page.goto("/")
    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("Be someone she can tell")
    expect(no_js_page.get_by_text("What Jo thought and did not say")).to_be_visible()


def test_a_visitor_walks_through_the_front_page_by_keyboard(page: Page):
    page.goto("/")
    passed = []
    for _ in range(5):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", f"nobody sees where the focus is on “{passed[-1]}”"
    assert passed == ["Skip to the content", "Alongside", "Sign in", "Sign up, it is free", "Sign in"]


def test_the_skip_link_shows_itself_and_leads_past_the_menu(page: Page):
    page.goto("/")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Sign up, it is free"


def test_the_front_page_is_dark_where_a_visitor_likes_it_dark(open_page):
    light, dark = (open_page(color_scheme=scheme) for scheme in ("light", "dark"))
    brightness = []
    for page in (light, dark):
        page.goto("/")
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        brightness.append(sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))))
    assert brightness[0] > 700
    assert brightness[1] < 100


def test_signs_of_leaning_in_and_pulling_back_differ_by_more_than_colour(page: Page):
    page.goto("/")
    style = "e => getComputedStyle(e).textDecorationStyle"
    leaning, pulling = page.locator(".look-in").first, page.locator(".look-back").first
    assert leaning.evaluate(style) != pulling.evaluate(style)
    expect(page.get_by_text("Leans in:")).to_be_visible()
    expect(page.get_by_text("Pulls back:")).to_be_visible()


def test_a_learner_is_led_to_the_workshop(page: Page, sign_in, ruth):
    sign_in(page, ruth)
    page.goto("/")
    expect(page.get_by_role("link", name="Sign up, it is free")).to_have_count(0)
    page.get_by_role("link", name="To the workshop").click()
    expect(page).to_have_url("/workshop/")
