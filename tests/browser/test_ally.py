"""The pages of somebody on the way to being an ally, and of an ally."""

import re

import pytest
from playwright.sync_api import expect

from alongside.people import acts
from tests.browser.accessibility import check_accessible, check_fits

TEXT = """What I promise
I listen, and I keep what I hear to myself.
I take no money and lend none.

What I can count on
Somebody of the desk is there when I need to talk."""


@pytest.mark.parametrize("script", [True, False])
def test_a_learner_signs_reads_what_would_help_becomes_an_ally_and_rests(
    open_page, sign_in, prepare, ruth, cora, marisol, script
):
    page = open_page(320, 640, java_script_enabled=script)
    sign_in(page, ruth)

    def look() -> None:
        check_fits(page)
        if script:
            check_accessible(page)

    page.goto("/me/")
    page.get_by_role("link", name="What it takes, and how far you are").click()
    expect(page.get_by_text("Still to come").first).to_be_visible()
    look()
    acts.publish_agreement(cora, TEXT, replaces=0)
    page.reload()
    page.get_by_role("link", name=re.compile("The agreement, signed")).click()
    look()
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_text("You have signed the agreement.")).to_be_visible()
    acts.declare_not_yet(ruth, by=cora, what_would_help="One more practice.\n\nWe liked your silences.")
    page.reload()
    expect(page.get_by_text("We liked your silences.")).to_be_visible()
    look()
    prepare(ruth, marisol)
    page.reload()
    expect(page.get_by_text("Now two people of the desk decide")).to_be_visible()
    look()
    acts.declare_ready(ruth, by=cora)
    acts.declare_ready(ruth, by=marisol)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are an ally")
    look()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("heading", name="You have paused")).to_be_visible()
    look()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Lay down the role").click()
    look()
    page.get_by_role("button", name="Lay it down").click()
    expect(page.get_by_text("You laid down your role on")).to_be_visible()
    look()


def test_a_suspended_ally_is_out_at_once_and_reads_why_the_page_is_closed(
    open_page, sign_in, prepare, ruth, cora, marisol
):
    prepare(ruth, marisol)
    acts.declare_ready(ruth, by=cora)
    acts.declare_ready(ruth, by=marisol)
    here, elsewhere = open_page(), open_page()
    for page in (here, elsewhere):
        sign_in(page, ruth)
        page.goto("/me/ready/")
    acts.suspend(ruth, by=cora)
    for page in (here, elsewhere):
        page.get_by_role("button", name="Pause").click()
        expect(page).to_have_url(re.compile("/account/login/"))
    sign_in(here, ruth)
    here.goto("/me/ready/")
    expect(here.get_by_text("Your role as an ally is suspended at present.")).to_be_visible()
    check_accessible(here)
    check_fits(here)
