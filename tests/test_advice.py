"""What we tell learners to say instead must not be read as pulling back by the model that tells them."""

import re
from pathlib import Path

import pytest

from alongside.core.rating import LEAN_IN, PULL_BACK, feedback, rate
from alongside.practice.scenario_file import read_scenario

SCENARIOS = sorted((Path(__file__).parent.parent / "content" / "en" / "scenarios").glob("*.yaml"))
ADVICE = [move.words.instead for move in PULL_BACK] + [feedback._TO_ADD[move].how for move in LEAN_IN]
PHRASES = sorted({phrase for text in ADVICE for phrase in re.findall("“(.+?)”", text)})


@pytest.fixture(scope="module")
def disclosures() -> list[str]:
    stories = [read_scenario(path.read_text("utf-8"), path.name) for path in SCENARIOS]
    return [beat.says for story in stories for beat in story.beats]


@pytest.mark.parametrize("phrase", PHRASES)
def test_our_own_advice_leans_in_wherever_it_is_said(phrase, disclosures):
    readings = [rate(disclosure, phrase) for disclosure in disclosures]
    accused = [set(reading.moves) for reading in readings if reading.moves & set(PULL_BACK)]
    assert accused == []
    assert sum(bool(reading.moves) for reading in readings) >= 0.75 * len(readings)
