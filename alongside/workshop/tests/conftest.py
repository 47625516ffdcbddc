"""What the tests of the workshop share: small lessons, and what belongs to them, live as an import leaves them."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale

from alongside.practice import drills
from alongside.practice.acts import choose
from alongside.practice.drill_page import Side
from alongside.practice.models import Attempt, Drill
from alongside.practice.tests.conftest import keep_drill, the_rent  # noqa: F401 - a fixture
from alongside.workshop.lesson_data import lesson_from_data
from alongside.workshop.models import Lesson

MakesLessons = Callable[..., Lesson]
ASKS = "What would you have liked to hear?"
REFLECTION: dict[str, Any] = {"reflection": {"key": "to-hear", "asks": ASKS}}
BODY: list[dict[str, Any]] = [
    {"text": "<h2>One idea</h2><p><b>Zola writes:</b> <i>hi</i></p><p>She is <b>listening</b>.</p>"},
    {"drill": "invite-or-probe-1"},
    {"practice": "the-rent"},
    REFLECTION,
    {"organisation": "numbers"},
]


def lesson_data(source_id: str, number: int, *body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    own = {"source_id": source_id, "number": number, "title": source_id.title(), "language": "en", "minutes": 10}
    sources = [{"title": "A book", "where": "doi 10.1/1"}]
    return lesson_from_data(own | {"summary": f"About {source_id}.", "body": list(body), "sources": sources} | changes)


def keep_lesson(source_id: str, number: int = 1, *body: dict[str, Any], **changes: Any) -> Lesson:
    """Make a lesson that is live: its short name, its number, the pieces of its body."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    lesson = Lesson(locale=locale, live=False)
    lesson.tell(lesson_data(source_id, number, *(body or ({"text": "<p>Words.</p>"},)), **changes))
    lesson.save()
    lesson.save_revision(clean=False).publish()
    return Lesson.objects.get(pk=lesson.pk)


@pytest.fixture
def make_lesson(db: None) -> MakesLessons:
    """Make lessons, with ``keep_lesson``."""
    return keep_lesson


@pytest.fixture
def drill(db: None) -> Drill:
    """A drill that is live."""
    return keep_drill("invite-or-probe-1")


@pytest.fixture
def words(make_lesson: MakesLessons, drill: Drill, the_rent: Any) -> Lesson:  # noqa: F811
    """A lesson with all that asks something of a learner."""
    return make_lesson("words", 5, *BODY)


def answer(learner: Any, drill: Drill) -> None:
    """Let her find the reply that leans in."""
    choose(learner, drill, 1, Side.FIRST if drills.leans_in_first(learner, drill, 1) else Side.SECOND)


def practise(learner: Any, scenario: Any, **how: Any) -> None:
    """Let her have practised; by default three replies that have not come to an end."""
    Attempt.objects.create(learner=learner, scenario=scenario, revision=scenario.live_revision, **{"length": 3} | how)
