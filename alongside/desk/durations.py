"""How long something took, as people type it and as a page shows it."""

import re

MOST_MINUTES = 24 * 60
_AMBIGUOUS_BELOW = 10

_WRITTEN = (
    re.compile(r"(?P<hours>\d{1,2})\s*[:h]\s*(?P<minutes>\d{2})(?:\s*m(?:in)?\.?)?"),
    re.compile(r"(?P<hours>\d{1,2})\s*h(?:ours?)?"),
    re.compile(r"(?P<minutes>\d{1,4})\s*m(?:in(?:utes?)?)?\.?"),
    re.compile(r"(?P<bare>\d{1,4})"),
)


class NotADurationError(ValueError):
    """What was typed is no duration between 1 minute and 24 hours."""


class UnclearDurationError(NotADurationError):
    """A small number alone: it may stand for minutes or for hours. ``number``: which, from 0 to 9."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def minutes_in(typed: str) -> int:
    """Give the minutes, 1 to ``MOST_MINUTES``, in words such as “1:30”, “1 h 30”, “2 h” or “90”.

    Raises ``UnclearDurationError`` for “2” alone, and ``NotADurationError`` for what is no duration.
    """
    words = typed.strip().lower()
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(words):
            return _checked(**{name: int(number) for name, number in found.groupdict().items()})
    raise NotADurationError(typed)


def in_words(minutes: int) -> str:
    """Give a number of minutes, from 0, as hours and minutes: “1:30”."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _checked(hours: int = 0, minutes: int = 0, bare: int | None = None) -> int:
    if bare is not None:
        if 0 < bare < _AMBIGUOUS_BELOW:
            raise UnclearDurationError(bare)
        return _checked(minutes=bare)
    if hours and minutes >= 60:
        raise NotADurationError(f"{hours}:{minutes}")
    whole = hours * 60 + minutes
    if not 1 <= whole <= MOST_MINUTES:
        raise NotADurationError(str(whole))
    return whole
