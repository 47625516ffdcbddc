"""What no page may do, whatever the test is about; and what a page weighs."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_INSIDE = ("data:", "about:")
_MOMENTS, _A_MOMENT_MS = 40, 25


@dataclass
class Watch:
    """Notes down whatever goes wrong in a browser: ``trouble`` is a list of sentences, empty when all is well.

    Trouble is: a request to anybody but our own server at ``address``; an error in the console, which is also how
    Chromium reports what the content security policy refused; a script that fails; an answer of 500 or more; and a
    style sheet, script, font or picture that is not there. A *page* that answers 4xx is a page like any other.
    """

    address: str
    trouble: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch every page of a browser."""
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.trouble.append(f"A script failed: {error.error}"))

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", *_INSIDE)):
            self.trouble.append(f"A request to somebody else: {request.url}")

    def _on_response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() or response.request.resource_type in ("fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.trouble.append(f"{response.status} for {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium writes a line for each 4xx and 5xx, too; those are judged above.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded"):
            self.trouble.append(f"In the console of {message.page.url if message.page else '?'}: {message.text}")


@contextmanager
def weighing(page: Page) -> Iterator[dict[str, int]]:
    """Give a dictionary that fills with the bytes, uncompressed, of each address loaded inside the ``with``."""
    responses: list[Response] = []
    weights: dict[str, int] = {}

    def note(response: Response) -> None:
        responses.append(response)

    page.on("response", note)
    yield weights
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", note)
    weights.update((response.url, len(response.body())) for response in responses if response.status == 200)


@contextmanager
def receiving(page: Page) -> Iterator[Counter[str]]:
    """Give a counter of the bytes that come over the network inside the ``with``, headers too, by address.

    They are those of Chromium's own count, compressed where they come so; nothing is taken from its cache, and the icon
    that it asks for by itself is among them. What is still on its way at the end is waited for.
    """
    session = page.context.new_cdp_session(page)
    asked: dict[str, str] = {}
    received: Counter[str] = Counter()

    def note_asked(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def note_received(event: dict[str, Any]) -> None:
        if address := asked.pop(event["requestId"], ""):  # what was asked for before is not counted
            received[address] += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", note_asked)
    session.on("Network.loadingFinished", note_received)
    for ending in ("Network.loadingFailed", "Network.requestServedFromCache"):
        session.on(ending, lambda event: asked.pop(event["requestId"], ""))
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield received
    for _moment in range(_MOMENTS):
        if not asked:
            break
        page.wait_for_timeout(_A_MOMENT_MS)
    session.detach()
