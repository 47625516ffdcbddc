"""All words on the pages of two who talk go through gettext, as ``tests.test_words`` has it of other pages."""

from datetime import timedelta
from uuid import uuid4

from alongside.conversations import acts
from alongside.conversations.models import Conversation
from alongside.conversations.tests.conftest import (  # noqa: F401 - fixtures
    FIRST_WORDS,
    amal,
    as_ally,
    as_her,
    bea,
    make_ally,
    offer,
    own_opener,
    talk,
)
from alongside.people.models import CareMember
from alongside.people.opening import close_all
from alongside.records import clock
from tests.test_words import marked, unmarked  # noqa: F401 - a fixture

CROSSES = "Let's meet for coffee. I can send you money. My number is 0151 234 56 79, on Telegram: www.example.org"
WRITTEN = [CROSSES, FIRST_WORDS, "Half a thought.", "Money and debts", "Alongside", "Money", "Marisol", "Amal", "Cora"]


def check(pages) -> None:
    assert [page.status_code for page in pages if page.status_code >= 500] == []
    assert [unmarked(page.content.decode(), WRITTEN) for page in pages] == [[]] * len(pages)


def test_every_word_of_her_conversations_can_be_translated(wren, amal, talk, as_her, marked):  # noqa: F811
    browser, hers = as_her(wren), f"/talk/c/{talk.pk}/"
    browser.get(hers)
    acts.send(amal, talk, CROSSES, uuid4())
    Conversation.objects.update(asks_for_earlier=True, expires_at=clock.now() + timedelta(days=3))
    addresses = ("/talk/home/", hers, f"{hers}new/", *(f"{hers}{name}/" for name in ("end", "block", "copy", "delete")))
    pages = [browser.get(address) for address in addresses]
    pages += [browser.post(f"{hers}{name}/", follow=True) for name in ("send", "earlier")]
    pages.append(browser.post(f"{hers}draft/", {"text": "Half a thought."}, follow=True))
    acts.end(amal, talk)
    pages += [browser.get(address) for address in ("/talk/home/", hers, f"{hers}new/")]
    pages.append(browser.post(f"{hers}send/", {"text": "Half a thought."}))
    pages.append(browser.post(f"{hers}delete/", follow=True))
    pages.append(browser.get("/talk/home/"))
    pages.append(browser.post(f"{hers}send/", {"text": "Half a thought."}))
    close_all(wren.pair)
    pages.append(browser.post(f"{hers}send/", {"text": "Half a thought."}))
    check(pages)


def test_every_word_of_an_allys_conversations_can_be_translated(
    wren,
    amal,  # noqa: F811
    bea,  # noqa: F811
    talk,  # noqa: F811
    offer,  # noqa: F811
    as_,
    as_ally,  # noqa: F811
    marked,  # noqa: F811
):
    browser, hers = as_ally(amal), f"/ally/c/{talk.pk}/"
    pages = [browser.get("/ally/"), browser.get(hers)]
    waiting = offer(wren, bea)
    other = as_ally(bea)
    pages += [each.get(f"/ally/waiting/{waiting.pk}/") for each in (other, as_(bea.user))]
    pages.append(other.get("/ally/"))
    pages.append(other.post(f"/ally/waiting/{waiting.pk}/decline/", follow=True))
    pages.append(other.post(f"/ally/waiting/{waiting.pk}/decline/", follow=True))
    pages += [browser.post(f"{hers}draft/", {"text": "Half a thought."}, follow=True), browser.post(f"{hers}send/")]
    Conversation.objects.update(expires_at=clock.now() + timedelta(days=3))
    acts.end(wren, talk)
    pages += [browser.get(address) for address in ("/ally/", hers)]
    pages.append(as_(amal.user).post(f"{hers}send/", {"text": "Half a thought."}))
    check(pages)


def test_every_word_of_what_an_ally_can_do_can_be_translated(
    wren,
    amal,  # noqa: F811
    talk,  # noqa: F811
    marisol,
    cora,
    as_ally,  # noqa: F811
    marked,  # noqa: F811
):
    browser, hers = as_ally(amal), f"/ally/c/{talk.pk}/"
    telling = {"text": "Half a thought.", "messages": "1", "tells_openings": "1"}
    pages = [browser.get("/ally/care/"), browser.get(f"{hers}worry/"), browser.post(f"{hers}report/", telling)]
    for member in (marisol, cora):
        CareMember.objects.create(user=member)
        own_opener(member)
    pages += [browser.get(f"{hers}{name}/") for name in ("hand-back", "block", "worry", "report")]
    pages += [browser.post(f"{hers}{name}/", {"text": CROSSES}) for name in ("send", "hand-back")]
    pages += [browser.post(f"{hers}check/", {"text": text}) for text in ("", "Half a thought.")]
    pages += [browser.post(f"{hers}worry/", {**telling, "honest": each}) for each in ("child", "life")]
    pages += [browser.post(f"{hers}worry/", telling), browser.post("/ally/care/", {"text": ""})]
    told = browser.post(f"{hers}report/", telling)["Location"]
    pages += [browser.get(told), browser.post(f"{told}add/", {"text": ""}), browser.get("/ally/care/")]
    pages.append(browser.post(f"{told}take-back/", follow=True))
    pages.append(browser.post(f"{hers}hand-back/", {"text": "Half a thought."}, follow=True))
    check(pages)
