"""The way from the door to a code, as somebody goes it in a browser."""

import re

from bs4 import BeautifulSoup, Tag
from django.test import Client

from alongside.people.models import User

WORDS = "The bittern sings at night."


def page_of(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def one_of(answer, selector: str) -> Tag:
    """The one thing on a page that a selector finds."""
    (found,) = page_of(answer).select(selector)
    return found


def names_on(browser: Client) -> list[str]:
    """The people on her shortlist."""
    return [heading.text for heading in page_of(browser.get("/talk/people/")).select("article h2")]


def show_others(browser: Client):
    shown = [field["value"] for field in page_of(browser.get("/talk/people/")).select("[name=shown]")]
    return browser.post("/talk/people/", {"others": "1", "shown": shown})


def pick(browser: Client, ally: User):
    return browser.post("/talk/people/", {"pick": str(ally.pk)})


def choose(browser: Client, ally: User, *topics: str, words: str = WORDS, name: str = "") -> None:
    """Go through all steps until the code is shown."""
    browser.post("/talk/topics/", {"topics": topics})
    browser.post("/talk/with/", {})
    assert pick(browser, ally)["Location"] == "/talk/words/"
    assert browser.post("/talk/words/", {"words": words, "name": name})["Location"] == "/talk/code/"


def code_shown(browser: Client) -> list[str]:
    return [word.text for word in page_of(browser.get("/talk/code/")).select("ol.code li")]


def proof(browser: Client, words: list[str]) -> dict[str, str]:
    """The two words that are asked for, as they are typed."""
    positions = re.findall(r"Word (\d)", browser.get("/talk/code/prove/").text)
    first, second = (words[int(position) - 1] for position in positions)
    return {"first": first, "second": second}


def prove(browser: Client):
    return browser.post("/talk/code/prove/", proof(browser, code_shown(browser)))
