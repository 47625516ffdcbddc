"""What her pages weigh, as they come over the network from a server as it is installed: all of it, nothing kept.

Chromium counts what it receives: the page with its headers, style sheets, scripts, pictures, and the icon.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from alongside.conversations import acts as talking
from alongside.conversations.models import Conversation
from alongside.introductions.models import THE_DOOR, Door
from alongside.people.models import Organisation
from alongside.records import clock
from tests.browser.watching import receiving
from tests.pages import pages_left_out
from tests.story import Story, story  # noqa: F401 - a fixture

MOMENTS_FOR_THE_ICON = 200
LIGHT = 30_000
"""Bytes: less than this is what a page of hers weighs in all."""
WORDS = "Дощ і дощ, і знову дощ. "
"""Most of its letters take two bytes."""
CROSSES = "My number is 0151 234 56 79."
DUTIES = "If a child is in danger, we pass it on to the children’s office. " * 8
NUMBER = "Night line, from ten in the evening on: 0800 000 000"
WITHOUT_A_CODE = (
    "/talk/",
    "/talk/open/",
    "/talk/gone/",
    "/talk/leave/",
    "/talk/quiet/",
    "/talk/topics/",
    "/talk/with/",
    "/talk/people/",
    "/talk/words/",
    "/talk/code/",
    "/talk/code/prove/",
    "/talk/promises/",
    "/talk/nothing-here/",
)
WITH_A_CODE = (
    "/talk/home/",
    "/talk/c/{conversation}/",
    "/talk/c/{conversation}/end/",
    "/talk/c/{conversation}/block/",
    "/talk/c/{conversation}/copy/",
    "/talk/c/{conversation}/delete/",
    "/talk/c/{conversation}/report/",
    "/talk/c/{conversation}/uneasy/",
    "/talk/care/",
    "/talk/care/{report}/",
    "/talk/again/",
    "/talk/settings/",
    "/talk/look/",
    "/talk/notice/",
    "/talk/code/change/",
    "/talk/delete/",
)


@pytest.fixture
def live_server(transactional_db, settings, tmp_path) -> Iterator[LiveServer]:
    """A server whose style sheets, scripts and pictures are collected, compressed and named by what is in them."""
    kind = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": kind}
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", verbosity=0, interactive=False)
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_house(story) -> Story:  # noqa: F811
    """The house of the story with its door open; of Wren's conversation, and of a draft, there is as much as fits."""
    organisation = {"name": "The Green House", "minimum_age": 18, "safeguarding_lead": "Cora", "lead": story.cora.user}
    Organisation.objects.create(**organisation, numbers="\n".join([NUMBER] * 6), duties=DUTIES)
    Door.objects.update_or_create(
        pk=THE_DOOR, defaults={"is_wanted": True, "under_age": NUMBER, "answers_take": "a day or two"}
    )
    for _each in range(4):
        talking.send(story.amal, story.talk, WORDS * 70 + CROSSES, uuid4())
    talking.keep_draft(story.wren, story.talk, WORDS * 160)
    Conversation.objects.update(began_at=clock.now() - timedelta(days=8), is_asked_uneasy=False)
    return story


def came(received: Counter[str], ending: str) -> bool:
    return any(address.endswith(ending) for address in received)


def weigh(page: Page, address: str) -> int:
    """Give how many bytes come when an address is opened."""
    with receiving(page) as received:
        page.goto(address)
        assert page.url.endswith(address), f"{address} led to {page.url}"
        for _moment in range(MOMENTS_FOR_THE_ICON):
            if came(received, ".svg"):
                break
            page.wait_for_timeout(20)
    for what in (address, ".css", ".js", ".svg"):
        assert came(received, what), f"{address} came without its {what}"
    return received.total()


def choose(page: Page) -> None:
    """Go from the door to a code, which is shown and not yet proven."""
    page.goto("/talk/topics/")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Write to Bea").click()
    page.get_by_label("Your first words").fill(WORDS * 60)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/talk/code/")


def test_each_page_of_hers_weighs_under_30_kilobytes(open_page, open_for, open_house):
    places = {"conversation": open_house.talk.pk, "report": open_house.report.pk}
    page = open_page(360, 740)
    choose(page)
    weights = {address: weigh(page, address) for address in WITHOUT_A_CODE}
    open_for(page, open_house.wren)
    weights |= {address: weigh(page, address.format(**places)) for address in WITH_A_CODE}
    assert {address: weight for address, weight in weights.items() if weight >= LIGHT} == {}


def test_no_page_of_hers_is_left_out():
    left_out = pages_left_out((*WITHOUT_A_CODE, *WITH_A_CODE))
    assert [page for page in left_out if page.startswith("talk/")] == []
