"""All words of the pages about codes go through gettext, too, as ``tests.test_words`` has it of others."""

from django.test import Client

from alongside.core.codes import Code
from alongside.people import acts
from alongside.people.models import KeyPair
from alongside.people.tests.test_change_a_code import drawn_on
from alongside.records import turnstile
from conftest import PASSWORD
from tests.test_words import NAMES, marked, unmarked  # noqa: F401 - a fixture

HERS = Code("kettle willow", "lantern olive thimble harbor")
OWN = Code("", "cinnamon hammock garden velvet")


def words_of(page: str) -> list[str]:
    """Give the words of the code that the page shows, one by one and in one line."""
    from bs4 import BeautifulSoup

    shown = [item.get_text() for item in BeautifulSoup(page, "html.parser").select("ol.code li")]
    return [" ".join(shown), *shown]


def check(pages, *written: str) -> None:
    codes = [word for page in pages for word in words_of(page.text)]
    texts = sorted([*NAMES, *codes, *written], key=len, reverse=True)
    assert [unmarked(page.text, [text for text in texts if text]) for page in pages] == [[]] * len(pages)


def test_every_word_about_a_code_of_hers_can_be_translated(db, open_in, marked, monkeypatch):  # noqa: F811
    browser, change = open_in(Client(), acts.come(HERS)), "/talk/code/change/"
    pages = [browser.get(change), browser.get("/talk/delete/"), browser.get("/talk/open/")]
    drawn = drawn_on(pages[0].text)
    pages += [browser.post(change, {"drawn": drawn, "step": step}) for step in ("ask", "show")]
    pages += [
        browser.post(change, {"drawn": drawn}),
        browser.post(change, {"drawn": drawn, "first": "a", "second": "b"}),
    ]
    pages += [browser.post(change, {"drawn": "nonsense"})]
    typed = ("", "kettle", "kettle wilow lantern olive thimble harbor", "walnut willow lantern olive thimble harbor")
    pages += [browser.post("/talk/open/", {"code": code}) for code in typed]
    monkeypatch.setattr(turnstile, "PATIENCE", 0.01)
    with turnstile.passing(), turnstile.passing():
        pages.append(browser.post("/talk/open/", {"code": " ".join(HERS.words)}))
    browser.post("/talk/delete/")
    pages.append(browser.get("/talk/gone/"))
    assert {page.status_code for page in pages} == {200, 422, 503}
    check(pages, *typed, " ".join(HERS.words))


def test_every_word_about_an_own_code_can_be_translated(cora, marisol, as_, as_proved, open_in, marked):  # noqa: F811
    for person in (cora, marisol):
        acts.name_care_member(person, by=cora)
    browser = as_proved(cora)
    pages = [browser.get("/me/code/"), browser.get("/me/code/new/"), browser.get("/me/care/leave/")]
    drawn = drawn_on(pages[1].text)
    pages += [browser.post("/me/code/new/", {"drawn": drawn, "step": "ask"}), browser.get("/me/")]
    opener = acts.make_own_code(cora, OWN)
    pages += [browser.get("/me/code/"), browser.post("/me/code/", {"code": "velvet"})]
    pages += [browser.post("/me/code/lost/", follow=True), browser.get("/desk/lost-codes/"), browser.get("/desk/")]
    pages += [browser.get("/desk/team/"), browser.get(f"/desk/team/{cora.pk}/care/remove/")]
    pages += [as_(marisol).get("/desk/lost-codes/")]
    pages.append(as_proved(marisol).post(f"/desk/lost-codes/{cora.pk}/", follow=True))
    open_in(browser, opener)
    KeyPair.objects.update(used_before_at=opener.pair.made_at)
    pages.append(browser.get("/me/code/"))
    pages.append(browser.post("/me/code/close/", follow=True))
    assert {page.status_code for page in pages} == {200, 422}
    check(pages, "velvet", "cora@alongside.example", "marisol@alongside.example", PASSWORD)
