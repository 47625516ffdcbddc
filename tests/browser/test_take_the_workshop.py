"""The whole way of a learner: from the front page to a certificate that a stranger verifies, and what comes after."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from alongside.practice.tests.conftest import read_key_words
from conftest import LESSONS, PASSWORD
from tests.browser.accessibility import check_accessible, check_fits

NAME = "Juno Ferreira"
REPLIES = ("A feeling, and warmth.", "I invite.", "A choice. A fix.")
LATER = ("Warmth. I invite.", "A feeling, and a choice.", "I affirm.")


@pytest.fixture(autouse=True)
def _key_words(monkeypatch):
    for room in ("practice.acts.conversing", "workshop.acts.assessing"):
        monkeypatch.setattr(f"alongside.{room}.rate", read_key_words)


def make_account(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("E-mail").fill("juno@alongside.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page).to_have_url(re.compile("/workshop/$"))


def go_on(page: Page) -> None:
    """From the whole way, on to whatever comes next."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Workshop").click()
    page.get_by_role("link", name=re.compile("^(Begin|Go on|Go on where you left)$")).click()


def answer_three(page: Page, replies: tuple[str, ...], look: Callable[[], None]) -> None:
    look()
    page.get_by_role("button", name="Meet the first person").click()
    for number, reply in enumerate(replies, 1):
        expect(page.get_by_text(f"person {number} of 3")).to_be_visible()
        expect(page.get_by_text("Leans in:")).to_have_count(0)
        if number == 2:
            look()
        page.get_by_label(re.compile("^Your reply to")).fill(reply)
        page.get_by_role("button", name=re.compile("^Send, and")).click()


def practise(page: Page) -> None:
    page.get_by_role("button", name="Begin").click()
    for number in (1, 2, 3):
        page.get_by_label(re.compile("^Your reply to")).fill("I invite.")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(f"#turn-{number} details")).to_have_attribute("open", "")


def choose(page: Page) -> None:
    drill = page.locator(".drill:target")
    drill.get_by_role("radio").first.check()
    drill.get_by_role("button", name="See what they do").click()
    expect(page.locator(".drill:target").get_by_role("heading", name="What each reply did")).to_be_visible()


def take_lesson(page: Page) -> None:
    """Do what the foot of the lesson says is missing, one after the other, until nothing is."""
    page.get_by_label("To yourself").fill("That I may come again.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("Kept on")).to_be_visible()
    lesson, missing = page.url.split("#")[0], page.locator("#end li a")
    while missing.count():
        is_drill = missing.first.inner_text().startswith("The drill")
        missing.first.click()
        choose(page) if is_drill else practise(page)
        page.goto(lesson)
    page.get_by_role("button", name="I’ve read this").click()
    expect(page.get_by_role("heading", name="This lesson is behind you")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "script"), [(320, False), (1280, True)], ids=["a phone without JavaScript", "a desk with it"]
)
def test_somebody_new_takes_all_of_it_and_gets_a_certificate(some_content, open_page, width, script):
    page, stranger = open_page(width, 800, java_script_enabled=script), open_page(320, 640)

    def look() -> None:
        check_fits(page)
        if script:
            check_accessible(page)

    make_account(page)
    expect(page.get_by_role("heading", name=re.compile(r"^About \d+ minutes, in pieces"))).to_be_visible()
    page.locator(".way").get_by_role("link").nth(1).click()
    expect(page.get_by_role("link", name="Answer them")).to_be_visible()
    look()
    go_on(page)
    answer_three(page, REPLIES, look)
    expect(page.get_by_role("heading", level=1)).to_have_text("What your replies did")
    look()

    page.get_by_role("link", name="On to the lessons").click()
    page.get_by_text("What is still missing").click()
    look()
    for _lesson in LESSONS:
        go_on(page)
        check_fits(page)
        take_lesson(page)
    page.get_by_role("link", name=re.compile("^Next: At the end")).click()
    answer_three(page, LATER, look)
    page.get_by_role("link", name="See both times side by side").first.click()
    expect(page.get_by_role("row", name=re.compile("Sentences that pull back 1 0"))).to_be_visible()
    look()

    page.get_by_role("link", name="The whole way").click()
    expect(page.get_by_role("heading", name="You have been all the way")).to_be_visible()
    look()
    page.get_by_role("link", name="Your certificate").first.click()
    look()
    page.get_by_label("Your name, as you write it").fill(NAME)
    page.get_by_role("button", name="Issue my certificate").click()
    look()
    code = page.locator("code").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the paper").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    printed = PdfReader(download.value.path()).pages[0].extract_text()
    assert NAME in printed
    assert code in printed

    stranger.goto("/certificates/")
    stranger.get_by_label("Code").fill(code.lower())
    stranger.get_by_role("button", name="Verify").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This certificate is genuine")
    stranger.get_by_label("The name on the paper").fill(NAME)
    stranger.get_by_role("button", name="Compare").click()
    expect(stranger.get_by_text("It fits")).to_be_visible()
    check_fits(stranger)
    check_accessible(stranger)

    page.get_by_role("link", name="The whole way").click()
    page.get_by_role("link", name="Becoming an ally").click()
    expect(page.get_by_text("2 of 8 are done.")).to_be_visible()
    expect(page.get_by_text("Still to come", exact=True)).to_have_count(6)
    expect(page.get_by_role("link", name=re.compile("^Go there"))).not_to_have_count(0)
    check_fits(page)
