"""What the tests of the assessment share: disclosures that ship, lessons that are done, and quick ways to answer."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from wagtail.models import Locale

from alongside.practice.tests.conftest import read_key_words
from alongside.records import clock
from alongside.review.shape import Data
from alongside.workshop import acts, assessment
from alongside.workshop.kinds import DisclosureKind
from alongside.workshop.models import Disclosure, Occasion, Sitting
from alongside.workshop.parts import Part

CONTENT = Path(__file__).resolve().parents[3] / "content/en/disclosures"
BEFORE = ("Some fix.", "Pity, and more pity.", "Warmth.")
AFTER = ("Warmth and invite.", "Meaning. Feeling.", "Choice.")


@cache
def _told() -> list[Data]:
    return [DisclosureKind().read(path.read_text("utf-8"), path.name) for path in sorted(CONTENT.glob("*.yaml"))]


@pytest.fixture
def disclosures(db, monkeypatch) -> list[Disclosure]:
    """The six that ship, live; replies are read by the codes of moves that they name."""
    monkeypatch.setattr("alongside.workshop.acts.assessing.rate", read_key_words)
    locale, _created = Locale.objects.get_or_create(language_code="en")
    for data in _told():
        row = Disclosure(locale=locale, live=False)
        row.tell(data)
        row.save()
        row.save_revision(clean=False).publish()
    return list(Disclosure.objects.all())


@pytest.fixture
def lessons_done(monkeypatch):
    """All lessons are done, by everybody."""
    monkeypatch.setattr("alongside.workshop.lessons.are_done", lambda _learner: True)
    monkeypatch.setattr("alongside.workshop.lessons.parts_of", lambda _learner: [])


@pytest.fixture
def move_clock(monkeypatch):
    """Let time pass: ``move_clock(days=181)``, counted from the real now."""
    real = clock.now

    def move(**by: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(**by))

    return move


def answer_all(learner, occasion: Occasion, replies=BEFORE) -> Sitting:
    """Sit an assessment from its beginning to its end."""
    sitting = acts.sit(learner, occasion, "en")
    for asked, reply in zip(sitting.asked, replies, strict=True):
        acts.reply_to(asked, reply)
    sitting = Sitting.objects.get(pk=sitting.pk)
    acts.read_replies(sitting)
    return Sitting.objects.get(pk=sitting.pk)


def first_part(learner) -> Part:
    part = assessment.part_first(learner)
    assert part is not None
    return part


def last_part(learner) -> Part:
    part = assessment.part_last(learner)
    assert part is not None
    return part
