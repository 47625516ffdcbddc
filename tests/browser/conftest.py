"""A browser for tests: Chromium against a running server, watched.

Every test in this folder is marked ``browser``. It gets:

``page``            a page at 1280 × 900
``phone_page``      one at 320 × 640, touched
``no_js_page``      one at 1280 × 900 without JavaScript
``open_page``       makes more of them: ``open_page(width, height, **playwright_options)``, each a browser of its own
``sign_in``         ``sign_in(page, ruth)``: from then on Ruth is signed in there
``open_for``        ``open_for(page, wren)``: Wren's code is open there; an ally or a care member is signed in, too
``live_server``     pytest-django's; addresses are relative, so ``page.goto("/practice/")`` is all it takes

and imports ``check_accessible``, ``check_fits`` (``tests.browser.accessibility``), ``weighing`` and
``receiving`` (``tests.browser.watching``). Motion is reduced, so that no colour is measured half-way.

Whatever a test is about, it fails when any of its pages asks somebody else's server for anything, writes an error to
the console, breaks the content security policy, has a script that fails, gets a 5xx, or lacks a style sheet, script or
picture (``Watch``). A test that provokes a 5xx on purpose takes the ``watch`` fixture and calls
``watch.trouble.clear()`` after it has looked.

The database is the real thing: a file, shared with the server's threads, put back after each test. The front page is
there from the start; import scenarios where a test needs them. A test marked ``on_both_databases`` is run again on
PostgreSQL: walks that show how a whole house works there, not more pages.

Without Chromium these tests are skipped, and say so; with ``CI`` set they fail.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from alongside.people.models import User
from alongside.people.opening import HER_COOKIE, OWN_COOKIE, Opener
from tests.browser.chromium import FLAGS, HOW_TO_GET_IT, find_chromium
from tests.browser.watching import Watch

Opens = Callable[..., Page]
SignsIn = Callable[[Page, User], None]
OpensFor = Callable[[Page, Opener], None]
HERE = Path(__file__).parent
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this folder; each page still has cookies of its own.

    Playwright keeps an event loop running in this thread, and Django takes that for a sign that the database must
    not be asked here. It may: nothing of ours runs in that loop.
    """
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def watch(live_server) -> Watch:
    """What is noted down about this test's pages."""
    return Watch(live_server.url)


@pytest.fixture
def open_page(browser: Browser, live_server, watch: Watch) -> Iterator[Opens]:
    """Make pages, and fail at the end when anything was amiss with one of them."""
    contexts = []

    def open_one(width: int = 1280, height: int = 900, **options) -> Page:
        context = browser.new_context(
            **{
                "base_url": live_server.url,
                "viewport": {"width": width, "height": height},
                "locale": "en-GB",
                "reduced_motion": "reduce",
                **options,
            }
        )
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    if watch.trouble:
        pytest.fail("\n".join(dict.fromkeys(watch.trouble)), pytrace=False)


@pytest.fixture
def page(open_page: Opens) -> Page:
    """A page on a desk's screen."""
    return open_page()


@pytest.fixture
def phone_page(open_page: Opens) -> Page:
    """A page on a small old phone."""
    return open_page(320, 640, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def no_js_page(open_page: Opens) -> Page:
    """A page without JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def sign_in(live_server) -> SignsIn:
    """Sign somebody in on a page, without the form: its own tests fill that in."""

    def sign_in_there(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in_there


@pytest.fixture
def open_for(live_server, open_in) -> OpensFor:
    """Open somebody's code on a page, without typing it; an ally is signed in too."""

    def open_there(page: Page, opener: Opener) -> None:
        client = Client()
        is_hers = opener.pair.survivor_id is not None
        if not is_hers:
            client.force_login(opener.user)
        open_in(client, opener)
        domain = live_server.url.removeprefix("http://").partition(":")[0]
        for name, cookie in client.cookies.items():
            path = "/talk/" if name == HER_COOKIE else "/"
            page.context.add_cookies([{"name": name, "value": cookie.value, "domain": domain, "path": path}])
        assert (HER_COOKIE if is_hers else OWN_COOKIE) in client.cookies

    return open_there
