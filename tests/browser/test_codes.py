"""Codes in a browser: hers, on a small old phone; and that of an ally or a care member."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.core.codes import Code, read_survivor_code
from alongside.people import acts
from alongside.people.models import KeyPair, Survivor
from conftest import PASSWORD
from tests.browser.accessibility import check_accessible, check_fits

TYPED = "Kettle willow lantern\nolive thimble harbor"


def look(page: Page, *, has_script: bool = True) -> None:
    if has_script:  # axe waits for a timer, which no page without JavaScript has
        check_accessible(page)
    check_fits(page)


def write_down(page: Page) -> list[str]:
    return page.locator("ol.code li").all_inner_texts()


def type_two(page: Page, words: list[str], button: str, *, has_script: bool = True) -> None:
    page.get_by_role("button", name="I have written them down").click()
    for label in page.get_by_text(re.compile(r"^Word \d$")).all():
        position = int(label.inner_text().removeprefix("Word "))
        page.get_by_label(label.inner_text()).fill(words[position - 1])
    look(page, has_script=has_script)
    page.get_by_role("button", name=button).click()


@pytest.fixture
def wren(transactional_db) -> Survivor:
    """A survivor."""
    return acts.come(Code("kettle willow", "lantern olive thimble harbor"), name="Wren").survivor


@pytest.mark.parametrize("has_script", [True, False])
def test_she_opens_changes_her_code_and_deletes_everything(open_page, wren, has_script):
    phone = open_page(320, 480, java_script_enabled=has_script)
    phone.goto("/talk/open/")
    phone.get_by_label("The six words of your code").fill("kettle wilow lantern olive thimble harbor")
    phone.get_by_role("button", name="Open").click()
    expect(phone.get_by_text("Is it “willow”")).to_be_visible()
    look(phone, has_script=has_script)
    phone.get_by_label("The six words of your code").fill(TYPED)
    phone.get_by_role("button", name="Open").click()
    phone.wait_for_url("**/talk/home/")
    phone.goto("/talk/code/change/")
    look(phone, has_script=has_script)
    words = write_down(phone)
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Save them as a picture").click()
    assert saved.value.suggested_filename == "picture.png"
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    type_two(phone, words, "Change my code", has_script=has_script)
    expect(phone.get_by_text("Your code is changed.")).to_be_visible()
    changed = read_survivor_code(" ".join(words))
    assert acts.open_code(changed, network="192.0.2.7").survivor == wren
    phone.goto("/talk/delete/")
    look(phone, has_script=has_script)
    phone.get_by_role("button", name="Delete everything now").click()
    expect(phone.get_by_role("heading", name="All of it is gone")).to_be_visible()
    assert not Survivor.objects.exists()


def test_an_ally_makes_a_code_opens_with_it_and_changes_it(page, sign_in, cora):
    acts.name_care_member(cora, by=cora)
    sign_in(page, cora)
    page.goto("/me/code/")
    look(page)
    page.get_by_role("link", name="Make my code").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    look(page)
    words = write_down(page)
    type_two(page, words, "This is my code")
    expect(page.get_by_text("It is open in this browser.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Close it for now").click()
    page.goto("/me/code/?next=/me/care/leave/")
    page.get_by_label("The four words of your code").fill("velvet")
    page.get_by_role("button", name="Open", exact=True).click()
    look(page)
    page.get_by_label("The four words of your code").fill(" ".join(words).upper())
    page.get_by_role("button", name="Open", exact=True).click()
    page.wait_for_url("**/me/care/leave/")
    look(page)
    page.goto("/me/code/new/")
    others = write_down(page)
    type_two(page, others, "This is my code")
    expect(page.get_by_text("It is open in this browser.")).to_be_visible()
    assert others != words
    assert KeyPair.objects.count() == 1
    page.get_by_role("button", name="Close it for now").click()
    page.get_by_role("button", name="I have lost it").click()
    look(page)
    page.goto("/desk/lost-codes/")
    look(page)
    page.goto("/desk/team/")
    look(page)
    page.get_by_role("link", name="Take them off the care team").click()
    look(page)
