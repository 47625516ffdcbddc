"""What a report holds, and for whom it opens.

Each report has a random key of its own, which stands in the database only as its seals: one for each care member who
may read it, one for who told it. Body and replies are closed for their place: moved to another report, number or side,
they do not open.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.conversations.keys import NoSeal
from alongside.conversations.models import Report, ReportReply, ReportSeal
from alongside.conversations.reading import Said
from alongside.core import sealing
from alongside.people.models import KeyPair
from alongside.people.opening import Opener


@dataclass(frozen=True)
class Copied:
    """One message that was chosen, as the server copied it. ``is_hers``: of the survivor's side."""

    number: int
    is_hers: bool
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True)
class Body:
    """What was told: ``words``, and the ``messages`` that were chosen.

    ``left_out``: the accounts to whom it is not to be given. It stands in here so that the database does not tell.
    """

    words: str = field(repr=False)
    messages: tuple[Copied, ...] = ()
    left_out: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Answered:
    """One reply about a report. ``number`` counts from 1; ``text`` is ``None`` where it does not open."""

    number: int
    is_of_care: bool
    at: datetime
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class Told:
    """A report as somebody reads it for whom it opens."""

    report: Report
    body: Body
    replies: tuple[Answered, ...]


def copied(said: Iterable[Said]) -> tuple[Copied, ...]:
    """Give messages as a report keeps them: what does not open for who tells it is not among them."""
    return tuple(Copied(each.number, each.is_hers, each.at, each.text) for each in said if each.text is not None)


def close_body(report_id: UUID, key: bytes, body: Body) -> bytes:
    """Close what is told under the report's key (32 bytes)."""
    messages = [[each.number, each.is_hers, each.at.isoformat(), each.text] for each in body.messages]
    kept = {"words": body.words, "messages": messages, "left_out": sorted(map(str, body.left_out))}
    return sealing.close_message(key, json.dumps(kept), place=_place(report_id, 0, of_care=False))


def open_body(report: Report, key: bytes) -> Body:
    """Give what was told. Raises ``NoSeal`` when it is another report's, or damaged."""
    try:
        kept = json.loads(sealing.open_message(key, report.closed, place=_place(report.pk, 0, of_care=False)))
    except sealing.ClosedError:
        raise NoSeal from None
    messages = (Copied(number, hers, datetime.fromisoformat(at), text) for number, hers, at, text in kept["messages"])
    return Body(kept["words"], tuple(messages), frozenset(map(UUID, kept["left_out"])))


def close_reply(report: Report, key: bytes, number: int, text: str, *, of_care: bool) -> bytes:
    """Close reply ``number`` (from 1) of one side under the report's key."""
    return sealing.close_message(key, text, place=_place(report.pk, number, of_care=of_care))


def seal(report: Report, pair: KeyPair, key: bytes) -> ReportSeal:
    """Seal the report's key to a key pair: the row, not yet saved."""
    return ReportSeal(report=report, pair=pair, sealed=sealing.seal_to(bytes(pair.public_key), key))


def key_of(opener: Opener, report: Report) -> bytes:
    """Give the key of a report to whom it is sealed, 32 bytes. Raises ``NoSeal``."""
    found = ReportSeal.objects.filter(report=report, pair=opener.pair).first()
    if found is None:
        raise NoSeal
    try:
        return sealing.open_seal(opener.private, found.sealed)
    except sealing.ClosedError:
        raise NoSeal from None


def read_report(opener: Opener, report: Report) -> Told:
    """Give all of a report as it opens for somebody. It notes nothing: acts do. Raises ``NoSeal``."""
    key = key_of(opener, report)
    replies = tuple(_answered(report, key, reply) for reply in report.replies.order_by("number"))
    return Told(report, open_body(report, key), replies)


def _answered(report: Report, key: bytes, reply: ReportReply) -> Answered:
    place = _place(report.pk, reply.number, of_care=reply.is_of_care)
    try:
        text = sealing.open_message(key, reply.closed, place=place)
    except sealing.ClosedError:
        text = None
    return Answered(reply.number, reply.is_of_care, reply.at, text)


def _place(report_id: UUID, number: int, *, of_care: bool) -> bytes:
    return b"report" + report_id.bytes + number.to_bytes(8, "big") + (b"c" if of_care else b"t")
