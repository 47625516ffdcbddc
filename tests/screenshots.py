"""Take the pictures in ``docs/screenshots/`` anew: `make screenshots`, or `.venv/bin/python -m tests.screenshots`.

Starts a server of its own on an empty data folder, signs a learner up, lets her practise, and looks back with her.
Each page is taken 1280 and 360 px wide, in light and dark. Needs Chromium and no network.
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

from tests.browser.chromium import FLAGS, HOW_TO_GET_IT, find_chromium

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 360, "height": 780})
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 56
MOST_BYTES = 150_000
SECONDS_TO_OPEN = 120
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
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_context(base_url=address, reduced_motion="reduce", locale="en-GB").new_page()
        visit(page)
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a fresh Alongside from ``folder``; give its address, and end it afterwards."""
    port = _free_port()
    settings = {"ALONGSIDE_DATA": str(folder / "var"), "ALONGSIDE_KEYS": str(folder / "keys"), "PORT": str(port)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    environment.pop("DATABASE_URL", None)
    command = [str(Path(sys.executable).with_name("alongside")), "serve"]
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
    page.wait_for_url("**/practice/")
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


def take(page: Page, name: str, whole: bool = False) -> None:
    """Take a page in all sizes and colours: its first screen, or the whole of it."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate("scrollTo(0, 0)")
            picture = FOLDER / f"{name}-{size['width']}-{scheme}.png"
            picture.write_bytes(_made_small(page.screenshot(full_page=whole, caret="initial")))
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
