"""A learner sees the whole way: what is done, what comes next, how many minutes are left, what is still missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.readiness import requirements_of
from alongside.workshop import acts, assessment
from alongside.workshop.models import Enrolment, LessonDone
from alongside.workshop.parts import Missing, Part
from alongside.workshop.progress import Progress, progress_of
from alongside.workshop.tests.conftest import answer, practise


@st.composite
def parts(draw) -> Part:
    is_done = draw(st.booleans())
    return Part(
        key=draw(st.uuids()).hex,
        title="A part",
        minutes=draw(st.integers(0, 60)),
        is_done=is_done,
        url="/",
        missing=() if is_done else (Missing("Something", "/"),),
        is_open=draw(st.booleans()),
        minutes_done=draw(st.integers(0, 60)),
    )


@given(st.lists(parts(), max_size=8))
def test_minutes_add_up_and_nothing_missing_is_left_out(made):
    progress = Progress(tuple(made))
    assert 0 <= progress.minutes_left <= progress.minutes_total
    assert progress.minutes_done + progress.minutes_left == progress.minutes_total
    assert {part.key for part in progress.missing} == {part.key for part in made if not part.is_done}
    assert progress.is_finished == (bool(made) and all(part.is_done for part in made))
    assert progress.next is None or (progress.next.is_open and not progress.next.is_done)
    if progress.is_finished:
        assert (progress.minutes_left, progress.next) == (0, None)


def done(learner, *names: str) -> None:
    LessonDone.objects.bulk_create(LessonDone(learner=learner, lesson=name) for name in names)


@pytest.fixture
def sittings(monkeypatch):
    """The two assessments, as tests set them: ``sittings["first"] = True`` when it is taken."""
    taken: dict[str, bool] = {}

    def part(key: str):
        return lambda _user: Part(
            key,
            f"The {key} assessment",
            10,
            is_done=taken.get(key, False),
            url=f"/{key}/",
            missing=() if taken.get(key) else (Missing("Answer three people", f"/{key}/"),),
        )

    monkeypatch.setattr(assessment, "part_first", part("first"))
    monkeypatch.setattr(assessment, "part_last", part("last"))
    return taken


def test_somebody_outside_sees_what_the_workshop_holds(as_, make_lesson):
    make_lesson("leaning-in", 3)
    page = as_(None).get("/workshop/").content.decode()
    assert "Leaning-In" in page
    assert "About leaning-in." in page
    assert "10 minutes" in page
    assert "The lessons are not yet reviewed by survivors." in page
    assert 'href="/account/signup/"' in page
    assert not Enrolment.objects.exists()


def test_a_workshop_without_lessons_says_so(as_, ruth, db):
    for who in (None, ruth):
        assert "There are no lessons yet." in as_(who).get("/workshop/").content.decode()
    assert not progress_of(ruth).is_finished


def test_she_is_enrolled_when_she_first_looks_and_once(as_, ruth, words):
    for _look in range(2):
        assert as_(ruth).get("/workshop/").status_code == 200
    assert Enrolment.objects.count() == 1


def test_the_way_is_first_assessment_lessons_in_order_last_assessment(ruth, make_lesson, sittings):
    make_lesson("trust", 2)
    make_lesson("leaning-in", 1)
    assert [part.key for part in progress_of(ruth).parts] == ["first", "leaning-in", "trust", "last"]


def test_the_page_means_minutes(as_, ruth, words, drill, the_rent, make_lesson, sittings):
    make_lesson("trust", 6)
    whole = 10 + 10 + 6 + 10 + 10
    page = as_(ruth).get("/workshop/").content.decode()
    assert f"About {whole} minutes, in pieces" in page
    assert f'max="{whole}" value="0"' in page
    sittings["first"] = True
    practise(ruth, the_rent)
    page = as_(ruth).get("/workshop/").content.decode()
    assert f"About {whole - 16} minutes left" in page
    assert f'max="{whole}" value="16"' in page


def test_what_is_still_missing_is_complete_and_each_of_it_leads_there(as_, ruth, words, drill, the_rent, sittings):
    page = as_(ruth).get("/workshop/").content.decode()
    for address in (
        "/first/",
        "/workshop/lessons/words/#drill-invite-or-probe-1",
        "/practice/scenarios/the-rent/",
        "/workshop/lessons/words/#end",
        "/last/",
    ):
        assert f'href="{address}"' in page, address
    sittings.update(first=True, last=True)
    answer(ruth, drill)
    practise(ruth, the_rent)
    acts.finish_lesson(ruth, words)
    page = as_(ruth).get("/workshop/").content.decode()
    assert "What is still missing" not in page
    assert "You have been all the way" in page


@pytest.mark.parametrize("left_out", ["first", "last", "lesson"])
def test_it_is_finished_only_when_all_of_it_is_done(as_, ruth, make_lesson, sittings, left_out):
    make_lesson("trust", 6)
    sittings.update(first=left_out != "first", last=left_out != "last")
    if left_out != "lesson":
        done(ruth, "trust")
    as_(ruth).get("/workshop/")
    assert Enrolment.objects.get().finished_at is None
    sittings.update(first=True, last=True)
    done(ruth, *(["trust"] if left_out == "lesson" else []))
    assert acts.note_finish(ruth)
    assert not acts.note_finish(ruth)
    assert Enrolment.objects.get().finished_at


def test_a_lesson_that_is_added_later_takes_no_finish_away(ruth, make_lesson, sittings):
    sittings.update(first=True, last=True)
    make_lesson("trust", 6)
    acts.enrol(ruth)
    acts.finish_lesson(ruth, make_lesson("words", 7))
    assert not acts.note_finish(ruth)
    done(ruth, "trust")
    assert acts.note_finish(ruth)
    make_lesson("power", 8)
    assert [part.key for part in progress_of(ruth).missing] == ["power"]
    assert Enrolment.objects.get().finished_at
    assert requirement(ruth).is_met


def requirement(learner):
    return next(each for each in requirements_of(learner) if each.name == "workshop")


def test_an_ally_has_taken_every_lesson(ruth, make_lesson):
    assert not requirement(ruth).is_met
    make_lesson("trust", 6)
    make_lesson("words", 7)
    done(ruth, "trust", "a-lesson-that-is-gone")
    assert not requirement(ruth).is_met
    assert "1 lesson is left." in str(requirement(ruth).what_to_do)
    done(ruth, "words")
    assert requirement(ruth).is_met


def test_a_learner_goes_on_where_she_left(as_, ruth, make_lesson, sittings):
    make_lesson("trust", 6)
    make_lesson("words", 7)
    browser = as_(ruth)
    assert browser.get("/workshop/").context["resume"]["url"] == "/first/"
    sittings["first"] = True
    assert browser.get("/workshop/").context["resume"]["url"] == "/workshop/lessons/trust/"
    browser.get("/workshop/lessons/words/")
    page = browser.get("/workshop/")
    assert page.context["resume"]["url"] == "/workshop/lessons/words/"
    assert "Go on where you left" in page.content.decode()
    done(ruth, "words")
    assert browser.get("/workshop/").context["resume"]["url"] == "/workshop/lessons/trust/"


def test_a_sign_in_leads_to_the_way(client, ruth):
    from conftest import PASSWORD

    answer = client.post("/account/login/", {"login": ruth.email, "password": PASSWORD})
    assert answer["Location"] == "/workshop/"
