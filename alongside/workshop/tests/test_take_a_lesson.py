"""A learner takes a lesson: reads it, does what it asks for, and says that she has read it."""

import pytest
from django.utils import timezone

from alongside.people.models import Organisation
from alongside.workshop import acts, assessment, lessons
from alongside.workshop.models import Enrolment, Lesson, LessonDone
from alongside.workshop.parts import Missing, Part
from alongside.workshop.tests.conftest import answer, practise

URL = "/workshop/lessons/words/"


def read(client) -> str:
    page: str = client.get(URL).content.decode()
    return page


def missing(learner, lesson: Lesson) -> list[str]:
    (standing,) = lessons.standings(learner, [lesson])
    return [each.url for each in standing.missing]


def test_a_learner_reads_a_lesson_with_all_its_pieces(as_, ruth, words):
    page = read(as_(ruth))
    for piece in (
        "Lesson 5 of 1",
        "About words.",
        "Not yet reviewed by survivors",
        "<h2>One idea</h2>",
        '<div class="says"><span>Zola writes:</span><p>hi</p></div>',
        "Which of the two leans in?",
        "Dee · The rent",
        "What would you have liked to hear?",
        "No helplines are written down here yet",
        "A book",
        "doi 10.1/1",
    ):
        assert piece in page, piece


def test_nobody_reads_a_lesson_without_signing_in(as_, words):
    assert as_(None).get(URL)["Location"] == f"/account/login/?next={URL}"


def test_a_lesson_that_is_not_live_is_not_there(as_, ruth, make_lesson):
    lesson = make_lesson("words")
    lesson.live = False
    lesson.save()
    assert as_(ruth).get(URL).status_code == 404


def test_what_the_lesson_asks_for_is_all_that_is_missing(ruth, words, drill, the_rent):
    assert missing(ruth, words) == [f"{URL}#drill-invite-or-probe-1", "/practice/scenarios/the-rent/"]
    answer(ruth, drill)
    assert missing(ruth, words) == ["/practice/scenarios/the-rent/"]
    practise(ruth, the_rent)
    assert missing(ruth, words) == []


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ({"length": 2}, False),
        ({"length": 2, "stopped_at": timezone.now()}, False),
        ({"length": 2, "ended_at": timezone.now()}, True),
        ({"length": 3, "stopped_at": timezone.now()}, True),
        ({"length": 3}, True),
        ({"length": 5, "expires_at": timezone.now()}, False),
    ],
)
def test_three_replies_or_an_end_are_a_practice(ruth, noor, words, the_rent, how, counts):
    practise(noor, the_rent)
    practise(ruth, the_rent, **how)
    assert ("/practice/scenarios/the-rent/" in missing(ruth, words)) is not counts


def test_what_another_did_counts_for_her_alone(ruth, noor, words, drill, the_rent):
    answer(noor, drill)
    practise(noor, the_rent)
    assert len(missing(ruth, words)) == 2


def test_the_page_says_what_is_missing_and_saying_read_too_early_loses_nothing(as_, ruth, words):
    page = as_(ruth).post(URL, {"done": "yes", "words-to-hear": "Glad you came."})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Not quite yet. This is still missing:" in text
    assert 'href="/workshop/lessons/words/#drill-invite-or-probe-1"' in text
    assert 'href="/practice/scenarios/the-rent/"' in text
    assert "Glad you came." in read(as_(ruth))
    assert not LessonDone.objects.exists()


def test_one_button_says_that_it_is_read_and_twice_is_once(as_, ruth, words, drill, the_rent):
    answer(ruth, drill)
    practise(ruth, the_rent)
    assert "You have done all that this lesson asks for." in read(as_(ruth))
    for _again in range(2):
        assert as_(ruth).post(URL, {"done": "yes"})["Location"] == f"{URL}#end"
    assert LessonDone.objects.count() == 1
    assert "This lesson is behind you" in read(as_(ruth))


def test_a_lesson_stays_done_when_it_changes(ruth, words, drill, the_rent, make_lesson):
    answer(ruth, drill)
    practise(ruth, the_rent)
    acts.finish_lesson(ruth, words)
    drill.answers.all().delete()
    words.title = "Other words"
    words.save_revision(clean=False).publish()
    (standing,) = lessons.standings(ruth, [Lesson.objects.get()])
    assert standing.done_at
    assert standing.missing == ()


def test_a_drill_or_scenario_that_is_gone_is_not_asked_for(as_, ruth, words, drill, the_rent):
    drill.live = False
    drill.save()
    type(the_rent).objects.update(live=False)
    assert missing(ruth, words) == []
    page = read(as_(ruth))
    assert "Which of the two leans in?" not in page
    assert "Dee · The rent" not in page


def test_a_drill_is_answered_in_the_lesson_and_leads_back_there(as_, ruth, words, drill):
    page = read(as_(ruth))
    assert f'name="back" value="{URL}"' in page
    sent = as_(ruth).post("/practice/drills/invite-or-probe-1/", {"number": 1, "side": "first", "back": URL})
    assert sent["Location"] == f"{URL}#drill-invite-or-probe-1"
    assert "What each reply did" in read(as_(ruth))


def test_what_the_organisation_filled_in_stands_in_the_lesson(as_, ruth, words):
    Organisation.objects.create(numbers="A line by the river: 100, at night")
    assert "A line by the river: 100, at night" in read(as_(ruth))


def test_a_lesson_leads_to_what_is_next_and_to_its_neighbours(as_, ruth, make_lesson):
    make_lesson("leaning-in", 4)
    make_lesson("words", 5)
    make_lesson("trust", 6)
    as_(ruth).post(URL, {"done": "yes"})
    page = read(as_(ruth))
    assert "4. Leaning-In" in page
    assert "6. Trust" in page
    assert "Next: Trust" in page
    as_(ruth).post("/workshop/lessons/trust/", {"done": "yes"})
    assert "Next: Leaning-In" in read(as_(ruth))


def test_the_first_assessment_comes_before_the_first_lesson(as_, ruth, cora, words, monkeypatch):
    waiting = (Missing("Answer three people", "/first/"),)
    first = Part("first", "Three people", 10, is_done=False, url="/first/", missing=waiting)
    monkeypatch.setattr(assessment, "part_first", lambda _user: first)
    page = read(as_(ruth))
    assert "One idea" not in page
    assert 'href="/first/"' in page
    assert "One idea" in read(as_(cora))


def test_where_she_reads_is_remembered(as_, ruth, words, make_lesson):
    other = make_lesson("trust", 6)
    browser = as_(ruth)
    browser.get(URL)
    assert browser.post(f"{URL}place/", {"piece": "piece-abc-1"}).status_code == 204
    assert browser.get("/workshop/").context["resume"]["url"] == f"{URL}#piece-abc-1"
    browser.get(URL)
    assert browser.get("/workshop/").context["resume"]["url"] == f"{URL}#piece-abc-1"
    browser.get(f"/workshop/lessons/{other.source_id}/")
    assert browser.get("/workshop/").context["resume"]["url"] == "/workshop/lessons/trust/"


@pytest.mark.parametrize("piece", ["", "x" * 81, '"><script>', "Piece 1"])
def test_a_place_that_is_none_is_the_lesson_alone(as_, ruth, words, piece):
    assert as_(ruth).post(f"{URL}place/", {"piece": piece}).status_code == 204
    enrolment = Enrolment.objects.get(learner=ruth)
    assert (enrolment.last_lesson, enrolment.last_piece) == ("words", "")
