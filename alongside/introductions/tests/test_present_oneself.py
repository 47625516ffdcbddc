"""An ally says what she is good at, when she is there, and what may count; the desk approves exactly these words."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.one_line import one_line
from alongside.introductions import acts
from alongside.introductions.candidates import candidates, person_of
from alongside.introductions.counting import may_count
from alongside.introductions.hours import WEEK, in_coming_week, in_utc, minutes_ahead
from alongside.introductions.models import LONGEST_SENTENCE, Presentation, Profile, Topic
from alongside.introductions.plain_words import Outside, what_leads_outside
from alongside.introductions.week import CELLS, cells_of, hours_in
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.export import export
from alongside.people.models import COORDINATOR, Ally, KeyPair, User
from alongside.records import clock
from alongside.records.models import Entry, Tombstone, Verb
from alongside.records.tombstones import erase_again, known_here
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")

SAID = {"money": "I know how to stretch a week.", "faith": "I listen, and I do not preach."}
WORDS = {"name": "Juniper", **{f"topic-{slug}": sentence for slug, sentence in SAID.items()}}
TIMES = {
    "language-1": "en",
    "language-2": "es",
    "hours": ["0-evening", "6-night"],
    "time_zone": "Europe/Madrid",
    "capacity": "3",
    "is_woman": "on",
}


@pytest.fixture
def dalia(make_ally) -> User:
    """An ally who has not said anything of herself yet."""
    user: User = make_ally("dalia")
    Profile.objects.filter(ally=user.pk).delete()
    return user


@pytest.fixture
def as_dalia(as_, dalia):
    return as_(dalia)


def profile_of(user: User) -> Profile:
    return Profile.objects.get(ally=user.pk)


def words_of(user: User) -> list[str]:
    """The sentences that are shown of her."""
    person = person_of(user.pk)
    return [each["sentence"] for each in person.strengths] if person else []


def boxed(user: User) -> bytes:
    box = profile_of(user).been_there
    assert box is not None
    return bytes(box)


def ids() -> set[object]:
    return {each.id for each in candidates()}


# --- Her words ------------------------------------------------------------------------------------------------------


def test_what_she_hands_in_is_shown_when_the_desk_has_approved_exactly_that(as_dalia, dalia, cora):
    answer = as_dalia.post(reverse("ally:words"), WORDS, follow=True)
    assert "Handed in." in answer.text
    assert "I do not preach." in answer.text
    assert person_of(dalia.pk) is None
    (waiting,) = Presentation.objects.waiting()
    acts.change_times(dalia, acts.Times(("en",), False, frozenset(), "UTC", 1))
    assert dalia.pk not in ids()
    acts.approve(waiting, cora)
    person = person_of(dalia.pk)
    assert person is not None
    assert (person.name, {each["topic"]: each["sentence"] for each in person.strengths}) == ("Juniper", SAID)
    assert dalia.pk in ids()
    assert "These are shown since" in as_dalia.get(reverse("ally:profile")).text


def test_a_newer_version_takes_its_place_when_it_is_approved(dalia, cora):
    acts.approve(acts.hand_in(dalia, "Juniper", {"money": "Pelican sentence."}), cora)
    newer = acts.hand_in(dalia, "Juniper", {"money": "Heron sentence."})
    assert words_of(dalia)[0] == "Pelican sentence."
    acts.approve(newer, cora)
    assert words_of(dalia)[0] == "Heron sentence."
    assert Presentation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_words_that_were_replaced_are_gone_from_the_file(dalia, cora):
    acts.hand_in(dalia, "Juniper", {"money": "Pelican sentence."})
    assert b"Pelican" in bytes_on_disk()
    acts.hand_in(dalia, "Juniper", {"money": "Heron sentence."})
    assert b"Pelican" not in bytes_on_disk()


def test_what_she_handed_in_again_meanwhile_cannot_be_approved_unread(dalia, cora):
    read = acts.hand_in(dalia, "Juniper", SAID)
    acts.hand_in(dalia, "Juniper", {"money": "Something else."})
    for decide in (lambda: acts.approve(read, cora), lambda: acts.send_back(read, cora, "More, please.")):
        with pytest.raises(Refused, match="not waiting any more"):
            decide()
    assert person_of(dalia.pk) is None


def test_what_is_sent_back_says_what_would_help_and_is_not_shown(as_dalia, dalia, cora, marisol):
    acts.approve(acts.hand_in(dalia, "Juniper", SAID), cora)
    newer = acts.hand_in(dalia, "Juniper", {"money": "Ask me anything."})
    acts.send_back(newer, marisol, "Say what you know about money.")
    assert words_of(dalia)[0] == SAID["money"]
    for page in ("ally:profile", "ally:words"):
        assert "Say what you know about money." in as_dalia.get(reverse(page)).text
    assert "Ask me anything." in as_dalia.get(reverse("ally:words")).text
    assert not Presentation.objects.waiting().exists()
    with pytest.raises(Refused):
        acts.approve(newer, cora)


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1001])
def test_what_would_help_is_said_and_fits(dalia, cora, words):
    with pytest.raises(Refused):
        acts.send_back(acts.hand_in(dalia, "Juniper", SAID), cora, words)


def test_nobody_approves_her_own_words_and_only_the_desk_does(make_ally, dalia, ruth, cora):
    own = acts.hand_in(dalia, "Juniper", SAID)
    with pytest.raises(Refused):
        acts.approve(own, ruth)
    dalia.groups.add(*cora.groups.filter(name=COORDINATOR))
    for decide in (lambda: acts.approve(own, dalia), lambda: acts.send_back(own, dalia, "More.")):
        with pytest.raises(Refused, match="about yourself"):
            decide()


def test_the_trail_says_who_approved_whom_and_no_word(dalia, cora, marisol):
    acts.approve(acts.hand_in(dalia, "Juniper", SAID), cora)
    acts.send_back(acts.hand_in(dalia, "Juniper", SAID), marisol, "More, please.")
    entries = list(Entry.objects.order_by("pk").values_list("verb", "actor", "subject"))[-2:]
    assert entries == [
        (Verb.PRESENTATION_APPROVED, cora.pk, dalia.pk),
        (Verb.PRESENTATION_SENT_BACK, marisol.pk, dalia.pk),
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"topic-money": "Call me on 0800."}, "without figures"),
        ({"topic-money": "Call me on ０８００."}, "without figures"),
        ({"topic-money": "I write at juniper.example, look."}, "addresses of pages"),
        ({"topic-money": "Find me @juniper"}, "names elsewhere"),
        ({"topic-money": "Write to me on WhatsApp"}, "names elsewhere"),
        ({"name": "Juniper_of_the_hill"}, "names elsewhere"),
        ({"name": " "}, "Choose a name"),
        ({"name": "J" * 41}, "41 characters long"),
        ({"topic-money": "x" * (LONGEST_SENTENCE + 1)}, "301 characters long"),
        ({"topic-money": "", "topic-faith": ""}, "about one topic at least"),
        ({f"topic-{slug}": "I do." for slug in ("work", "home", "health", "family", "an-ex")}, "up to 6 topics"),
    ],
)
def test_words_that_lead_outside_or_do_not_fit_are_refused_kindly_and_stay_in_their_boxes(as_dalia, changed, sentence):
    answer = as_dalia.post(reverse("ally:words"), WORDS | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "I do not preach." in answer.text or "topic-faith" in changed
    assert not Presentation.objects.exists()


@pytest.mark.parametrize("words", ["Call 112.", "me@here", "see www.x"])
def test_the_act_refuses_them_as_well(dalia, words):
    with pytest.raises(Refused):
        acts.hand_in(dalia, "Juniper", {"money": words})
    with pytest.raises(Refused):
        acts.hand_in(dalia, words, SAID)


def test_a_topic_that_the_organisation_took_away_is_refused_with_a_sentence(dalia):
    Topic.objects.filter(slug="money").update(is_offered=False)
    with pytest.raises(Refused, match="not there any more"):
        acts.hand_in(dalia, "Juniper", SAID)


@pytest.mark.parametrize(
    "words",
    ["I raised two children. It was hard.", "Good with money, debts and landlords; honest too.", "¿Miedo? Lo conozco."],
)
def test_plain_words_lead_nowhere(words):
    assert what_leads_outside(words) is None


@given(before=st.text(max_size=30), sign=st.sampled_from("@＠01９٣"), after=st.text(max_size=30))
def test_no_at_sign_or_figure_slips_through(before, sign, after):
    assert what_leads_outside(f"{before}{sign}{after}") is not None


@given(st.text(max_size=60))
def test_what_is_kept_is_one_line_that_is_kept_the_same_again(text):
    kept = one_line(text)
    assert kept == " ".join(kept.split())
    assert one_line(kept) == kept
    assert what_leads_outside(text) == what_leads_outside(kept)


def test_signs_that_cannot_be_seen_hide_no_link():
    assert what_leads_outside("juniper\u200b.\u200bexample") is Outside.LINK


# --- When, and for whom ---------------------------------------------------------------------------------------------


def test_she_fills_in_her_week_and_finds_it_again(as_dalia, dalia):
    assert as_dalia.post(reverse("ally:times"), TIMES).status_code == 302
    profile = profile_of(dalia)
    assert profile.languages == ["en", "es"]
    assert (profile.is_woman, profile.capacity, profile.time_zone) == (True, 3, "Europe/Madrid")
    assert profile.hours == sorted({17, 18, 19, 20, 21, 166, 167, 0, 1, 2, 3, 4, 5}), "Sunday's night ends on Monday"
    page = as_dalia.get(reverse("ally:times")).text
    assert 'value="6-night" checked' in page
    assert page.count(" checked") == 3


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"language-1": "", "language-2": ""}, "Choose one language at least."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "many"}, "Enter a whole number"),
        ({"time_zone": "Nowhere/Else"}, "Select a valid choice"),
        ({"hours": ["7-morning"]}, "Select a valid choice"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_filled_in_is_lost(as_dalia, changed, sentence):
    answer = as_dalia.post(reverse("ally:times"), TIMES | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="es" selected' in answer.text or "language-2" in changed
    assert 'value="0-evening" checked' in answer.text or "hours" in changed
    assert not Profile.objects.filter(capacity=3).exists()


def test_in_her_first_three_months_she_has_one_at_once_whatever_she_wrote(amal):
    Profile.objects.filter(ally=amal.pk).update(capacity=4)
    assert next(each for each in candidates() if each.id == amal.pk).capacity == 4
    Ally.objects.filter(pk=amal.pk).update(ready_at=clock.now())
    assert next(each for each in candidates() if each.id == amal.pk).capacity == 1


def test_the_parts_of_a_week_hold_each_hour_once():
    assert sorted(hour for its in CELLS.values() for hour in its) == list(range(WEEK))


@given(st.sets(st.sampled_from(sorted(CELLS))))
def test_a_week_that_is_filled_in_is_found_again(cells):
    assert set(cells_of(hours_in(cells))) == cells


@given(
    hours=st.frozensets(st.integers(0, WEEK - 1)),
    zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/Bogota", "Asia/Tokyo"]),
    day=st.integers(0, 400),
)
def test_without_summer_time_the_coming_week_is_every_week(hours, zone, day):
    at = datetime(2026, 1, 1, 15, 20, tzinfo=UTC) + timedelta(days=day)
    assert in_coming_week(hours, zone, at) == in_utc(hours, minutes_ahead(zone, at))


def test_the_hours_after_summer_time_ends_are_those_of_winter():
    wednesday_evening = 2 * 24 + 18
    before, after = datetime(2026, 10, 20, 8, tzinfo=UTC), datetime(2026, 10, 22, 8, tzinfo=UTC)
    assert in_coming_week([wednesday_evening], "Europe/Madrid", before) == {2 * 24 + 16}
    assert in_coming_week([wednesday_evening], "Europe/Madrid", after) == {2 * 24 + 17}


# --- What she alone decides -----------------------------------------------------------------------------------------


def test_it_counts_when_she_says_so_and_no_more_when_she_takes_it_back(as_dalia, dalia):
    page = as_dalia.get(reverse("ally:matching")).text
    assert "Whoever asks for this may learn it of you." in page
    assert 'value="no" id="id_may_count_0" required checked' in page, "off by default"
    as_dalia.post(reverse("ally:matching"), {"may_count": "yes"})
    assert may_count(profile_of(dalia))
    as_dalia.post(reverse("ally:matching"), {"may_count": "no"})
    assert not may_count(profile_of(dalia))
    assert as_dalia.post(reverse("ally:matching"), {"may_count": "perhaps"}).status_code == 422


def test_yes_and_no_leave_the_same_traces(dalia, bea, cora):
    def traces(user: User, answer: bool) -> tuple[object, ...]:
        before, tombstones = Entry.objects.count(), Tombstone.objects.count()
        acts.let_count(user, answer)
        return len(boxed(user)), Entry.objects.count() - before, Tombstone.objects.count() - tombstones

    acts.change_times(dalia, acts.Times(("en",), False, frozenset(), "UTC", 1))
    untouched = len(boxed(dalia))
    assert traces(dalia, True) == traces(bea, False) == traces(dalia, False)
    assert untouched == len(boxed(dalia)), "a box tells nothing by being there"
    assert not Entry.objects.filter(actor=dalia.pk).exists()


def test_a_box_moved_to_another_ally_opens_for_nobody(amal, bea):
    Profile.objects.filter(ally=bea.pk).update(been_there=profile_of(amal).been_there)
    assert may_count(profile_of(amal))
    assert not may_count(profile_of(bea))


def test_a_restored_backup_knows_neither(dalia):
    acts.let_count(dalia, True)
    backup = profile_of(dalia).been_there
    acts.let_count(dalia, False)
    erasures = known_here().erasures
    Profile.objects.filter(ally=dalia.pk).update(been_there=backup)
    Tombstone.objects.all().delete()
    erase_again(erasures)
    assert not may_count(profile_of(dalia))


def test_it_goes_when_she_lays_the_role_down(amal):
    people.lay_down(amal)
    assert not may_count(profile_of(amal))


def test_her_export_holds_her_profile_and_her_words_and_never_that(amal, bea):
    def taken_along(user):
        return json.loads(json.dumps(export(user)["how you present yourself"], default=str))

    along = taken_along(amal)
    assert along["words"][0]["name"] == "Amal"
    assert along["languages"] == ["en"]
    assert not {"been_there", "may_count"} & set(along)
    before = taken_along(bea)
    acts.let_count(bea, True)
    assert taken_along(bea) == before


def test_no_page_of_the_desk_changes_by_it(bea, cora, marisol, as_):
    addresses = ("/desk/", "/desk/learners/", f"/desk/learners/{bea.pk}/", "/desk/introductions/", "/desk/trail/")

    def seen() -> list[str]:
        pages = [client.get(address) for client in (as_(cora), as_(marisol)) for address in addresses]
        assert [page.status_code for page in pages[: len(addresses)]] == [200] * len(addresses)
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text) for page in pages]

    before = seen()
    acts.let_count(bea, True)
    assert seen() == before


# --- Who can be introduced ------------------------------------------------------------------------------------------


def test_her_page_says_what_is_missing_and_leads_there(as_dalia, dalia, cora):
    KeyPair.objects.filter(user=dalia).delete()
    page = as_dalia.get(reverse("ally:profile")).text
    for name in ("people:code", "ally:words", "ally:times"):
        assert f'<li><a href="{reverse(name)}">' in page
    acts.hand_in(dalia, "Juniper", SAID)
    assert "Somebody of the desk reads your words." in as_dalia.get(reverse("ally:profile")).text


def test_without_a_code_nobody_is_introduced_to_her(amal):
    assert amal.pk in ids()
    KeyPair.objects.filter(user=amal).update(retired_at=clock.now())
    assert amal.pk not in ids()


@pytest.mark.parametrize("stop", [people.pause, people.lay_down])
def test_nobody_is_introduced_to_whoever_pauses_or_stops_and_her_name_stays_known(amal, stop):
    stop(amal)
    assert amal.pk not in ids()
    person = person_of(amal.pk)
    assert person
    assert person.name == "Amal"


def test_a_suspended_ally_changes_nothing_and_finds_nothing(dalia, cora, as_):
    client = as_(dalia)
    people.suspend(dalia, cora)
    for change in (
        lambda: acts.hand_in(dalia, "Juniper", SAID),
        lambda: acts.let_count(dalia, True),
        lambda: acts.change_times(dalia, acts.Times(("en",), False, frozenset(), "UTC", 1)),
    ):
        with pytest.raises(Refused):
            change()
    client = as_(dalia)
    for page in ("profile", "words", "times", "matching"):
        assert client.get(reverse(f"ally:{page}")).status_code == 404


def test_the_same_few_questions_are_asked_however_many_allies_there_are(amal, make_ally):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            candidates()
        return len(queries)

    few = asked()
    for name in ("gil", "hana", "ines"):
        make_ally(name, "money")
    assert asked() == few
    assert len(candidates()) == 4


def test_all_of_it_goes_with_her_account(dalia):
    acts.hand_in(dalia, "Juniper", SAID)
    people.leave(dalia)
    assert not Profile.objects.exists()
    assert not Presentation.objects.exists()
