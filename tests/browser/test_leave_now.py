"""Leave now: at once, from anywhere on the page, with and without JavaScript; and “Back” shows nothing of hers."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.core.codes import Code
from alongside.people import acts
from alongside.people.models import Opened
from alongside.people.opening import HER_COOKIE, HER_LIMITS, Opener
from tests.browser.accessibility import check_accessible, check_fits
from tests.browser.chromium import FLAGS, find_chromium

pytestmark = pytest.mark.usefixtures("elsewhere")

PAGES = ("/talk/settings/", "/talk/look/", "/talk/notice/")
BEFORE = ("/talk/leave/", "/talk/quiet/", "/talk/nothing/")
HERS = "How this page looks from outside"

OpensHers = Callable[[Page], None]


@pytest.fixture
def elsewhere(live_server, settings):
    """Where leaving leads: in tests, to a page of our own that is none of hers."""
    settings.LEAVE_TO = f"{live_server.url}/workshop/"
    return settings.LEAVE_TO


@pytest.fixture
def wren(transactional_db) -> Opener:
    """A survivor."""
    return acts.come(Code("kettle willow", "lantern olive thimble harbor"), name="Wren")


@pytest.fixture
def open_hers(live_server, open_in, wren) -> OpensHers:
    """Open Wren's code on a page, without typing it."""

    def open_there(page: Page) -> None:
        token = open_in(Client(), wren).cookies[HER_COOKIE].value
        domain = live_server.url.removeprefix("http://").partition(":")[0]
        page.context.add_cookies(
            [
                {
                    "name": HER_COOKIE,
                    "value": token,
                    "domain": domain,
                    "path": "/talk/",
                    "httpOnly": True,
                    "sameSite": "Strict",
                }
            ]
        )

    return open_there


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def hers(request, open_page, open_hers) -> Page:
    """A small old phone on which Wren has looked at two pages of hers."""
    page: Page = open_page(320, 480, java_script_enabled=request.param == "with JavaScript")
    open_hers(page)
    page.goto("/talk/settings/")
    page.goto("/talk/look/")
    expect(page.get_by_role("heading", name=HERS)).to_be_visible()
    return page


def go_back(page: Page) -> None:
    """Press Back, whatever comes of it."""
    page.go_back(wait_until="commit")
    page.wait_for_load_state("load")


def check_nothing_of_hers(page: Page) -> None:
    assert HERS not in page.content()
    assert "Settings" not in page.content()


def check_back_shows_nothing(page: Page) -> None:
    for _step in range(2):
        go_back(page)
        check_nothing_of_hers(page)


def test_she_leaves_and_back_shows_nothing(hers, elsewhere):
    hers.get_by_role("button", name="Leave now").click()
    hers.wait_for_url(elsewhere)
    check_back_shows_nothing(hers)
    assert not Opened.objects.exists()
    assert [cookie["name"] for cookie in hers.context.cookies() if cookie["name"] in ("s", "x", "b")] == []


def test_leaving_is_first_in_the_order_of_tabs(hers):
    hers.keyboard.press("Tab")
    expect(hers.get_by_role("button", name="Leave now")).to_be_focused()


def test_leaving_is_always_in_view_and_the_tab_says_nothing(open_page, open_hers):
    page = open_page(320, 480)
    for address in (*BEFORE, *PAGES):
        if address == PAGES[0]:
            open_hers(page)
        page.goto(address)
        leave = page.get_by_role("button", name="Leave now")
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        expect(leave).to_be_in_viewport(ratio=1)
        assert leave.bounding_box()["height"] >= 44
        assert page.title() == "Notes"


def test_everybody_can_use_what_she_chooses(page, open_hers, settings):
    settings.MAIL_WORKS = True
    open_hers(page)
    for address in PAGES:
        page.goto(address)
        check_accessible(page)
        check_fits(page)


def test_shift_three_times_leaves_and_a_screen_reader_hears_it_coming(open_page, open_hers, elsewhere):
    page = open_page()
    open_hers(page)
    page.goto("/talk/settings/")
    status = page.locator("form.leave [role=status]")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Shift: press it twice more to leave.")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Shift: press it once more to leave.")
    page.keyboard.press("Shift")
    page.wait_for_url(elsewhere)
    check_back_shows_nothing(page)


def test_writing_in_capitals_does_not_leave(open_page, open_hers):
    page = open_page()
    open_hers(page)
    page.goto("/talk/settings/")
    page.get_by_label("A name").fill("")
    page.get_by_label("A name").press_sequentially("WREN")
    for letter in ("A", "B", "C"):
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    expect(page.get_by_label("A name")).to_have_value("WRENABC")
    assert page.url.endswith("/talk/settings/")


def test_where_the_server_does_not_hear_of_it_back_still_shows_nothing(open_page, open_hers, elsewhere, watch):
    page = open_page()
    open_hers(page)
    page.goto("/talk/settings/")
    page.goto("/talk/look/")
    page.route("**/talk/leave/", lambda route: route.abort())
    page.get_by_role("button", name="Leave now").click()
    page.wait_for_url(elsewhere)
    assert Opened.objects.exists(), "nobody told the server"
    check_back_shows_nothing(page)
    assert not Opened.objects.exists()
    watch.trouble.clear()  # the request that did not arrive


def test_what_is_open_in_another_tab_goes_as_well(open_page, open_hers, elsewhere):
    page = open_page()
    open_hers(page)
    page.goto("/talk/settings/")
    other = page.context.new_page()
    other.goto("/talk/look/")
    page.get_by_role("button", name="Leave now").click()
    other.wait_for_url(elsewhere)
    check_nothing_of_hers(other)


def test_a_page_that_nobody_looks_at_is_put_away(open_page, open_hers):
    page = open_page()
    open_hers(page)
    page.clock.install()
    page.goto("/talk/settings/")
    page.clock.run_for(int(HER_LIMITS.idle.total_seconds() * 1000) - 1000)
    assert page.url.endswith("/talk/settings/")
    page.clock.run_for(2000)
    page.wait_for_url("**/talk/quiet/")
    expect(page.get_by_role("heading", name="Nobody was here for a while")).to_be_visible()


def test_what_the_server_has_taken_keeps_a_page_from_going_quiet(open_page, open_hers):
    page = open_page()
    open_hers(page)
    page.clock.install()
    page.goto("/talk/settings/")
    half = int(HER_LIMITS.idle.total_seconds() * 500)
    page.clock.run_for(half)
    page.evaluate("document.dispatchEvent(new Event('used'))")
    page.clock.run_for(half + 1000)
    assert page.url.endswith("/talk/settings/")


@pytest.fixture
def remembering(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A browser that keeps whole pages for “Back”, as people's own do; Playwright's does not otherwise."""
    own = browser.browser_type.launch(
        executable_path=find_chromium(), args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield own.new_context(base_url=live_server.url)
    own.close()


def test_a_page_that_was_kept_whole_comes_back_while_she_is_here(remembering, open_hers):
    page = remembering.new_page()
    open_hers(page)
    page.goto("/talk/settings/")
    page.goto("/talk/look/")
    page.go_back(wait_until="commit")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()


def test_a_page_is_put_out_of_sight_before_a_browser_keeps_it_and_is_asked_for_anew(page, open_hers):
    open_hers(page)
    page.goto("/talk/look/")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(page.get_by_role("heading", name=HERS)).to_be_hidden()
    Opened.objects.all().delete()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_url("**/talk/open/")
    check_nothing_of_hers(page)


@pytest.mark.parametrize("way", ["button", "shift"])
def test_a_browser_that_keeps_whole_pages_shows_nothing_either(remembering, open_hers, elsewhere, way):
    page = remembering.new_page()
    open_hers(page)
    page.goto("/talk/settings/")
    page.goto("/talk/look/")
    if way == "button":
        page.get_by_role("button", name="Leave now").click()
    else:
        for _press in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(elsewhere)
    check_back_shows_nothing(page)
