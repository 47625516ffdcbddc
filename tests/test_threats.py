"""THREATS.md names the tests that try what it says."""

import re
from pathlib import Path

from alongside.core import codes, sealing
from alongside.people import opening
from alongside.people.acts.codes import TRIES_OF_A_NETWORK, TRIES_OF_ALL

HOUSE = Path(__file__).parents[1]
THREATS = (HOUSE / "THREATS.md").read_text("utf-8")


def defined_tests() -> set[str]:
    files = [*HOUSE.glob("alongside/*/tests/**/test_*.py"), *HOUSE.glob("tests/**/test_*.py")]
    return {name for file in files for name in re.findall(r"^def (test_\w+)\(", file.read_text("utf-8"), re.MULTILINE)}


def test_every_test_that_is_named_there_exists():
    named = set(re.findall(r"`(test_\w+)`", THREATS))
    assert len(named) > 40
    assert sorted(named - defined_tests()) == []


def test_every_attack_on_the_stolen_database_is_named_there():
    thief = (HOUSE / "tests/test_stolen_database.py").read_text("utf-8")
    attacks = re.findall(r"^def (test_\w+)\(", thief, re.MULTILINE)
    assert [attack for attack in attacks if f"`{attack}`" not in THREATS] == []


def test_the_figures_there_are_those_of_the_code():
    assert (sealing.STANDARD.passes, sealing.STANDARD.memory) == (3, 64 * 1024**2)
    assert "3 passes over 64 MiB" in THREATS
    assert f"{codes._COUNT:,} of them" in THREATS
    assert f"steps of {sealing.PADDED_TO}" in THREATS
    for limits in (opening.HER_LIMITS, opening.OWN_LIMITS):
        assert f"{limits.idle.total_seconds() / 60:.0f}" in THREATS
        assert f"{limits.lasts.total_seconds() / 3600:.0f} hours" in THREATS
    assert f"{TRIES_OF_A_NETWORK.allowed} tries in ten minutes" in THREATS
    assert f"{TRIES_OF_ALL.allowed} a minute" in THREATS
