"""What a survivor has chosen: what she is called, how her pages look, where she is told that something waits.

All of it is boxed under the server's key: the running server reads it, for it needs it while she is away.
"""

import json
from dataclasses import asdict, dataclass, field

from alongside.people.boxes import ClosedBoxError, box, unbox
from alongside.people.looks import FIRST_LOOK, LOOKS, Look
from alongside.people.models.code import HER_LOOK, HER_NAME, HER_NOTICE, Survivor

LONGEST_NAME = 40
LONGEST_SUBJECT = 60
LONGEST_WORDS = 300


@dataclass(frozen=True)
class Wording:
    """Where she is told that something waits, and in which words: all of them hers."""

    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


def name_of(survivor: Survivor) -> str:
    """Give what she wants to be called; ``""`` where she chose nothing."""
    return _opened(survivor, HER_NAME, survivor.name)


def look_name_of(survivor: Survivor) -> str:
    """Give the name of the look that she chose, one of ``looks.LOOKS``."""
    name = _opened(survivor, HER_LOOK, survivor.look)
    return name if name in LOOKS else FIRST_LOOK


def look_of(survivor: Survivor) -> Look:
    """Give the look that she chose."""
    return LOOKS[look_name_of(survivor)]


def wording_of(survivor: Survivor) -> Wording | None:
    """Give where and how she is told that something waits; ``None`` where she wants no notice."""
    kept = _opened(survivor, HER_NOTICE, survivor.notice_address)
    return Wording(**json.loads(kept)) if kept else None


def boxed_name(survivor: Survivor, name: str) -> bytes | None:
    """Give ``name`` as it is kept; ``None`` for an empty one."""
    return box(HER_NAME, name, whose=survivor.pk) if name else None


def boxed_look(survivor: Survivor, name: str) -> bytes:
    """Give the name of a look as it is kept. Raises ``ValueError`` for one that there is not."""
    if name not in LOOKS:
        raise ValueError("there is no such look")
    return box(HER_LOOK, name, whose=survivor.pk)


def boxed_wording(survivor: Survivor, wording: Wording) -> bytes:
    """Give ``wording`` as it is kept."""
    return box(HER_NOTICE, json.dumps(asdict(wording)), whose=survivor.pk)


def _opened(survivor: Survivor, purpose: str, boxed: bytes | memoryview | None) -> str:
    if boxed is None:
        return ""
    try:
        return unbox(purpose, boxed, whose=survivor.pk)
    except ClosedBoxError:  # of a server that this was moved from, without its keys: as if she had chosen nothing
        return ""
