"""Does the audit trail hold?"""

import hmac
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists, Min, OuterRef

from alongside.records.models import Batch, Entry
from alongside.records.trail.chain import Fault, FaultKind, Link, Verdict, verify
from alongside.records.trail.reading import key, links

_NOTED = 16
_NOTE = re.compile(rf"(\d{{1,18}})-([0-9a-f]{{{_NOTED}}})")
_BETWEEN = re.compile(r"[-\s]")


class Found(StrEnum):
    """What became of a batch of which there is a note."""

    UNCHANGED = "unchanged"
    EXPIRED = "expired"
    NOT_THERE = "not there"


@dataclass(frozen=True)
class Note:
    """What to note on paper of a batch: its number, and the first 16 hexadecimal digits of its digest."""

    number: int
    beginning: str

    def __str__(self) -> str:
        groups = (self.beginning[start : start + 4] for start in range(0, _NOTED, 4))
        return "-".join([str(self.number), *groups])

    @classmethod
    def of(cls, link: Link) -> "Note":
        """Give what to note of ``link``."""
        return cls(link.number, link.digest.hex()[:_NOTED])

    @classmethod
    def read(cls, text: str) -> "Note":
        """Read a note as it was printed, whatever its hyphens, spaces and capitals. Raises ``ValueError``."""
        number, _, digits = text.strip().lower().partition("-")
        match = _NOTE.fullmatch(f"{number}-{_BETWEEN.sub('', digits)}")
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), match[2])


@dataclass(frozen=True)
class Findings:
    """What there is to say of the trail. ``unclosed``: entries that no batch has yet, of which nothing can be said."""

    verdict: Verdict
    unclosed: int


def look_through() -> Findings:
    """Follow the chain from its beginning; reads all of the trail, and holds up nobody who writes to it."""
    unclosed = Entry.objects.filter(batch=None).count()
    verdict = verify(key(), links())
    lost = Entry.objects.exclude(batch=None).exclude(Exists(Batch.objects.filter(pk=OuterRef("batch"))))
    number = lost.aggregate(first=Min("batch"))["first"]
    if verdict.fault is None and number is not None:
        verdict = replace(verdict, fault=Fault(FaultKind.BATCH_MISSING, number))
    return Findings(verdict, unclosed)


def find(note: Note) -> Found:
    """Say what became of the batch that was noted, in a trail that was looked through and holds."""
    newest = Batch.objects.last()
    batch = Batch.objects.filter(number=note.number).first()
    if batch is None:
        return Found.EXPIRED if newest and 1 <= note.number < newest.number else Found.NOT_THERE
    is_it = hmac.compare_digest(bytes(batch.digest).hex()[:_NOTED], note.beginning)
    return Found.UNCHANGED if is_it else Found.NOT_THERE
