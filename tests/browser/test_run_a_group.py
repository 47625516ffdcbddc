"""A coordinator's days: the first one, a learner who becomes an ally, and a list taken along. No page has a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from alongside.desk.tests.conftest import ALL_BUT_A_TALK, bring, lesson  # noqa: F401 - fixtures
from alongside.people.models import Ally, Organisation
from alongside.practice import acts as practice
from alongside.practice.models import Attempt
from alongside.practice.tests.conftest import read_key_words, the_rent  # noqa: F401 - a fixture
from alongside.records import clock
from alongside.workshop.models import Certificate
from alongside.workshop.tests.conftest import make_lesson  # noqa: F401 - a fixture
from conftest import PASSWORD
from tests.browser.accessibility import check_accessible, check_fits


def check(page: Page) -> None:
    expect(page.locator("script")).to_have_count(0)
    check_accessible(page)
    check_fits(page)


@pytest.fixture
def on_the_way(bring, ruth, the_rent, monkeypatch):  # noqa: F811
    """Ruth has done all that she can do herself, and shows a conversation."""
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)
    bring(ruth, *(step for step in ALL_BUT_A_TALK if step not in ("show", "identity", "reference")))
    attempt = practice.begin(ruth, the_rent)
    for number, reply in enumerate(("Some warmth.", "A fix, and pity. Maybe. Hola.", "I invite."), 1):
        practice.answer(ruth, attempt.id, number, reply)
    Attempt.objects.filter(pk=attempt.pk).update(shown_at=clock.now())
    Certificate.objects.create(learner=ruth, name_on_it="Ruth", lessons=10, practices=10, minutes=180)
    return ruth


def test_the_first_day(page, sign_in, cora):
    sign_in(page, cora)
    page.goto("/desk/")
    page.get_by_role("link", name="still to be set up before a group begins").click()
    page.get_by_label("Name", exact=True).fill("The Lantern")
    page.get_by_label("How learners reach you").fill("Ask at the door.")
    page.get_by_label("Minimum age").fill("3")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Something below needs another look.")).to_be_visible()
    check(page)
    page.get_by_label("Minimum age").fill("18")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert Organisation.current().name == "The Lantern"
    page.get_by_role("link", name=re.compile("Do it.*The agreement that allies sign")).click()
    expect(page.get_by_text("No lawyer has read it")).to_be_visible()
    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_text("This is how it will be read.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Version 1 is in force since")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Team").click()
    page.get_by_role("link", name="Invite a survivor leader").click()
    page.get_by_role("button", name="Make the link").click()
    check(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.get_by_label("The link")).to_have_value(re.compile(r"/me/welcome/[\w-]{43}/$"))
    check(page)


def test_a_learner_becomes_an_ally(page, open_page, sign_in, on_the_way, cora, marisol):
    hers = open_page()
    sign_in(page, cora)
    sign_in(hers, marisol)
    page.goto("/desk/")
    page.get_by_role("link", name="1 learner waits for a talk.").click()
    check(page)
    page.get_by_role("link", name="Ruth").click()
    check(page)
    for button in ("I have talked with them", "I have seen who they are", "one of the two", "second of the two"):
        page.get_by_role("button", name=button).click()
    page.get_by_text("Not yet", exact=True).first.click()
    page.get_by_role("button", name="Not yet").click()
    expect(page.get_by_text("Write what would help.")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Read the practice that they show").click()
    check(page)
    page.get_by_role("button", name="Open it").click()
    page.get_by_text("How it landed with").nth(1).click()
    check(page)
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="They are ready").click()
    expect(page.get_by_text("A second person of the desk says it, too.")).to_be_visible()
    hers.goto(page.url)
    hers.get_by_role("button", name="They are ready").click()
    expect(hers.get_by_text("Ruth is an ally now.")).to_be_visible()
    assert Ally.objects.in_effect().count() == 1
    hers.get_by_role("button", name="It took place, with me (week 1)").click()
    check(hers)
    hers.get_by_role("link", name="Suspend the role").click()
    check(hers)
    hers.get_by_role("button", name="Suspend it").click()
    hers.get_by_role("link", name="Let them go on").click()
    check(hers)
    page.goto(hers.url.replace("reinstate/", "certificate/"))
    check(page)


def test_a_coordinator_takes_the_list_along(no_js_page, sign_in, on_the_way, cora):
    sign_in(no_js_page, cora)
    no_js_page.goto("/desk/learners/")
    no_js_page.get_by_label("Where").select_option("waits for a talk")
    no_js_page.get_by_role("button", name="Show").click()
    with no_js_page.expect_download() as download:
        no_js_page.get_by_role("button", name="Take this list along").click()
    assert download.value.suggested_filename == "learners.csv"
    assert "ruth@alongside.example" in download.value.path().read_text("utf-8-sig")
