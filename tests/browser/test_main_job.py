"""The whole job, as somebody new would do it, with the model that ships: from the front page to a debrief, and away."""

import json
import re

import pytest
from playwright.sync_api import expect

from alongside.people.models import User
from alongside.practice.models import Attempt
from alongside.practice.tests.conftest import the_rent  # noqa: F401 - a fixture
from conftest import PASSWORD
from tests.browser.accessibility import check_fits

REPLIES = (
    "Hi Dee, I'm glad you wrote to me. That sum must be going round and round in your head.",
    "You should just ask your boss for an advance.",
    "That sounds so heavy to carry alone. What would help most tonight, if anything?",
    "Thank you for telling me. It makes sense that you did what you had to do.",
)


@pytest.mark.on_both_databases
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_somebody_new_signs_up_practises_looks_back_takes_it_along_and_leaves(open_page, the_rent, script):  # noqa: F811
    page = open_page(360, 740, java_script_enabled=script)
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("E-mail").fill("juno@alongside.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page).to_have_url(re.compile(r"/workshop/$"))

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practice").click()
    page.get_by_role("link", name="Dee · The rent").click()
    page.get_by_role("button", name="Begin").click()
    for number, reply in enumerate(REPLIES * 4, 1):
        page.get_by_label("Your reply to Dee").fill(reply)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(f"#turn-{number}")).to_contain_text("Leans in:" if number == 1 else reply.split(".")[0])
        expect(page.locator("details[open]").get_by_text("Survivors have not yet reviewed")).to_be_visible()
        if page.get_by_text("Here the conversation ends").is_visible():
            break
    page.get_by_role("link", name="Look back on it").click()
    expect(page.get_by_role("table").first).to_be_visible()
    check_fits(page)

    page.get_by_role("link", name="You", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take everything along").click()
    taken = json.loads(download.value.path().read_text("utf-8"))
    assert REPLIES[0] in json.dumps(taken, ensure_ascii=False)

    page.get_by_role("link", name="Delete your account").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator("main")).to_be_visible()
    assert not User.objects.exists()
    assert not Attempt.objects.exists()
