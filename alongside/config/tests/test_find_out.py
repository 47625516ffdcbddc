"""Whoever runs Alongside finds what there is: commands, settings, versions."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from alongside.config.cli import COMMANDS
from alongside.config.environment import SETTINGS

ROOT = Path(__file__).parents[3]


def settings_table() -> dict[str, tuple[str, str]]:
    lines = (ROOT / "docs" / "settings.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]
    return {name.strip("`"): ("" if default == "–" else default.strip("`"), words) for name, default, words in rows}


def test_every_setting_stands_in_the_table_and_the_table_holds_no_other():
    assert settings_table() == SETTINGS


def test_every_setting_that_the_code_names_is_one():
    code = [file for file in (ROOT / "alongside").rglob("*.py") if "tests" not in file.parts]
    named = {name for file in code for name in re.findall(r"\bALONGSIDE_[A-Z_]+\b", file.read_text("utf-8"))}

    assert named <= SETTINGS.keys()


def test_help_lists_every_command_of_ours(alongside):
    ours = {name for name, room in get_commands().items() if room.startswith("alongside")}
    assert COMMANDS.keys() == ours | {"serve", "rate", "sealing-key"}

    for arguments in ((), ("help",), ("--help",)):
        shown = alongside(*arguments)
        assert shown.returncode == 0
        for name, sentence in COMMANDS.items():
            assert re.search(rf"^  {name} +{re.escape(sentence)}$", shown.stdout, re.MULTILINE)


@pytest.mark.parametrize("command", ["serve", "tick"])
def test_help_explains_one_command(alongside, command):
    shown = alongside("help", command)

    assert shown.returncode == 0
    assert f"usage: alongside {command}" in shown.stdout


def test_an_unknown_command_is_answered_with_where_to_look(alongside):
    ended = alongside("serv")

    assert ended.returncode == 1
    assert "Type 'alongside help' for usage." in ended.stderr


def test_the_version_is_told(alongside):
    assert re.fullmatch(r"Alongside \d+\.\d+\.\d+\n", alongside("version").stdout)


def test_tests_run_with_the_very_packages_that_are_served():
    def versions(name: str) -> set[str]:
        lock = (ROOT / "requirements" / name).read_text("ascii")
        blocks = re.split(r"\n(?=\S)", lock.strip())
        assert all("--hash=sha256:" in block for block in blocks)
        return {block.split()[0] for block in blocks}

    assert versions("run.lock") <= versions("dev.lock")
