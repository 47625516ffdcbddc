"""What no page may do, whatever the test is about; and what a page weighs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_INSIDE = ("data:", "about:")


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
