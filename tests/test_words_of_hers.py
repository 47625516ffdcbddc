"""All words on the pages that only a survivor opens go through gettext, as ``tests.test_words`` has it of others."""

from django.test import Client

from alongside.core.codes import Code
from alongside.people import acts
from tests.test_words import marked, unmarked  # noqa: F401 - a fixture

WORDS = {"address": "choir@alongside.example", "subject": "Choir", "text": "Bring it."}


def test_every_word_of_what_she_chooses_can_be_translated(db, open_in, settings, marked):  # noqa: F811
    browser = open_in(Client(), acts.come(Code("kettle willow", "lantern olive thimble harbor"), name="Wren"))
    addresses = ("/talk/settings/", "/talk/look/", "/talk/notice/", "/talk/quiet/", "/talk/nothing-here/")
    pages = [browser.get(address) for address in addresses]
    pages.append(browser.post("/talk/look/", {"look": "none"}))
    settings.MAIL_WORKS = True
    pages += [browser.get("/talk/notice/"), browser.post("/talk/notice/", {"address": "choir"})]
    pages.append(browser.post("/talk/notice/", WORDS, follow=True))
    pages.append(browser.get("/talk/notice/"))
    pages.append(browser.post("/talk/settings/name/", {"name": "Wren"}, follow=True))
    texts = ["Wren", "alongside@localhost", "choir", *WORDS.values()]
    assert [unmarked(page.text, sorted(texts, key=len, reverse=True)) for page in pages] == [[]] * len(pages)
