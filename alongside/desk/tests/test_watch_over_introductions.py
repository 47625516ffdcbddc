"""How introductions stand, at the desk: days and numbers, never a message and never a survivor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.conversations import acts as conversing
from alongside.conversations.models import Conversation, JudgedCrowd, JudgedOften
from alongside.conversations.tests.conftest import FIRST_WORDS, MakesAllies, make_ally, offer  # noqa: F401 - fixtures
from alongside.desk import at_the_door, watching
from alongside.introductions import acts
from alongside.introductions.letting_in import ASKS_OF_A_NETWORK
from alongside.introductions.models import Ask, Introduction, NobodyFound, Profile
from alongside.people import acts as people
from alongside.people.models import Ally, KeyPair, Supervision
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.models import Entry, HourCount, Verb
from tests.cast import survivor_opener

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/desk/introductions/"


def read(answer, part: str) -> Tag:
    """Give the first part of a page that a selector finds."""
    return BeautifulSoup(answer.text, "html.parser").select(part)[0]


@pytest.fixture
def amal(make_ally: MakesAllies) -> Opener:  # noqa: F811
    """An ally."""
    return make_ally("amal")


@pytest.fixture
def wren(db) -> Opener:
    """A survivor, who goes by a name."""
    return survivor_opener()


@pytest.fixture
def talk(wren, amal, offer) -> Conversation:  # noqa: F811
    """Wren and Amal talk."""
    return conversing.begin(amal, offer(wren, amal).pk)


@pytest.fixture
def page(as_, cora) -> Callable[..., str]:
    """The page as Cora reads it, or somebody else."""
    return lambda who=cora: read(as_(who).get(PAGE), "main").get_text(" ", strip=True)


def test_a_quiet_house_says_so(page):
    words = page()
    for sentence in (
        "Nothing waits for an answer.",
        "Nobody waits because nobody fits.",
        "somebody has written in the last 14 days",
        "None is due within a week.",
        "There are no allies yet.",
        "Nobody has gone without somebody to talk with.",
        "There are not enough answers yet to show any.",
    ):
        assert sentence in words


def test_an_offer_is_shown_with_the_hours_that_are_left_and_the_ally_who_has_it(page, wren, amal, offer):  # noqa: F811
    offered = offer(wren, amal)
    assert "48 hours" in page()
    assert not watching.offers()[0].is_overdue
    Introduction.objects.update(lease_until=clock.now() + timedelta(hours=3, minutes=1))
    [row] = watching.offers()
    assert (row.hours_left, row.is_overdue, row.ally) == (4, True, amal.user)
    assert row.number == offered.pk.hex[:8]
    Introduction.objects.update(lease_until=clock.now() - timedelta(hours=3))
    assert watching.offers()[0].hours_left == 0
    assert "has run out" in page()


def test_those_who_wait_are_numbers_and_a_day(page, wren, offer, amal):  # noqa: F811
    offer(wren, amal)
    Introduction.objects.all().delete()
    Ask.objects.update(state=Ask.State.WAITING, waits_since=clock.now() - timedelta(days=3))
    day = clock.now() - timedelta(days=3)
    assert f"1 person waits because nobody fits, since {day.day} {day:%B %Y}." in page()
    Ask.objects.update(state=Ask.State.CHOOSING)
    assert "1 person has yet to choose" in page()


def test_a_conversation_is_quiet_when_neither_has_written_for_two_weeks(page, talk):
    assert watching.quiet_talks() == []
    Conversation.objects.update(last_at=clock.now() - timedelta(days=15))
    assert [row.number for row in watching.quiet_talks()] == [talk.introduction_id.hex[:8]]
    assert "quiet since" in page()
    Conversation.objects.update(ended_at=clock.now())
    assert watching.quiet_talks() == [], "one that has ended may be quiet"


def test_each_ally_is_shown_with_what_they_carry_and_what_is_missing(page, talk, amal, make_ally, offer):  # noqa: F811
    bea = make_ally("bea")
    KeyPair.objects.filter(user=bea.user).delete()
    Profile.objects.filter(ally=bea.user.pk).delete()
    offer(survivor_opener(), amal)
    hers, beas = watching.walking()
    assert (hers.user, hers.talks, hers.at_once, hers.offers, hers.missing) == (amal.user, 1, 5, 1, ())
    assert (beas.talks, beas.at_once, [str(each) for each in beas.missing]) == (
        0,
        1,
        ["has no code yet", "has no words that are approved", "has not said in which languages"],
    )
    people.pause(amal.user)
    assert "Paused" in page() or "Has paused" in page()
    Ally.objects.filter(pk=bea.user.pk).update(ended_at=clock.now())
    assert [row.user for row in watching.walking()] == [amal.user]


def test_the_list_of_allies_says_what_each_role_itself_says(amal, make_ally, cora, db):  # noqa: F811
    resting, suspended, paused = (make_ally(name).user for name in ("rita", "sara", "tess"))
    resting.authenticator_set.all().delete()
    people.suspend(suspended, by=cora)
    people.pause(paused)
    assert {row.user.pk: row.state for row in watching.walking()} == {
        ally.pk: str(ally.state.label) for ally in Ally.objects.all()
    }


def test_the_page_takes_as_many_queries_for_ten_allies_as_for_one(
    django_assert_num_queries,
    make_ally,  # noqa: F811
):
    make_ally("amal")
    with CaptureQueriesContext(connection) as once:
        watching.walking()
    for name in ("bea", "cleo", "dora"):
        make_ally(name)
    with django_assert_num_queries(len(once)):
        watching.walking()


def test_supervision_is_due_within_a_week_or_overdue(page, amal):
    Supervision.objects.create(ally=amal.user.ally, week=1, due_at=clock.now() - timedelta(days=2))
    Supervision.objects.create(ally=amal.user.ally, week=4, due_at=clock.now() + timedelta(days=5))
    Supervision.objects.create(ally=amal.user.ally, week=8, due_at=clock.now() + timedelta(days=8))
    assert [(row.week, is_overdue) for row, is_overdue in watching.due()] == [(1, True), (4, False)]
    assert "overdue since" in page()


def test_introductions_are_counted_by_how_they_stand(wren, amal, talk, offer):  # noqa: F811
    acts.decline(amal.user, offer(survivor_opener(), amal).pk)
    offer(survivor_opener(), amal)
    assert {row.state: (row.now, row.lately) for row in watching.standings()} == {
        "offered": (1, 3),
        "accepted": (1, 1),
        "declined": (None, 1),
        "expired": (None, 0),
        "taken back": (None, 0),
        "closed": (None, 0),
    }
    Introduction.objects.update(
        offered_at=clock.now() - timedelta(days=31), decided_at=clock.now() - timedelta(days=31)
    )
    assert {row.lately for row in watching.standings()} == {0}


def test_who_found_nobody_is_a_number_for_each_month_and_topic(page):
    with clock.moved_to(clock.now() - timedelta(days=40)):
        for _person in range(4):
            acts.note_nobody_found(["money"])
        acts.note_nobody_found(["money", "faith"])
    [month] = watching.nobody_found()
    assert (month.people, month.topics) == (5, (("Money and debts", 5), ("Faith", 1)))
    for topic in ("", "gone"):
        NobodyFound.objects.create(month=month.first.replace(year=2020), topic=topic, count=5)
    assert watching.nobody_found()[-1].topics == (("gone", 5),), "a topic that is there no more goes by its slug"


def test_what_one_person_wished_to_talk_about_is_not_told_by_numbers(page):
    with clock.moved_to(clock.now() - timedelta(days=40)):
        for _person in range(4):
            acts.note_nobody_found(["faith"])
    for _person in range(6):
        acts.note_nobody_found(["faith"])
    this_month, before = watching.nobody_found()
    assert (this_month.people, this_month.topics) == (6, ()), "it goes on, and two looks would tell who came between"
    assert (before.people, before.topics) == (4, ()), "fewer than five"
    assert "not told" in page()


def test_an_ally_by_whom_five_felt_judged_is_named_to_coordinators_alone(page, amal, marisol):
    JudgedCrowd.objects.create(month=clock.now().date().replace(day=1), no=3, a_little=1, yes=1)
    JudgedOften.objects.create(ally=amal.user, expires_at=clock.now() + timedelta(days=9))
    assert "have felt judged with Amal" in page()
    assert "have felt judged" not in page(marisol)
    assert "A little" in page(marisol)


def test_nothing_of_the_desk_shows_what_is_said_or_who_a_survivor_is(as_, cora, talk, wren, amal, offer):  # noqa: F811
    offer(survivor_opener(), amal)
    Conversation.objects.update(last_at=clock.now() - timedelta(days=15))
    secrets = {FIRST_WORDS, str(talk.pk), str(talk.introduction_id), str(wren.survivor.pk), wren.survivor.pk.hex}
    secrets |= {str(ask.pk) for ask in Ask.objects.all()}
    for address in (PAGE, "/desk/", f"/desk/learners/{amal.user.pk}/", "/desk/trail/", "/desk/door/"):
        page = as_(cora).get(address)
        assert page.status_code == 200
        assert [secret for secret in secrets if secret in page.text] == []


# --- The page of one ally --------------------------------------------------------------------------------------------


def test_an_allys_page_shows_her_conversations_by_their_days(as_, cora, talk, amal):
    address = f"/desk/learners/{amal.user.pk}/"
    began = clock.now() - timedelta(days=9)
    Introduction.objects.update(decided_at=began)
    page = as_(cora).get(address).text
    assert "With 5 people at once, at most." in page
    assert f"since {began.day} {began:%B %Y}; the last message of either on" in page
    conversing.end(amal, talk)
    assert f"from {began.day} {began:%B %Y} to " in as_(cora).get(address).text
    talk.delete()
    assert f"from {began.day} {began:%B %Y} to " in as_(cora).get(address).text, "its days stay, with the introduction"


def test_a_blocked_conversation_looks_like_any_that_has_ended(as_, cora, talk, wren, amal):
    conversing.block(wren, talk)
    blocked = as_(cora).get(f"/desk/learners/{amal.user.pk}/")
    Conversation.objects.update(is_blocked=False, ended_by=Conversation.Ended.BY_ALLY)
    ended = as_(cora).get(f"/desk/learners/{amal.user.pk}/")
    tell = [read(page, "#talks ~ ul") for page in (blocked, ended)]
    assert tell[0] == tell[1]


# --- What waits, on the first page ------------------------------------------------------------------------------------


def test_what_waits_in_introductions_stands_on_the_first_page(as_, cora, marisol, talk, amal, offer):  # noqa: F811
    offer(survivor_opener(), amal)
    Introduction.objects.filter(state="offered").update(lease_until=clock.now() + timedelta(hours=5))
    Conversation.objects.update(last_at=clock.now() - timedelta(days=20))
    for who in (cora, marisol):
        page = as_(who).get("/desk/").text
        assert "1 offer runs out within 12 hours." in page
        assert "1 conversation has been quiet for 14 days." in page
        assert "Unusually many" not in page


# --- The door ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def rise(db) -> None:
    """Ten asks in this hour, and none in the same hour before."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    HourCount.objects.create(limit=ASKS_OF_A_NETWORK.name, hour=hour, tries=10, expires_at=hour + timedelta(days=30))


def test_an_unusual_rise_is_said_and_the_door_can_be_slowed(as_, marisol, page, rise):
    assert "Unusually many try to come in" in as_(marisol).get("/desk/").text
    assert "Unusually many try to come in just now." in page(marisol)
    assert at_the_door.days()[0].asked == 10
    browser = as_(marisol)
    assert "The door is slowed" in browser.post(f"{PAGE}slow/", follow=True).text
    assert "Slow it no longer" in browser.get(PAGE).text
    again = browser.post(f"{PAGE}slow/", follow=True).text
    assert "This has been done meanwhile" in again
    assert "As many as usual" in browser.post(f"{PAGE}slow/", {"no_more": "1"}, follow=True).text
    verbs = list(Entry.objects.filter(actor=marisol.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == [Verb.DOOR_SLOWED, Verb.DOOR_SLOWED_NO_MORE]


def test_no_hour_is_told_only_days(as_, cora, rise):
    page = read(as_(cora).get(PAGE), "section:has(> #door)").get_text(" ")
    assert f"{clock.now():%H}:00" not in page
    assert len(at_the_door.days()) == 7
