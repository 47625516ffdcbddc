"""What the tests of practice share: a rater that reads key words, and a scenario that is imported."""

import re
from functools import cache
from pathlib import Path

import pytest
from wagtail.models import Locale

from alongside.core.rating import Move, Rating, Sentence, Verdict, stance_of
from alongside.core.story import Scenario as Story
from alongside.practice.models import Scenario
from alongside.practice.scenario_file import read_scenario

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


@cache
def told(name: str) -> Story:
    return read_scenario((CONTENT / f"en/scenarios/{name}.yaml").read_text("utf-8"), name)


@pytest.fixture
def the_rent(db) -> Scenario:
    """A scenario that ships, live, as an import leaves it."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    scenario = Scenario(locale=locale, live=False)
    scenario.tell(told("the-rent"))
    scenario.save()
    scenario.save_revision(clean=False).publish()
    return Scenario.objects.get(pk=scenario.pk)
