"""All words with which an ally presents herself go through gettext, too, as ``tests.test_words`` has it of others."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from alongside.introductions import acts, notices
from alongside.introductions.ally_forms import languages
from alongside.introductions.models import Topic
from alongside.introductions.time_zones import time_zones
from alongside.people import letters
from alongside.people.models import Ally
from tests.test_words import NAMES, marked, unmarked  # noqa: F401 - a fixture

SAID = {"money": "Pelicans stretch a week.", "faith": "Herons stay silent."}


def check(pages, *written: str) -> None:
    places = [each for part, its in time_zones() for each in (part, *(name for _zone, name in its))]
    texts = [*NAMES, *SAID.values(), *Topic.objects.values_list("name", flat=True), *places, *written]
    texts.sort(key=len, reverse=True)
    assert [unmarked(page.text, texts) for page in pages] == [[]] * len(pages)


def test_every_word_of_how_an_ally_presents_herself_can_be_translated(
    ruth,
    cora,
    as_,
    settings,
    marked,  # noqa: F811
):
    settings.MAIL_WORKS = True
    TOTP.activate(ruth, generate_totp_secret())
    Ally.objects.create(user=ruth)
    browser, profile, words = as_(ruth), "/ally/profile/", "/ally/profile/words/"
    pages = [browser.get(profile), browser.get(words), browser.get("/ally/profile/matching/")]
    trouble = {"topic-money": "Call 0800.", "topic-faith": "Herons stay silent."}
    pages += [browser.post(words, data) for data in (trouble, {"name": "Juniper"})]
    pages += [browser.post("/ally/profile/matching/"), browser.post("/ally/profile/times/")]
    waiting = acts.hand_in(ruth, "Juniper", SAID)
    pages.append(browser.get(profile))
    acts.send_back(waiting, cora, "Herons would help.")
    pages += [browser.get(profile), browser.get(words)]
    acts.approve(acts.hand_in(ruth, "Juniper", SAID), cora)
    acts.hand_in(ruth, "Juniper", SAID)
    notices.stop_letters(ruth)
    pages += [browser.get(profile), browser.get("/ally/profile/times/")]
    stop = f"/letters/{letters.stop_token(ruth, notices.SOMETHING_WAITS)}/stop/"
    pages.append(as_(None).get(stop))
    notices.allow_letters(ruth)
    pages.append(as_(None).get(stop))
    assert {page.status_code for page in pages} == {200, 422}
    check(pages, "Juniper", "Herons would help.", "Call 0800.", *dict(languages()).values())
