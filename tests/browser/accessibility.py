"""Whether everybody can use a page: axe at desktop and phone width, in light and dark; and does it fit a phone."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Page, ViewportSize

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ALL = {"resultTypes": ["violations"], "runOnly": _TAGS}
_OF_COLOURS = {**_ALL, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_SIZES = ((1280, 900), (360, 740))
_SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {"light": _ALL, "dark": _OF_COLOURS}


def check_accessible(page: Page) -> None:
    """Fail with all that axe finds on this page as it stands, at 1280 and 360 px, in light and in dark.

    On SQLite only: a walk that is walked again on PostgreSQL shows the same pages. In dark only what depends on colours
    is looked at once more. The page keeps its state; its size and colours are as before afterwards. The script is
    evaluated by the browser's debugger, which our content security policy does not concern.
    """
    if connection.vendor != "sqlite":
        return
    size = page.viewport_size
    page.evaluate(Axe().axe_script)
    found = [problem for width, height in _SIZES for problem in _problems_at(page, {"width": width, "height": height})]
    if size:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme=None)
    assert not found, f"{page.url}\n" + "\n".join(dict.fromkeys(found))


def _problems_at(page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    found = []
    for scheme, options in _SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        for violation in page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options):
            for node in violation["nodes"]:
                found.append(
                    f"{size['width']} px, {scheme}: {violation['id']}: {violation['help']}\n"
                    f"    {node['html']}\n    {node.get('failureSummary', '')}"
                )
    return found


def check_fits(page: Page, width: int = 320) -> None:
    """Fail when the page must be scrolled sideways at this width, in CSS pixels; name what sticks out."""
    size = page.viewport_size
    page.wait_for_load_state()  # a click may have come back before there is a body, or its style sheets
    page.set_viewport_size({"width": width, "height": 640})
    sticks_out = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll("body *")]
          .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    if size:
        page.set_viewport_size(size)
    assert not sticks_out, f"{page.url} is wider than {width} px:\n" + "\n".join(sticks_out)
