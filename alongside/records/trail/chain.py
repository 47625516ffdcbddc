"""The arithmetic of the audit trail's chain: no database, no clock.

Each batch has a digest: HMAC-SHA256 over the digest of the batch before, over what is written on the batch itself, and
over each of its entries in the order of their ids, everything in a fixed length or behind its length, so that no two
trails read the same. To change, add, take away or reorder anything in a batch is to change its digest, and that of
every batch after it; without the key nobody can make those anew.

When the oldest batches have expired, the last of them stays without its entries, as the *anchor*. It bears a second
HMAC that only dropping gives it, so that nobody else can make the trail begin later than it does.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

DIGEST_SIZE = 32
BEFORE_THE_FIRST = bytes(DIGEST_SIZE)
"""What stands for the digest of the batch before the first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BATCH = struct.Struct(">32sqqqq")  # the digest before, number, at, expires_at, count
_ENTRY = struct.Struct(">qqqI")  # id, at, expires_at, bytes of the verb
_ANCHOR = struct.Struct(">q32s")  # number, digest


class FaultKind(StrEnum):
    """What can be wrong with a trail, as far as it shows."""

    CHANGED = "changed"
    ENTRY_MISSING = "entry missing"
    ENTRY_ADDED = "entry added"
    BATCH_MISSING = "batch missing"
    BEGINNING_CHANGED = "beginning changed"


@dataclass(frozen=True)
class Line:
    """An entry of the trail, as in ``records.models``. Times have a time zone."""

    id: int
    at: datetime
    expires_at: datetime
    verb: str
    actor: UUID | None
    subject: UUID | None


@dataclass(frozen=True)
class Link:
    """A batch with the entries that are there now, in the order of their ids; ``count``: how many there were.

    ``number`` counts from 1. ``anchor`` is given where the entries were dropped because they had expired.
    """

    number: int
    at: datetime
    expires_at: datetime
    count: int
    digest: bytes
    lines: tuple[Line, ...]
    anchor: bytes | None = None


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong, and the number of the batch in which it shows."""

    kind: FaultKind
    batch: int


@dataclass(frozen=True)
class Verdict:
    """How much of a chain holds: ``entries`` in ``batches``, from the oldest up to the first ``fault`` if there is one.

    The anchor is not counted. ``newest``: the last batch that holds, the anchor included; ``None`` where there is none.
    """

    entries: int
    batches: int
    newest: Link | None
    fault: Fault | None


def digest_of(key: bytes, before: bytes, link: Link) -> bytes:
    """Give the 32 bytes that ``link`` should have as its digest after a batch with the digest ``before``.

    What it has at present, and its anchor, do not count.
    """
    chained = hmac.new(key, b"batch", hashlib.sha256)
    chained.update(_BATCH.pack(before, link.number, _count(link.at), _count(link.expires_at), link.count))
    for line in link.lines:
        chained.update(_bytes_of(line))
    return chained.digest()


def anchor_of(key: bytes, link: Link) -> bytes:
    """Give the 32 bytes that say: everything up to this batch was dropped because it had expired."""
    return hmac.digest(key, b"anchor" + _ANCHOR.pack(link.number, link.digest), "sha256")


def verify(key: bytes, links: Iterable[Link]) -> Verdict:
    """Follow the chain through ``links``, which come in the order of their numbers, up to the first fault."""
    entries = batches = 0
    newest: Link | None = None
    for link in links:
        fault = _fault_in(key, newest, link)
        if fault is not None:
            return Verdict(entries, batches, newest, fault)
        newest = link
        entries += len(link.lines)
        batches += link.anchor is None
    return Verdict(entries, batches, newest, None)


def _fault_in(key: bytes, before: Link | None, link: Link) -> Fault | None:
    """Give what is wrong with ``link``, given that all ``before`` it holds; ``None`` if nothing is."""
    if link.anchor is not None:
        return _fault_in_anchor(key, before, link)
    expected = (before.number if before else 0) + 1
    if link.number != expected:
        return Fault(FaultKind.BATCH_MISSING, expected)
    if len(link.lines) != link.count:
        kind = FaultKind.ENTRY_MISSING if len(link.lines) < link.count else FaultKind.ENTRY_ADDED
        return Fault(kind, link.number)
    digest = digest_of(key, before.digest if before else BEFORE_THE_FIRST, link)
    return None if hmac.compare_digest(digest, link.digest) else Fault(FaultKind.CHANGED, link.number)


def _fault_in_anchor(key: bytes, before: Link | None, link: Link) -> Fault | None:
    if before is not None or not hmac.compare_digest(anchor_of(key, link), link.anchor or b""):
        return Fault(FaultKind.BEGINNING_CHANGED, link.number)
    return Fault(FaultKind.ENTRY_ADDED, link.number) if link.lines else None


def _bytes_of(line: Line) -> bytes:
    verb = line.verb.encode()
    numbers = _ENTRY.pack(line.id, _count(line.at), _count(line.expires_at), len(verb))
    return b"".join((numbers, verb, _bytes_of_id(line.actor), _bytes_of_id(line.subject)))


def _bytes_of_id(identity: UUID | None) -> bytes:
    return b"\0" if identity is None else b"\1" + identity.bytes


def _count(moment: datetime) -> int:
    """Give the microseconds since 1970: what both databases keep exactly."""
    return (moment - _EPOCH) // _MICROSECOND
