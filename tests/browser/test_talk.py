"""Two people talk, in two browsers at once: what one sends comes to the other by itself, and nothing typed is lost."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from alongside.conversations import acts
from alongside.conversations.models import Message
from alongside.conversations.tests.conftest import FIRST_WORDS, amal, make_ally, offer, talk  # noqa: F401 - fixtures
from tests.browser.accessibility import check_accessible, check_fits

WORDS = "The heron stands in the reeds."
ANSWER = "I can see it from here."
TYPING_IS_KEPT_AFTER_MS = 4_000
ASKED_WITHIN_MS = 12_000


@pytest.fixture
def hers(open_page, open_for, wren, talk) -> Page:  # noqa: F811
    """A small old phone on which Wren has her conversation open."""
    page: Page = open_page(320, 640)
    open_for(page, wren)
    page.goto(f"/talk/c/{talk.pk}/#box")
    return page


@pytest.fixture
def allys(open_page, open_for, amal, talk) -> Page:  # noqa: F811
    """Amal has the same conversation open."""
    page: Page = open_page()
    open_for(page, amal)
    page.goto(f"/ally/c/{talk.pk}/#box")
    return page


def box(page: Page):
    return page.locator("textarea")


def send(page: Page, words: str) -> None:
    box(page).fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def test_what_one_sends_comes_to_the_other_without_a_new_page(hers, allys):
    hers.evaluate("document.body.dataset.same = 'page'")
    send(hers, WORDS)
    expect(hers.locator("#thread")).to_contain_text(WORDS)
    expect(box(hers)).to_have_value("")
    expect(box(hers)).to_be_focused()
    expect(box(hers)).to_be_in_viewport()
    expect(allys.locator("#thread")).to_contain_text(WORDS, timeout=ASKED_WITHIN_MS)
    send(allys, ANSWER)
    box(hers).press_sequentially("I am still typing")
    expect(hers.locator("#thread")).to_contain_text(ANSWER, timeout=ASKED_WITHIN_MS)
    expect(box(hers)).to_have_value("I am still typing")
    expect(box(hers)).to_be_focused()
    assert hers.evaluate("document.body.dataset.same") == "page"
    assert hers.locator("#thread li").count() == 3
    check_accessible(hers)
    check_fits(hers)
    check_accessible(allys)


def test_what_is_typed_is_kept_by_itself_and_waits_after_a_new_start(hers):
    box(hers).fill(WORDS)
    with hers.expect_response(lambda answer: answer.url.endswith("/draft/"), timeout=TYPING_IS_KEPT_AFTER_MS):
        pass
    hers.reload()
    expect(box(hers)).to_have_value(WORDS)


def test_when_the_network_fails_the_words_stay_in_the_box(hers, watch):
    hers.context.set_offline(True)
    send(hers, WORDS)
    expect(hers.get_by_role("alert")).to_contain_text("still in the box")
    expect(box(hers)).to_have_value(WORDS)
    check_accessible(hers)
    hers.context.set_offline(False)
    hers.get_by_role("button", name="Send").click()
    expect(hers.locator("#thread")).to_contain_text(WORDS)
    expect(hers.get_by_role("alert")).to_be_hidden()
    watch.trouble.clear()


def test_a_double_click_sends_once(hers, talk):  # noqa: F811
    box(hers).fill(WORDS)
    hers.get_by_role("button", name="Send").dblclick()
    expect(hers.locator("#thread")).to_contain_text(WORDS)
    assert Message.objects.count() == 2


def test_she_talks_without_javascript(open_page, open_for, wren, amal, talk):  # noqa: F811
    page = open_page(320, 640, java_script_enabled=False)
    open_for(page, wren)
    page.goto("/talk/home/")
    page.get_by_role("link", name="Amal").click()
    expect(page.locator("#thread")).to_contain_text(FIRST_WORDS)
    box(page).fill(WORDS)
    page.get_by_role("button", name="Keep for later").click()
    expect(box(page)).to_have_value(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread")).to_contain_text(WORDS)
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport()
    expect(box(page)).to_have_value("")
    acts.send(amal, talk, "Mine is 0151 234 56 79.", uuid4())
    page.reload()
    expect(page.locator("#thread")).to_contain_text("never ask for yours")
    check_fits(page)
    page.get_by_role("link", name="End this conversation").click()
    page.get_by_role("button", name="End it").click()
    expect(page.locator("main")).to_contain_text("You have ended this conversation")
    page.get_by_role("link", name="Delete this conversation").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_role("status").last).to_contain_text("deleted, for both of you")
    assert not Message.objects.exists()


@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_use_a_conversation(open_page, open_for, wren, lark, amal, talk, offer, width):  # noqa: F811
    hers, allys = open_page(width, 800), open_page(width, 800)
    waiting = offer(lark, amal)
    open_for(hers, wren)
    open_for(allys, amal)
    acts.send(amal, talk, "Let's meet for coffee, my number is 0151 234 56 79.", uuid4())
    names = ("", "end/", "block/", "copy/", "delete/")
    for address in ("/talk/home/", *(f"/talk/c/{talk.pk}/{name}" for name in names)):
        hers.goto(address)
        check_accessible(hers)
        check_fits(hers)
    for address in ("/ally/", f"/ally/waiting/{waiting.pk}/", f"/ally/c/{talk.pk}/"):
        allys.goto(address)
        check_accessible(allys)
        check_fits(allys)
    acts.end(amal, talk)
    hers.goto(f"/talk/c/{talk.pk}/")
    check_accessible(hers)
    check_fits(hers)
