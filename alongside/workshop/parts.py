"""What the workshop is made of, as the page of the whole way shows it: one part after the other."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Missing:
    """One thing that a part still asks for, and where she does it. ``what``: a sentence to her."""

    what: str | Promise
    url: str


@dataclass(frozen=True)
class Part:
    """One part of the workshop, as one learner has it. ``minutes``: 0 or more, all of it, not what is left.

    A part that is not done names everything that it misses; one that is done misses nothing. ``is_open``: she can
    take it now; where it is not, ``missing`` says what comes before. ``about``: a sentence on what it is. ``number``:
    of a lesson. ``minutes_done``: of those, what she has behind her while the part is not done.
    """

    key: str
    title: str | Promise
    minutes: int
    is_done: bool
    url: str
    missing: tuple[Missing, ...] = ()
    is_open: bool = True
    about: str | Promise = ""
    number: int | None = None
    minutes_done: int = 0

    @property
    def minutes_left(self) -> int:
        """How many minutes she still needs for it."""
        return 0 if self.is_done else max(0, self.minutes - self.minutes_done)

    @property
    def is_begun(self) -> bool:
        """Say whether she is in the middle of it."""
        return not self.is_done and self.minutes_done > 0
