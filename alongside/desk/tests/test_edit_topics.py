"""The topics: adding, renaming, ordering, taking away."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.introductions import acts
from alongside.introductions.models import Topic
from alongside.introductions.tests.conftest import amal, make_ally  # noqa: F401 - fixtures
from alongside.people.acts import Refused
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")
PAGE = "/desk/topics/"


@pytest.fixture(autouse=True)
def three(db) -> None:
    """A house with three topics."""
    Topic.objects.all().delete()
    for order, name in enumerate(("Money", "Work", "Faith"), 1):
        Topic.objects.create(slug=name.lower(), name=name, order=order)


def offered() -> list[str]:
    return list(Topic.objects.filter(is_offered=True).values_list("name", flat=True))


def test_the_desk_adds_a_topic_as_the_last(as_, marisol):
    answer = as_(marisol).post(PAGE, {"name": "  Court   and papers "}, follow=True)
    assert "Added, as the last." in answer.text
    assert offered() == ["Money", "Work", "Faith", "Court and papers"]
    assert Topic.objects.get(name="Court and papers").slug == "court-and-papers"
    assert Entry.objects.filter(verb=Verb.TOPIC_ADDED, actor=marisol.pk).count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the topic a name"),
        (" \u200b ", "Give the topic a name"),
        ("work", "There is a topic of this name already"),
        ("m" * 61, "Shorten it to 60 characters"),
    ],
)
def test_a_name_that_cannot_be_says_why_and_stays_in_the_box(as_, cora, name, sentence):
    refused = as_(cora).post(PAGE, {"name": name})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert f'value="{name}"' in refused.text or not name.strip()
    assert len(offered()) == 3


def test_a_name_in_any_script_becomes_a_topic(cora):
    names = ("الأسرة", "家", "work!")
    topics = [acts.add_topic(cora, name) for name in names]
    assert offered()[3:] == list(names)
    assert len({topic.slug for topic in topics} | {"money", "work", "faith"}) == 6


def test_a_topic_is_renamed_and_what_was_written_to_it_stays(as_, cora, amal):  # noqa: F811
    page = as_(cora).get(f"{PAGE}money/").text
    assert "1 ally has written a sentence to it." in page
    as_(cora).post(f"{PAGE}money/", {"name": "Money and debts"})
    assert Topic.objects.get(slug="money").name == "Money and debts"
    refused = as_(cora).post(f"{PAGE}money/", {"name": "faith"})
    assert refused.status_code == 422
    as_(cora).post(f"{PAGE}money/", {"name": "MONEY AND debts"})
    assert offered()[0] == "MONEY AND debts", "its own name in other letters is no other topic’s"


def test_topics_are_moved_up_and_down(as_, cora):
    browser = as_(cora)
    browser.post(f"{PAGE}faith/move/", {"up": "1"})
    assert offered() == ["Money", "Faith", "Work"]
    browser.post(f"{PAGE}money/move/", {"down": "1"})
    assert offered() == ["Faith", "Money", "Work"]


@given(moves=st.lists(st.tuples(st.sampled_from(["money", "work", "faith"]), st.booleans()), max_size=6))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moving_loses_no_topic_and_no_two_share_a_place(cora, moves):
    for slug, up in moves:
        before = list(Topic.objects.values_list("slug", flat=True))
        acts.move_topic(cora, slug, up=up)
        after = list(Topic.objects.values_list("slug", flat=True))
        here = before.index(slug)
        assert after.index(slug) == min(max(here + (-1 if up else 1), 0), 2)
        assert sorted(after) == sorted(before)
        assert sorted(Topic.objects.values_list("order", flat=True)) == [1, 2, 3]


def test_a_topic_is_taken_away_and_offered_again(as_, cora, amal):  # noqa: F811
    browser = as_(cora)
    page = browser.post(f"{PAGE}money/take-away/", follow=True).text
    assert "It is offered to nobody new." in page
    assert offered() == ["Work", "Faith"]
    assert "Take it away" not in browser.get(f"{PAGE}money/").text
    assert "The topics have changed meanwhile" in browser.post(f"{PAGE}money/take-away/", follow=True).text
    assert "The topics have changed meanwhile" in browser.post(f"{PAGE}money/move/", {"up": "1"}, follow=True).text
    browser.post(f"{PAGE}money/offer-again/")
    assert offered() == ["Work", "Faith", "Money"]


def test_the_last_topic_stays(as_, cora):
    for slug in ("money", "work"):
        acts.take_topic_away(cora, slug)
    assert "This is the last topic." in as_(cora).post(f"{PAGE}faith/take-away/", follow=True).text
    assert offered() == ["Faith"]


def test_a_topic_that_is_not_there_answers_404(as_, cora):
    assert as_(cora).get(f"{PAGE}gone/").status_code == 404
    for act in ("move", "take-away", "offer-again"):
        assert as_(cora).post(f"{PAGE}gone/{act}/").status_code == 404


def test_nobody_else_edits_topics(ruth):
    for act in (acts.add_topic, acts.take_topic_away, acts.offer_topic_again):
        with pytest.raises(Refused):
            act(ruth, "money")
    with pytest.raises(Refused):
        acts.move_topic(ruth, "money", up=False)
    with pytest.raises(Refused):
        acts.rename_topic(ruth, "money", "Debts")
    assert offered() == ["Money", "Work", "Faith"]
