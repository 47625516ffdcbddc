"""Somebody comes from the door to her own page, on a small phone: with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from alongside.introductions.models import Introduction
from alongside.introductions.tests.conftest import amal, bea, make_ally, open_house, tomas  # noqa: F401 - fixtures
from tests.browser.accessibility import check_accessible, check_fits
from tests.browser.watching import weighing

LIGHT = 30_000
"""Bytes: what a page of hers may weigh in all."""


def look(page: Page) -> None:
    check_accessible(page)
    check_fits(page)


def typed(page: Page, words: list[str]) -> None:
    for label in page.locator("label", has_text="Word").all_inner_texts():
        position = re.search(r"\d", label)
        assert position
        page.get_by_label(label).fill(words[int(position[0]) - 1])


@pytest.mark.usefixtures("open_house", "bea", "tomas")
@pytest.mark.parametrize("has_scripts", [True, False], ids=["JavaScript", "none"])
def test_somebody_comes_from_the_door_to_her_own_page(open_page, amal, has_scripts):  # noqa: F811
    page = open_page(320, 640, java_script_enabled=has_scripts)
    if not has_scripts:
        walk(page, lambda _page: None)
    else:
        with weighing(page) as weights:
            page.goto("/talk/")
        assert sum(weights.values()) < LIGHT
        walk(page, look)
        page.goto("/talk/again/")
        look(page)
    assert Introduction.objects.get().ally == amal


def walk(page: Page, at_each) -> None:
    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()
        at_each(page)

    page.goto("/talk/")
    at_each(page)
    page.get_by_role("link", name="Start").click()
    at_each(page)
    page.get_by_label("Money and debts").check()
    page.get_by_label("Faith").check()
    page.get_by_label("Does one of them matter most?").select_option("Faith")
    press("Go on")
    page.get_by_role("group", name="A woman").get_by_label("I would like that").check()
    press("Go on")
    expect(page.get_by_role("article")).to_have_count(3)
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Faith").first).to_be_checked()
    press("Go on")
    press("Go on")
    press("Write to Amal")
    page.get_by_label("Your first words").fill("The bittern sings at night.")
    press("Go on")
    words = page.locator("ol.code li").all_inner_texts()
    assert len(words) == 6
    page.get_by_role("link", name="I have written them down").click()
    at_each(page)
    typed(page, ["wrong"] * 6)
    press("Go on")
    expect(page.get_by_text("These are not the two words.")).to_be_visible()
    typed(page, words)
    press("Go on")
    page.wait_for_url("**/talk/home/")
    expect(page.get_by_text("You have asked somebody")).to_be_visible()
