"""The pages that nobody wants to meet."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessible, check_fits


def test_a_mistyped_address_leads_back_to_the_front_page(page: Page):
    answer = page.goto("/nothing-of-that-name/")
    assert answer is not None
    assert answer.status == 404
    check_accessible(page)
    check_fits(page)
    page.get_by_role("link", name="To the front page").click()
    expect(page).to_have_url("/")


def test_words_are_still_in_the_box_after_a_form_was_refused(page: Page, sign_in, ruth):
    sign_in(page, ruth)
    page.goto("/me/")
    page.locator("#id_name").fill("Ruth of the river")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Keep this name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This was not sent")
    check_accessible(page)
    check_fits(page)
    page.go_back()
    expect(page.locator("#id_name")).to_have_value("Ruth of the river")
