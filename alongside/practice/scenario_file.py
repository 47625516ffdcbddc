"""A scenario as a text file that people write: YAML without its surprises.

Every scalar is text, exactly as it stands: ``no``, ``12:30``, ``1.10`` and ``~`` are words that somebody says, whether
quoted or not. A whole number is read where one is asked for (``trust: -2``, ``patience: 1``). Nothing else is
guessed: no tags, no aliases, no key twice, one document. As in all YAML, `` #`` begins a remark unless it is quoted.
Field names and codes are those of ``scenario_data``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from alongside.core import gettext_noop as _
from alongside.core.story import Place, Problem, Scenario, problems
from alongside.practice.scenario_data import ScenarioDataError, scenario_from_data, scenario_to_data

DEEPEST = 20

NOT_YAML = _("This is not YAML that can be read: %(reason)s.")
EMPTY = _("There is nothing in this file.")
KEY_TWICE = _("“%(key)s” is given twice.")
KEY_NOT_TEXT = _("A name must be plain text.")
TAGGED = _("Tags such as %(tag)s are not read; write the value itself.")

_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {_TEXT_TAG, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


@dataclass(frozen=True)
class LineError:
    """Something wrong in a file: its ``name``, the ``line`` from 1, and the ``problem`` that stands there."""

    name: str
    line: int
    problem: Problem

    def __str__(self) -> str:
        path = " → ".join(str(part) for part in self.problem.where)
        return f"{self.name}:{self.line}: {path + ': ' if path else ''}{self.problem}"


class ScenarioFileError(ValueError):
    """A file that is no scenario that can be told; ``errors`` lists all that is wrong, by line."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def read_scenario(text: str, name: str) -> Scenario:
    """Give the scenario that a file's ``text`` holds; ``name``, such as its path, is for the messages.

    Raises ``ScenarioFileError`` with every error and its line. What can be looked for depends on what holds: a file
    that is YAML is checked for its shape, and one of the right shape for ``core.story.problems``.
    """
    try:
        root = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        raise ScenarioFileError([_not_yaml(error, text, name)]) from None
    if root is None:
        raise ScenarioFileError([LineError(name, 1, Problem((), EMPTY))])
    errors = [LineError(name, _line(node), problem) for node, problem in _surprises(root)]
    try:
        scenario = scenario_from_data(_data(root))
    except ScenarioDataError as error:
        found = error.problems
    else:
        found = problems(scenario)
        if not found and not errors:
            return scenario
    errors += [_placed(root, problem, name) for problem in found]
    raise ScenarioFileError(sorted(errors, key=lambda error: error.line))


def write_scenario(scenario: Scenario) -> str:
    """Give the text of a file that ``read_scenario`` reads as this same scenario.

    It looks the same whatever the scenario was read from; comments are not kept.
    """
    data = scenario_to_data(scenario)
    for beat in data["beats"]:
        for rule in beat["rules"]:
            rule["when"] = _OneLine(rule["when"])
    return yaml.dump(
        data,
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )


class _Composer(yaml.BaseLoader):
    """Composes nodes without resolving any scalar, and refuses aliases and depths that no scenario has."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            self._refuse("aliases are not read")
        if self.depth == DEEPEST:
            self._refuse("this is nested too deep")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refuse(self, reason: str) -> None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        raise yaml.composer.ComposerError(None, None, reason, event.start_mark)


class _OneLine(dict[str, object]):
    """A mapping to be written in one line."""


class _Writer(yaml.SafeDumper):
    """Writes texts of several lines as blocks, conditions in one line, and indents lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_text(writer: _Writer, text: str) -> yaml.Node:
    return writer.represent_scalar(_TEXT_TAG, text, style="|" if "\n" in text else None)


def _write_one_line(writer: _Writer, data: _OneLine) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


_Writer.add_representer(str, _write_text)
_Writer.add_representer(_OneLine, _write_one_line)


def _not_yaml(error: yaml.YAMLError, text: str, name: str) -> LineError:
    line, reason = 1, str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        began = f"{error.context} that begins in line {error.context_mark.line + 1}, " if error.context_mark else ""
        reason = f"{began}{error.problem}"
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        reason = f"it has the character U+{ord(text[error.position]):04X}"
    return LineError(name, line, Problem((), NOT_YAML, {"reason": reason}))


def _surprises(node: yaml.Node, where: Place = ()) -> Iterator[tuple[yaml.Node, Problem]]:
    """Give what YAML allows and a scenario does not, each with the node where it stands."""
    if node.tag not in _PLAIN_TAGS:
        yield node, Problem(where, TAGGED, {"tag": node.tag})
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _surprises(item, (*where, index))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield key, Problem(where, KEY_NOT_TEXT)
                continue
            if key.value in seen:
                yield key, Problem(where, KEY_TWICE, {"key": key.value})
            seen.add(key.value)
            yield from _surprises(value, (*where, key.value))


def _data(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in reversed(node.value) if isinstance(key, yaml.ScalarNode)}
    if isinstance(node, yaml.SequenceNode):
        return [_data(item) for item in node.value]
    return node.value


def _placed(root: yaml.Node, problem: Problem, name: str) -> LineError:
    """Find the line of a problem: that of the last part of its path that stands in the file."""
    node, line = root, _line(root)
    for depth, part in enumerate(problem.where):
        if isinstance(node, yaml.ScalarNode):  # one code stands where a list may: its index is not in the file
            return LineError(name, line, Problem(problem.where[:depth], problem.sentence, problem.params))
        step = _step(node, part)
        if step is None:
            break
        line, node = step
    return LineError(name, line, problem)


def _step(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((_line(key), value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return _line(node.value[part]), node.value[part]
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
