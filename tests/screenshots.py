"""Take the pictures in ``docs/screenshots/`` anew: `make screenshots`, or `.venv/bin/python -m tests.screenshots`.

Starts a server of its own on an empty data folder, signs a learner up, lets her practise, and looks back with her;
each of these pages is taken 1280 and 360 px wide, in light and dark. Then it starts the demonstration, and takes the
pictures of the two guides at its desk. Needs Chromium and no network.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Literal, cast

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from alongside.config.demo import cast as cast_of_the_demonstration
from tests.browser.chromium import FLAGS, HOW_TO_GET_IT, find_chromium

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 360, "height": 780})
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 56
MOST_BYTES = 150_000
SECONDS_TO_OPEN = 300  # the demonstration is filled first
MOST_REPLIES = 12

SCENARIO = "the-rent"
REPLIES = (
    "Hi Dee, I’m glad you wrote. That sum must be going round and round in your head.",
    "You’ve worked the early shift for two months, and you’re still standing. Have you asked your landlord for more "
    "time?",
    "That sounds so heavy to carry on your own. What would help most tonight?",
    "Thank you for telling me. You don’t have to explain yourself to me.",
)


def main() -> None:
    """Take all pictures, replacing those that are there."""
    path = find_chromium()
    if path is None:
        sys.exit(HOW_TO_GET_IT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "serve") as address:
            visit(browser.new_context(base_url=address, reduced_motion="reduce", locale="en-GB").new_page())
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "demo") as address:
            for email, pictures in GUIDES.items():
                page = browser.new_context(base_url=address, reduced_motion="reduce", locale="en-GB").new_page()
                sit_down_at_the_desk(page, email)
                pictures(page)
        browser.close()


@contextmanager
def serving(folder: Path, how: Literal["serve", "demo"]) -> Iterator[str]:
    """Serve a fresh Alongside from ``folder``, or the demonstration; give its address, and end it afterwards."""
    port = _free_port()
    settings = {"ALONGSIDE_DATA": str(folder / "var"), "ALONGSIDE_KEYS": str(folder / "keys"), "PORT": str(port)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    environment.pop("DATABASE_URL", None)
    command = [str(Path(sys.executable).with_name("alongside")), how]
    server = subprocess.Popen(command, env={**environment, **settings}, stdout=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        _wait_until_open(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def visit(page: Page) -> None:
    """Walk as a learner does, from the front page to looking back, and take a picture of each page."""
    page.goto("/")
    take(page, "front")
    take(page, "front-whole", whole=True)
    page.goto("/account/signup/")
    take(page, "sign-up")
    page.locator("[name=email]").fill("ruth@alongside.example")
    page.locator("[name=password1]").fill("a long walk by the river")
    page.locator("main form button").first.click()
    page.wait_for_url("**/workshop/")
    take(page, "workshop")
    page.goto("/practice/")
    take(page, "practice")
    page.goto(f"/practice/scenarios/{SCENARIO}/")
    take(page, "before-it-begins")
    page.locator("form[action$='/begin/'] button").click()
    practise(page)
    take(page, "looking-back", whole=True)
    page.goto("/me/")
    take(page, "you")


def practise(page: Page) -> None:
    """Answer until the conversation ends, take pictures of the second turn, and go on to looking back."""
    for number, reply in zip(range(1, MOST_REPLIES + 1), cycle(REPLIES), strict=False):
        if not page.locator("form[action$='/answer/']").count():
            break
        page.locator("form[action$='/answer/'] textarea").fill(reply)
        page.get_by_role("button", name="Send").click()
        page.locator(f"#turn-{number}").wait_for()
        if number == 2:
            take(page, "conversation", whole=True)
    page.goto(f"{page.url.partition('#')[0]}debrief/")


def sit_down_at_the_desk(page: Page, email: str) -> None:
    """Sign in as somebody of the demonstration, with the second factor."""
    page.set_viewport_size(SIZES[0])
    page.goto("/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(cast_of_the_demonstration.PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=code]").fill(_figures_now())
    page.locator("main form button").first.click()
    page.wait_for_url(lambda address: "account" not in address)


def see_what_a_coordinator_sees(page: Page) -> None:
    """Take the pictures of the coordinator's guide."""
    for name, address in (("today", ""), ("learners", "learners/"), ("group", "group/"), ("settings", "settings/")):
        page.goto(f"/desk/{address}")
        take_for_guide(page, name)
    page.goto("/desk/learners/")
    page.get_by_role("link", name="Tomasz").first.click()
    take_for_guide(page, "learner", whole=True)


def see_what_a_survivor_leader_sees(page: Page) -> None:
    """Take the pictures of the survivor leader's guide."""
    for name, address in (("leader-today", ""), ("review", "review/"), ("hours", "hours/")):
        page.goto(f"/desk/{address}")
        take_for_guide(page, name)
    page.goto("/desk/seen-differently/")
    page.get_by_role("link", name="Decide").first.click()
    take_for_guide(page, "decide")
    page.goto("/desk/corrections/")
    page.locator("main h2.sentence a").first.click()
    take_for_guide(page, "decision")


GUIDES = {
    "carla@demonstration.example": see_what_a_coordinator_sees,
    "sol@demonstration.example": see_what_a_survivor_leader_sees,
}


def take_for_guide(page: Page, name: str, whole: bool = False) -> None:
    """Take a page once, as it looks on a desk's screen."""
    page.evaluate("scrollTo(0, 0)")
    _keep(f"guide-{name}", page.screenshot(full_page=whole, caret="initial"))


def take(page: Page, name: str, whole: bool = False) -> None:
    """Take a page in all sizes and colours: its first screen, or the whole of it."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate("scrollTo(0, 0)")
            _keep(f"{name}-{size['width']}-{scheme}", page.screenshot(full_page=whole, caret="initial"))


def _keep(name: str, png: bytes) -> None:
    picture = FOLDER / f"{name}.png"
    picture.write_bytes(_made_small(png))
    if picture.stat().st_size > MOST_BYTES:
        sys.exit(f"{picture.name} has {picture.stat().st_size:,} bytes; {MOST_BYTES:,} is the most.")


def _made_small(png: bytes) -> bytes:
    """Reduce a picture to its most frequent colours, which stay exactly as they are."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted = picture.getcolors(picture.width * picture.height) or []
    most_frequent = sorted(counted, key=lambda pair: -pair[0])[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in most_frequent for part in cast("tuple[int, ...]", colour)])
    small = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _figures_now() -> str:
    """Give the six figures that everybody of the demonstration signs in with at this moment."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ALONGSIDE_DATA": folder, "ALONGSIDE_KEYS": folder}
        command = [str(Path(sys.executable).with_name("alongside")), "demo", "--code"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_open(address: str, server: "subprocess.Popen[bytes]") -> None:
    last_moment = time.monotonic() + SECONDS_TO_OPEN
    while time.monotonic() < last_moment:
        if server.poll() is not None:
            sys.exit("The server ended before it answered; what it wrote above says why.")
        try:
            urllib.request.urlopen(f"{address}/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    sys.exit(f"The server did not answer within {SECONDS_TO_OPEN} seconds.")


if __name__ == "__main__":
    main()
