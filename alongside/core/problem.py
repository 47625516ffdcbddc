"""Something wrong in what somebody wrote: where it stands, and a sentence that says what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """A reason to refuse what somebody wrote.

    ``where``: the path to the place, field names and indices from 0, such as ``("beats", 2, "rules", 0)``.
    ``sentence``: a message id for gettext, with ``params`` for its ``%(name)s`` marks.
    """

    where: Place
    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.params
