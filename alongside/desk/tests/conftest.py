"""What the tests of the desk share: people at every stage of the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from alongside.people import acts
from alongside.people.models import AgreementText, Ally, User
from alongside.people.models.readiness import SUPERVISION_WEEKS, Supervision
from alongside.practice.models import Attempt, Scenario
from alongside.practice.tests.conftest import _key_words, the_rent  # noqa: F401 - fixtures
from alongside.records import clock
from alongside.workshop.acts import enrol
from alongside.workshop.models import Enrolment, Lesson, LessonDone
from alongside.workshop.tests.conftest import MakesLessons, make_lesson  # noqa: F401 - a fixture

Brings = Callable[..., User]
"""A stage by its steps: ``bring(ruth, "lessons", "talk")``."""


@pytest.fixture
def lesson(make_lesson: MakesLessons) -> Lesson:  # noqa: F811
    """The one lesson of a short workshop that has no assessment."""
    return make_lesson("words")


@pytest.fixture
def bring(cora: User, marisol: User, lesson: Lesson, the_rent: Scenario) -> Brings:  # noqa: F811
    """Let somebody have taken steps on the way, for real."""

    def show(learner: User) -> None:
        own = {"scenario": the_rent, "revision": the_rent.live_revision}
        Attempt.objects.create(learner=learner, shown_at=clock.now(), length=3, **own)

    def sign(learner: User) -> None:
        text = AgreementText.newest() or AgreementText.objects.create(version=1, text="I listen.")
        acts.sign_agreement(learner, text.version)

    def finish(learner: User) -> None:
        LessonDone.objects.create(learner=learner, lesson=lesson.source_id)
        enrol(learner)
        Enrolment.objects.filter(learner=learner).update(finished_at=clock.now())

    def declare(learner: User) -> None:
        ally = Ally.objects.create(user=learner)
        for week in SUPERVISION_WEEKS:
            Supervision.objects.create(ally=ally, week=week, due_at=ally.due_in(week))

    steps: dict[str, Callable[[User], object]] = {
        "begin": lambda learner: Attempt.objects.create(
            learner=learner, scenario=the_rent, revision=the_rent.live_revision
        ),
        "finish": finish,
        "show": show,
        "sign": sign,
        "second factor": lambda learner: TOTP.activate(learner, generate_totp_secret()),
        "identity": lambda learner: acts.note_identity(learner, by=cora),
        "reference": lambda learner: acts.note_reference(learner, by=cora),
        "talk": lambda learner: acts.note_talk(learner, by=marisol),
        "not yet": lambda learner: acts.declare_not_yet(learner, by=cora, what_would_help="Rest."),
        "ready": declare,
        "pause": acts.pause,
        "suspend": lambda learner: acts.suspend(learner, by=cora),
        "lay down": acts.lay_down,
    }

    def take(learner: User, *names: str) -> User:
        for name in names:
            steps[name](learner)
        return learner

    return take


ALL_BUT_A_TALK = ("begin", "finish", "show", "sign", "second factor", "identity", "reference", "reference")
LONG_AGO = timedelta(days=15)
