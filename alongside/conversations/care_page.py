"""What the pages of both about the care team show, and what their forms bring."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.care_team import called, may_read, who_can_open
from alongside.conversations.models import Conversation, Report
from alongside.conversations.page import name_of_other
from alongside.conversations.posting import nonce_in, number_in
from alongside.conversations.reading import PAGE_OF_BYTES, leaf
from alongside.conversations.reports import Told
from alongside.conversations.showing import lines_of
from alongside.conversations.when import ago
from alongside.introductions.candidates import person_of
from alongside.introductions.door import under_the_box
from alongside.people.opening import Opener, opener_of
from alongside.records.expiry import is_soon

ON_A_PAGE = 12
AROUND_ONE = 250  # bytes of markup
_DIGITS = 9


@dataclass(frozen=True)
class Filled:
    """What a form about telling the care team brings: nothing, for a page that is only looked at."""

    words: str = field(default="", repr=False)
    messages: frozenset[int] = frozenset()
    leave_out: frozenset[UUID] = frozenset()
    tells_openings: bool = False
    nonce: UUID = field(default_factory=uuid4)

    def to_tell(self, kind: Report.Kind, conversation: Conversation | None = None) -> ToTell:
        """Give it as the act takes it."""
        chosen = {"messages": self.messages, "leave_out": self.leave_out, "tells_openings": self.tells_openings}
        return ToTell(kind, self.words, conversation, nonce=self.nonce, **chosen)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Member:
    """A care member, as who tells something sees her. ``is_left_out``: she is not to read it."""

    id: UUID
    name: str
    is_left_out: bool


@dataclass(frozen=True)
class Own:
    """Something that she told, as her list shows it.

    ``new``: how many answers she has not seen. ``opened``: when it was opened, in words, where she wished to know and
    it was. ``readers``: who can open it. ``can_take_back``: as far as she may know, nobody has opened it.
    """

    report: Report
    told: str
    new: int
    opened: tuple[str, ...]
    readers: tuple[str, ...]
    goes_soon: bool
    can_take_back: bool


@dataclass(frozen=True)
class Written:
    """One thing in what she told: a message that was copied, her words, or a reply. ``number`` counts from 1.

    ``text`` is ``None`` where it does not open; ``at`` where it is the report's own time.
    """

    number: int
    who: str
    is_own: bool
    at: datetime | None
    text: str | None = field(repr=False)


@dataclass(frozen=True)
class CareNews:
    """What her start page says of the care team: how many answers are ``new``; when something ``goes`` soon."""

    new: int
    goes: datetime | None


def filled_in(request: HttpRequest) -> Filled:
    """Give what a form brings; what makes no sense in it is left out."""
    if request.method != "POST":
        return Filled()
    posted = request.POST
    return Filled(
        words=posted.get("text", ""),
        messages=frozenset(int(each) for each in posted.getlist("messages") if _is_number(each)),
        leave_out=frozenset(each for each in map(_as_id, posted.getlist("leave_out")) if each),
        tells_openings="tells_openings" in posted,
        nonce=nonce_in(request),
    )


def telling(
    opener: Opener, filled: Filled, *, about: Conversation | None = None, trouble: object = ""
) -> dict[str, Any]:
    """Give what every page with a form to the care team shows. ``trouble``: why it was not taken."""
    members = [Member(each.pk, called(each), each.pk in filled.leave_out) for each in may_read(opener, about)]
    return {
        "filled": filled,
        "members": members,
        "nobody": "" if members else acts.nobody_is_there(),
        "until": acts.keeps_until(),
        "trouble": trouble,
        "under_the_box": under_the_box(),
    }


def telling_of(
    request: HttpRequest, conversation: Conversation, filled: Filled, trouble: object = ""
) -> dict[str, Any]:
    """Give what a page shows on which she chooses messages: those before ``before``, and how many elsewhere."""
    opener = opener_of(request)
    shown = leaf(opener, conversation, before=number_in(request.POST, "before"))
    name = name_of_other(opener, conversation)
    lines = [line for line in lines_of(shown.said, name, read_to=0) if line.text is not None]
    return telling(opener, filled, about=conversation, trouble=trouble) | {
        "conversation": conversation,
        "name": name,
        "lines": lines,
        "leaf": shown,
        "elsewhere": sorted(filled.messages - {line.number for line in lines}),
    }


def own_reports(opener: Opener) -> list[Own]:
    """Give what somebody told the care team, as far as it is kept, the newest first."""
    return [own(each) for each in _told(opener)]


def page_of_reports(opener: Opener, page: str) -> "Page[Report]":
    """Give the same as a page of it, for the pages of survivors, which weigh little."""
    return Paginator(_told(opener), ON_A_PAGE).get_page(page)


def written_in(told: Told, before: int) -> tuple[list[Written], int]:
    """Give what stands in a report, the newest at the end: as much as fits a page, of what comes before ``before``.

    ``before``: 0 for the newest. The second is the number before which there is more, 0 where it begins.
    """
    shown: list[Written] = []
    room = PAGE_OF_BYTES
    for each in reversed([each for each in _written(told) if not before or each.number < before]):
        room -= AROUND_ONE + len(escape(each.text or "").encode())
        if shown and room < 0:
            return shown[::-1], shown[-1].number
        shown.append(each)
    return shown[::-1], 0


def own(report: Report) -> Own:
    """Give one of them as its teller sees it."""
    opened = tuple(ago(opening.at) for opening in report.openings.order_by("at")) if report.tells_openings else ()
    return Own(
        report=report,
        told=ago(report.at),
        new=report.replies.filter(is_of_care=True, number__gt=report.read_to).count(),
        opened=opened,
        readers=tuple(called(member) for member in who_can_open(report)),
        goes_soon=is_soon(report.expires_at),
        can_take_back=not opened and not report.replies.filter(is_of_care=True).exists(),
    )


def care_news(opener: Opener) -> CareNews:
    """Give what her start page says of the care team."""
    reports: Collection[Report] = _told(opener)
    new = sum(own(each).new for each in reports)
    going = [each.expires_at for each in reports if is_soon(each.expires_at)]
    return CareNews(new, min(going, default=None))


def _written(told: Told) -> list[Written]:
    you, team, other = gettext("You"), gettext("The care team"), _other_of(told.report)
    lines = [(you if each.is_hers else other, each.is_hers, each.at, each.text) for each in told.body.messages]
    words = [(you, True, None, told.body.words)] if told.body.words.strip() else []
    replies = [(team if each.is_of_care else you, not each.is_of_care, each.at, each.text) for each in told.replies]
    return [Written(number, *each) for number, each in enumerate([*lines, *words, *replies], start=1)]


def _other_of(report: Report) -> str:
    person = person_of(report.about_id) if report.about_id else None
    return person.name if person else gettext("The other one")


def _told(opener: Opener) -> QuerySet[Report]:
    return Report.objects.told_by(opener.pair).order_by("-at")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
