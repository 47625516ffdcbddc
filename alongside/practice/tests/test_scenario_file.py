"""Somebody writes a scenario in a text file: it is read, or every error is listed with its line."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import Change, Scenario
from alongside.core.tests.stories import FILES, SHIPPED, SMALL, scenarios
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.practice.scenario_file import read_scenario, write_scenario
from alongside.review.files import ContentFileError

NAME = "content/en/scenarios/small.yaml"
NOT_YAML = "This is not YAML that can be read:"
TEXT = """\
source_id: small
title: Small
person: Ana
language: en
content_note: Going back.
about: Ana writes late.
opening: hello
beats:
  - key: hello
    says: hey
    patience: 2
    rules:
      - when: {move: [warmth, feeling], lacks: pulls back, trust_at_least: -1}
        thought: oh.
        then: opens up
        trust: +1
        goto: told
      - when:
          kind: hostile
          lacks:
            - leans in
            - self
        thought: no.
        then: leaves
        trust: -2
        goto: gone
    otherwise:
      thought: hm.
      then: stays
      says: you there?
    worn:
      thought: fine.
      then: leaves
      goto: gone
endings:
  - key: told
    how: opens up
    says: thanks
    closing: She told you.
  - key: gone
    how: leaves
    closing: She left.
"""


def read(old: str = "", new: str = "") -> Scenario:
    """The small file, with one piece of it written otherwise."""
    assert old in TEXT
    return read_scenario(TEXT.replace(old, new, 1), NAME)


def errors(old: str, new: str) -> list[str]:
    with pytest.raises(ContentFileError) as raised:
        read(old, new)
    return [str(error) for error in raised.value.errors]


def line_of(piece: str) -> int:
    return TEXT[: TEXT.index(piece)].count("\n") + 1


# Reading.


def test_a_file_is_read_as_the_scenario_that_it_tells():
    scenario = read()
    warm, hostile = scenario.beats[0].rules

    assert (scenario.source_id, scenario.person, scenario.opening) == ("small", "Ana", "hello")
    assert warm.when.move == {Move.WARMTH, Move.FEELING}
    assert (warm.then, warm.trust, warm.goto, warm.when.trust_at_least) == (Change.OPENS_UP, 1, "told", -1)
    assert hostile.when.kind == {Kind.HOSTILE}
    assert hostile.when.lacks == {Family.LEAN_IN, Move.SELF}
    assert scenario.beats[0].patience == 2
    assert scenario.endings[1].says == ""


@pytest.mark.parametrize("words", ["no", "yes", "on", "~", "null", "12:30", "1.10", "0x1F", "2024-05-01", "7", "1_000"])
def test_what_she_says_is_text_exactly_as_it_stands(words):
    assert read("says: hey", f"says: {words}").beats[0].says == words


def test_two_messages_are_two_lines_and_spaces_around_them_are_dropped():
    assert read("says: hey", "says: |+\n\n      hey  \n      you up?\n\n").beats[0].says == "hey\nyou up?"


def test_a_code_may_stand_alone_where_several_may_stand():
    assert read("kind: hostile", "kind: [hostile]") == read()


# Every error, with its line.


def test_a_move_that_is_none_is_named_with_those_there_are():
    (error,) = errors("[warmth, feeling]", "warm")

    start = f"{NAME}:{line_of('- when: {move')}: beats → 0 → rules → 0 → when → move: “warm” is not one of: warmth, "
    assert error.startswith(start)


def test_one_wrong_code_of_several_is_found_on_its_own_line():
    (error,) = errors("- self", "- selfish")

    assert error.startswith(f"{NAME}:{line_of('- self')}: beats → 0 → rules → 1 → when → lacks → 1: “selfish” is not")


def test_all_errors_of_a_file_are_listed_in_the_order_of_its_lines():
    text = TEXT.replace("title: Small", "titel: Small").replace("patience: 2", "patience: lots")
    text = text.replace("trust: -2", "trust: -2.5").replace("how: leaves", "how: slams the door")
    with pytest.raises(ContentFileError) as raised:
        read_scenario(text, NAME)

    assert [(error.line, error.problem.where[-1]) for error in raised.value.errors] == [
        (1, "title"),
        (2, "titel"),
        (line_of("patience"), "patience"),
        (line_of("trust: -2"), "trust"),
        (line_of("how: leaves"), "how"),
    ]
    assert str(raised.value).count("\n") == 4


def test_a_story_that_cannot_be_told_is_refused_at_the_line_of_the_reason():
    assert errors("goto: told", "goto: tolled") == [
        f"{NAME}:{line_of('goto: told')}: beats → 0 → rules → 0 → goto: There is no beat or ending “tolled” to go to."
    ]
    assert errors("trust_at_least: -1", "trust_at_least: 4") == [
        f"{NAME}:{line_of('- when: {move')}: beats → 0 → rules → 0: No reply can ever bring this about.",
        f"{NAME}:{line_of('- key: told')}: endings → 0: No replies lead to this ending.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("title: Small\n", "", 1, "title: This is needed."),
        ("title: Small", "title: ' '", 2, "title: This must not be empty."),
        ("title: Small", "title:", 2, "title: This must not be empty."),
        ("title: Small", "title: [Small]", 2, "title: This must be text."),
        ("title: Small", 'title: "Sm\\aall"', 2, "title: This has a character that cannot be shown: U+0007."),
        ("title: Small", "title: Small\ntitle: Tall", 3, "“title” is given twice."),
        ("title: Small", "title: !!int 3", 2, "title: Tags such as tag:yaml.org,2002:int are not read"),
        ("title: Small", "title: Small\n? [a, b]\n: c", 3, "A name must be plain text."),
        ("title: Small", "title: a: b", 2, f"{NOT_YAML} mapping values are not allowed here."),
        ("title: Small", "title: [", 4, f"{NOT_YAML} while parsing a flow sequence that begins in line 2, expected"),
        ("title: Small", "title: Sm\x07all", 2, f"{NOT_YAML} it has the character U+0007."),
        ("title: Small", "title: &t Small\nx: *t", 3, f"{NOT_YAML} aliases are not read."),
        ("title: Small", "title: " + "[" * 5000, 2, f"{NOT_YAML} this is nested too deep."),
        ("title: Small", "---\ntitle: Small", 2, f"{NOT_YAML} expected a single document"),
        ("language: en", "language: English", 4, "language: “English” is not a language tag"),
        ("opening: hello", "opening: Hello you", 7, "opening: “Hello you” is not a key"),
        ("    patience: 2", "    patience: 0", 11, "beats → 0 → patience: Replies can leave the conversation on"),
        ("    patience: 2", "    patience: yes", 11, "beats → 0 → patience: “yes” is not a whole number."),
        ("[warmth, feeling]", "[]", 13, "beats → 0 → rules → 0 → when → move: This must not be empty."),
        (
            "      - when: {move",
            "      - when: move\n        x: {move",
            13,
            "beats → 0 → rules → 0 → when: This must hold",
        ),
    ],
)
def test_an_error_says_what_is_wrong_and_on_which_line(old, new, line, sentence):
    assert errors(old, new)[0].startswith(f"{NAME}:{line}: {sentence}")


@pytest.mark.parametrize("text", ["", "# only a remark\n", "just words", "- a\n- list"])
def test_a_file_that_holds_no_scenario_is_refused(text):
    with pytest.raises(ContentFileError, match=re.escape(f"{NAME}:1: ")):
        read_scenario(text, NAME)


@settings(deadline=None)
@given(st.text(max_size=200) | st.text("{}[]:-,&*!|>'\"%@`#? \nab", max_size=60))
def test_whatever_a_file_holds_it_is_refused_with_its_errors_and_nothing_else_breaks(text):
    with pytest.raises(ContentFileError) as raised:
        read_scenario(text, NAME)

    assert raised.value.errors
    assert all(1 <= error.line <= len(text.splitlines()) + 1 and str(error) for error in raised.value.errors)


@settings(deadline=None)
@given(st.data())
def test_a_file_with_lines_missing_or_changed_is_read_or_refused_with_lines_of_its_own(data):
    lines = TEXT.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = data.draw(st.sampled_from([[], [lines[at]] * 2, ["  " + lines[at]], [lines[at][1:]]]))
    refused = None
    try:
        read_scenario("\n".join(lines), NAME)
    except ContentFileError as error:
        refused = error

    assert all(1 <= error.line <= len(lines) + 1 for error in (refused.errors if refused else []))


# Writing.

letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
texts = st.one_of(
    st.lists(st.text(letters, max_size=60), min_size=1, max_size=3).map("\n".join),
    st.sampled_from(
        ["no", "~", "12:30", "- a", "# b", "a: b", '"', "'", "%", "!x", "&a", "*a", "| ", "{", "it's #1 🍰"]
    ),
).map(lambda text: "\n".join(line.rstrip() for line in text.splitlines()).strip() or "…")


@settings(deadline=None)
@given(scenarios(), texts, texts, texts)
def test_what_is_written_is_read_as_the_same_scenario(scenario, title, note, words):
    data = scenario_to_data(scenario) | {"title": title, "content_note": note}
    data["beats"][0]["says"] = words
    data["beats"][-1]["otherwise"]["thought"] = words
    told = scenario_from_data(data)

    assert told.title == title
    assert told.beats[0].says == words
    again = _shape_of(write_scenario(told))
    assert again == told
    assert write_scenario(again) == write_scenario(told)


@pytest.mark.parametrize("scenario", [SMALL, *SHIPPED], ids=lambda scenario: scenario.source_id)
def test_a_scenario_is_written_and_read_back_whole(scenario):
    assert read_scenario(write_scenario(scenario), NAME) == scenario


def test_what_is_written_means_the_same_to_any_reader_of_yaml():
    scenario = read("says: hey", "says: no")

    assert yaml.safe_load(write_scenario(scenario)) == scenario_to_data(scenario)


def test_a_written_file_is_one_that_people_can_go_on_writing():
    written = write_scenario(read("says: hey", "says: |-\n      hey\n      you up?"))

    assert "    says: |-\n      hey\n      you up?\n" in written
    assert (
        "      - when: {move: [warmth, feeling], lacks: [pulls back], trust_at_least: -1}\n        thought: oh.\n"
        in written
    )


# The files that ship.


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file_has_its_scenarios_name_and_language_and_says_what_comes_up(path):
    scenario = read_scenario(path.read_text("utf-8"), str(path))

    assert path.stem == scenario.source_id
    assert path.parent.parent.name == scenario.language
    assert scenario.content_note.endswith("You can stop at any point.")
    assert len(scenario.beats) >= 6
    assert {ending.how for ending in scenario.endings} == set(Change)


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.source_id)
def test_every_beat_of_a_shipped_scenario_tells_a_mixed_reply_from_the_rest(scenario):
    for beat in scenario.beats:
        assert any(rule.when.stance == {Stance.MIXED} for rule in beat.rules), beat.key


def _shape_of(text: str) -> Scenario:
    """Read a file whose story need not be one that can be told."""
    return scenario_from_data(yaml.load(text, yaml.BaseLoader))
