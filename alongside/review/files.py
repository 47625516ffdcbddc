"""Content as text files that people write: YAML without its surprises.

Every scalar is text, exactly as it stands: ``no``, ``12:30``, ``1.10`` and ``~`` are words that somebody says, whether
quoted or not. A whole number is read where a shape asks for one (``trust: -2``, ``patience: 1``). Nothing else is
guessed: no tags, no aliases, no key twice, one document. As in all YAML, `` #`` begins a remark unless it is quoted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import yaml

from alongside.core import gettext_noop as _
from alongside.core.problem import Place, Problem
from alongside.review.shape import Data, DataError

R = TypeVar("R")

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


class ContentFileError(ValueError):
    """A file that cannot be taken; ``errors`` lists all that is wrong, by line."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def read_file(text: str, name: str, read: Callable[[object], R]) -> R:
    """Give what ``read`` makes of the data in a file's ``text``; ``name``, such as its path, is for the messages.

    ``read`` raises ``DataError`` with the problems that it finds. Raises ``ContentFileError`` with every error and its
    line. What can be looked for depends on what holds: only a file that is YAML is given to ``read``.
    """
    try:
        root = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        raise ContentFileError([_not_yaml(error, text, name)]) from None
    if root is None:
        raise ContentFileError([LineError(name, 1, Problem((), EMPTY))])
    errors = [LineError(name, _line(node), problem) for node, problem in _surprises(root)]
    try:
        made = read(_data(root))
    except DataError as error:
        errors += [_placed(root, problem, name) for problem in error.problems]
    else:
        if not errors:
            return made
    raise ContentFileError(sorted(errors, key=lambda error: error.line))


def write_file(data: Data) -> str:
    """Give the text of a file that holds ``data``. It looks the same whatever the data came from."""
    return yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=110)


class OneLine(dict[str, object]):
    """A mapping to be written in one line."""


class _Composer(yaml.BaseLoader):
    """Composes nodes without resolving any scalar, and refuses aliases and depths that no content has."""

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


class _Writer(yaml.SafeDumper):
    """Writes texts of several lines as blocks, conditions in one line, and indents lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_text(writer: _Writer, text: str) -> yaml.Node:
    return writer.represent_scalar(_TEXT_TAG, text, style="|" if "\n" in text else None)


def _write_one_line(writer: _Writer, data: OneLine) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


_Writer.add_representer(str, _write_text)
_Writer.add_representer(OneLine, _write_one_line)


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
    """Give what YAML allows and content does not, each with the node where it stands."""
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
