"""All words from the door to a code go through gettext, too, as ``tests.test_words`` has it of others."""

import pytest
from django.db import OperationalError
from django.test import Client

from alongside.introductions import acts, asking_now, beginning, letting_in
from alongside.introductions.models import Ask, Door, Topic
from alongside.introductions.tests.coming import page_of, pick, proof
from alongside.introductions.tests.conftest import (  # noqa: F401 - fixtures
    DUTIES,
    NUMBERS,
    amal,
    bea,
    make_ally,
    open_house,
    tomas,
)
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.records import clock
from alongside.records.limits import Limit
from tests.test_words import NAMES, marked, unmarked  # noqa: F401 - a fixture

OWN_WORDS = "The bittern sings."


def texts() -> list[str]:
    topics = list(Topic.objects.values_list("name", flat=True))
    own = ["The Green House", "The youth line: 0800 111 111", "a day or two", NUMBERS, DUTIES, OWN_WORDS]
    people_here = ["Amal", "Bea", "Tomas", "English", "español", *NAMES]
    sentences = [f"I know about {topic}." for topic in ("money", "work", "parenting", "court-and-papers", "faith")]
    return [*own, *people_here, *topics, *sentences]


def check(pages, *statuses: int) -> None:
    assert {page.status_code for page in pages} <= {200, *statuses}
    for page in pages:
        codes = [word.text for word in page_of(page).select("ol.code li")]
        written = sorted([*texts(), " ".join(codes) or "–", *codes], key=len, reverse=True)
        assert unmarked(page.text, written) == [], page.request["PATH_INFO"]


@pytest.mark.usefixtures("open_house", "bea", "tomas")
def test_every_word_from_the_door_to_a_code_can_be_translated(amal, marked, monkeypatch):  # noqa: F811
    browser = Client()
    pages = [browser.get(f"/talk/{step}") for step in ("", "topics/", "with/")]
    pages.append(browser.post("/talk/topics/", {"topics": ["gone"]}))
    browser.post("/talk/topics/", {"topics": ["money", "faith"]})
    browser.post("/talk/with/", {"woman": "rather", "times": ["weekend-night"], "languages": ["en", "es"]})
    pages += [browser.get("/talk/people/"), browser.post("/talk/people/", {"pick": "nobody"})]
    browser.post("/talk/with/", {"been_there": "must", "woman": "must", "languages": ["es"]})
    pages.append(browser.get("/talk/people/"))
    browser.post("/talk/with/", {})
    pick(browser, amal)
    pages += [browser.get("/talk/words/"), browser.post("/talk/words/", {"words": "x" * 5000})]
    pages[-1].content = pages[-1].content.replace(b"x" * 5000, OWN_WORDS.encode())
    browser.post("/talk/words/", {"words": OWN_WORDS})
    pages += [browser.get("/talk/code/"), browser.get("/talk/code/prove/")]
    pages.append(browser.post("/talk/code/prove/", {"first": "1", "second": "2"}))
    words = [word.text for word in page_of(pages[-3]).select("ol.code li")]
    with monkeypatch.context() as patched:
        patched.setattr(letting_in, "ASKS", Limit("asks", 0, letting_in.HOUR))
        pages.append(browser.post("/talk/code/prove/", proof(browser, words)))
    pages.append(Client().post("/talk/words/", {"words": OWN_WORDS}))

    def busy(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(asking_now, "begin_ask", busy)
    pages.append(browser.post("/talk/code/prove/", proof(browser, words)))
    monkeypatch.setattr(beginning, "keep", busy)
    pages.append(browser.post("/talk/words/", {"words": OWN_WORDS}))
    Door.objects.update(is_wanted=False)
    pages.append(Client().get("/talk/"))
    check(pages, 409, 422, 429, 503)


@pytest.mark.usefixtures("open_house")
def test_every_word_of_how_an_ask_stands_can_be_translated(amal, bea, tomas, wren, open_in, marked):  # noqa: F811
    hers = open_in(Client(), wren)
    pages = [hers.get("/talk/again/")]
    ask = acts.begin_ask(wren, Wishes(topics=("money",), languages=("en",)), OWN_WORDS)
    pages.append(hers.get("/talk/again/"))
    acts.wait(wren, ask)
    pages.append(hers.get("/talk/again/"))
    acts.find_for_those_who_wait(clock.now())
    pages.append(hers.get("/talk/again/"))
    acts.decline(amal, acts.offer(wren, ask, amal).pk)
    pages.append(hers.get("/talk/again/"))
    Ask.objects.update(expires_at=clock.now())
    pages.append(hers.get("/talk/again/"))
    acts.offer(wren, ask, bea)
    pages += [hers.get("/talk/again/"), hers.post("/talk/again/take-back/", follow=True)]
    for ally in (amal, bea, tomas):
        people.pause(ally)
    pages += [hers.get("/talk/again/"), hers.post("/talk/again/stop/", follow=True), hers.get("/talk/again/")]
    check(pages)
