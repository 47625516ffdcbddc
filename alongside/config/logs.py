"""What the logs say: where something went wrong, never what somebody wrote."""

import logging
import re
import traceback
from types import TracebackType
from typing import TypeAlias

Raised: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"  # as logging has it
)


_KEY_IN_ADDRESS = re.compile(
    r"(/me/(?:welcome|new-password)/|/certificates/|/workshop/reminders/(?=[^/\s]+/stop/)|/desk/letters/|/letters/(?=[^/\s]+/stop/))[^/\s]+"
)


class WordlessFormatter(logging.Formatter):
    """Shows an exception's kind and the lines of code that led to it, and leaves out what it said.

    A database's complaint, for one, quotes the row that it could not take. Of an address that holds a key, as a
    one-time link does, the key is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, or lines, to write."""
        return _KEY_IN_ADDRESS.sub(r"\1…", super().format(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802
        """Give the chain of exceptions, the newest first."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [f"{type(error).__module__}.{type(error).__qualname__} at", *_places(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    return [line.rstrip("\n") for line in traceback.format_tb(trace)]
