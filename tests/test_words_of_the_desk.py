"""All words of the desk's pages about introductions go through gettext, as ``tests.test_words`` has it of others."""

from datetime import timedelta

from alongside.conversations.models import Conversation, JudgedCrowd, JudgedOften
from alongside.conversations.tests.conftest import amal, make_ally, offer, talk  # noqa: F401 - fixtures
from alongside.introductions import acts
from alongside.introductions.letting_in import ASKS_OF_A_NETWORK
from alongside.introductions.models import Ask, Door, Introduction, Topic
from alongside.introductions.tests.conftest import DUTIES, NUMBERS
from alongside.introductions.time_zones import time_zones
from alongside.people.acts.codes import TRIES_OF_A_NETWORK
from alongside.people.models import Organisation, Supervision
from alongside.records import clock
from alongside.records.models import HourCount
from tests.cast import survivor_opener
from tests.test_words import NAMES, marked, unmarked  # noqa: F401 - a fixture

OWN_WORDS = ("Pelicans stretch a week.", "Herons would help.", "I know about money.")


def check(pages, *written: str) -> None:
    places = [each for part, its in time_zones() for each in (part, *(name for _zone, name in its))]
    people = ["Amal", "amal@alongside.example", *(f"{name.lower()}@alongside.example" for name in NAMES)]
    numbers = [pk.hex[:8] for pk in Introduction.objects.values_list("pk", flat=True)]
    texts = [*NAMES, *people, *OWN_WORDS, *Topic.objects.values_list("name", flat=True), *places, *numbers, *written]
    assert {page.status_code for page in pages} <= {200, 404, 422}
    texts.sort(key=len, reverse=True)
    assert [unmarked(page.text, texts) for page in pages] == [[]] * len(pages)


def test_every_word_about_the_door_and_the_topics_can_be_translated(as_, cora, marked):  # noqa: F811
    browser, door, topics = as_(cora), "/desk/door/", "/desk/topics/"
    pages = [browser.get(door), browser.post(door, {"under_age": "The youth line"}), browser.get("/desk/settings/")]
    pages.append(browser.post(f"{door}open/", follow=True))
    Door.objects.update_or_create(pk=1, defaults={"is_wanted": True})
    pages += [browser.get(door), browser.get("/desk/"), browser.get("/desk/introductions/")]
    pages.append(browser.post(f"{door}close/", follow=True))
    acts.take_topic_away(cora, "faith")
    pages += [
        browser.get(topics),
        browser.post(topics, {"name": ""}),
        browser.post(topics, {"name": "Birds"}, follow=True),
    ]
    pages += [browser.get(f"{topics}money/"), browser.post(f"{topics}money/", {"name": "birds"})]
    pages += [browser.post(f"{topics}{act}/", follow=True) for act in ("money/take-away", "faith/offer-again")]
    check(pages, "The youth line", "Birds", "birds", NUMBERS, DUTIES)


def test_every_word_about_introductions_can_be_translated(
    as_,
    cora,
    marisol,
    amal,  # noqa: F811
    talk,  # noqa: F811
    offer,  # noqa: F811
    marked,  # noqa: F811
):
    browser, now = as_(cora), clock.now()
    Organisation.objects.update_or_create(pk=1, defaults={"minimum_age": 18, "numbers": NUMBERS, "duties": DUTIES})
    page, presentations = "/desk/introductions/", "/desk/presentations/"
    pages = [browser.get(page), browser.get(presentations)]
    hour = now.replace(minute=0, second=0, microsecond=0)
    for limit in (ASKS_OF_A_NETWORK, TRIES_OF_A_NETWORK):
        HourCount.objects.create(limit=limit.name, hour=hour, tries=20, expires_at=hour + timedelta(days=9))
    Door.objects.update_or_create(pk=1, defaults={"slowed_at": now})
    JudgedCrowd.objects.create(month=now.date().replace(day=1), no=3, a_little=1, yes=1)
    JudgedOften.objects.create(ally=amal.user, expires_at=now + timedelta(days=9))
    acts.note_nobody_found(["money", "faith"])
    Supervision.objects.create(ally=amal.user.ally, week=1, due_at=now - timedelta(days=2))
    Supervision.objects.create(ally=amal.user.ally, week=4, due_at=now + timedelta(days=2))
    Conversation.objects.update(last_at=now - timedelta(days=20))
    offer(survivor_opener(), amal)
    Ask.objects.filter(state="met").update(state="waiting", waits_since=now)
    Introduction.objects.filter(state="offered").update(lease_until=now + timedelta(hours=2))
    waiting = acts.hand_in(amal.user, "Amal", {"money": OWN_WORDS[0]})
    pages += [browser.get(address) for address in (page, "/desk/", presentations, f"/desk/learners/{amal.user.pk}/")]
    hers = f"{presentations}{waiting.pk}/"
    pages += [browser.get(hers), browser.post(hers, {"send_back": "1"})]
    pages.append(browser.post(hers, {"send_back": "1", "what_would_help": OWN_WORDS[1]}, follow=True))
    pages.append(browser.get(hers))
    acts.hand_in(amal.user, "Amal", {"money": OWN_WORDS[0]})
    pages.append(browser.post(hers, {"send_back": "1", "what_would_help": OWN_WORDS[1]}))
    pages += [browser.post(f"{page}slow/", {"no_more": "1"}, follow=True), browser.post(f"{page}slow/", follow=True)]
    Conversation.objects.update(ended_at=now)
    pages += [browser.get(f"/desk/learners/{amal.user.pk}/"), as_(marisol).get(page)]
    check(pages, "Workshop", "Assessment", NUMBERS, DUTIES)
