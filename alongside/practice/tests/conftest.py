"""What the tests of practice share: a rater that reads key words, and a scenario that is imported."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale

from alongside.core.rating import Move, Rating, Sentence, Verdict, stance_of
from alongside.core.story import Scenario as Story
from alongside.practice.drill_data import drill_from_data
from alongside.practice.models import Drill, Scenario
from alongside.practice.scenario_data import scenario_to_data
from alongside.practice.scenario_file import read_scenario
from alongside.review.shape import Data

CONTENT = Path(__file__).resolve().parents[3] / "content"


def read_key_words(disclosure: str, reply: str) -> Rating:
    """Rate a reply by the codes of moves that its sentences name; “maybe” is not sure, “hola” not rated."""
    sentences = tuple(_sentence(found) for found in re.finditer(r"[^.!?\n]+[.!?]*", reply) if found[0].strip())
    return Rating(sentences, stance_of(move for each in sentences for move in each.moves), "key words")


def _sentence(found: re.Match[str]) -> Sentence:
    words = set(re.findall(r"\w+", found[0].lower()))
    verdict = Verdict.UNSURE if "maybe" in words else Verdict.UNRATED if "hola" in words else Verdict.RATED
    moves = tuple(move for move in Move if move.value in words) if verdict is Verdict.RATED else ()
    chances = {} if verdict is Verdict.UNRATED else {move: 0.9 if move in moves else 0.05 for move in Move}
    text = found[0].strip()
    start = found.start() + found[0].index(text)
    return Sentence(text, start, start + len(text), moves, chances, verdict)


@pytest.fixture(autouse=True)
def _key_words(monkeypatch):
    """Pages are tested without the model: fast, and always the same."""
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)


def drill_data(name: str, **changes: Any) -> Data:
    """A drill as plain data, with ``changes``."""
    return drill_from_data(
        {
            "source_id": name,
            "title": "Nadia's week",
            "language": "en",
            "person": "Nadia",
            "disclosure": "long week\ncan't sleep",
            "leans_in": {"move": "invite", "reply": "What has the week been like for you?", "why": "It opens room."},
            "pulls_back": {"move": "probe", "reply": "What exactly did they say to you?", "why": "It asks for more."},
            **changes,
        }
    )


def keep_drill(name: str) -> Drill:
    """A drill of this name, live, as an import leaves it."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    drill = Drill(locale=locale, live=False)
    drill.tell(drill_data(name))
    drill.save()
    drill.save_revision(clean=False).publish()
    return Drill.objects.get(pk=drill.pk)


@cache
def told(name: str) -> Story:
    return read_scenario((CONTENT / f"en/scenarios/{name}.yaml").read_text("utf-8"), name)


def keep_scenario(name: str) -> Scenario:
    """A scenario that ships, live, as an import leaves it."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    scenario = Scenario(locale=locale, live=False)
    scenario.tell(scenario_to_data(told(name)))
    scenario.save()
    scenario.save_revision(clean=False).publish()
    return Scenario.objects.get(pk=scenario.pk)


@pytest.fixture
def the_rent(db) -> Scenario:
    return keep_scenario("the-rent")
