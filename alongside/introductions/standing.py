"""How it stands with what somebody looks for: what she is told on her pages."""

from dataclasses import dataclass
from datetime import datetime

from alongside.introductions.candidates import person_of
from alongside.introductions.models import OPEN_STATES, Ask, Introduction
from alongside.people.models import Survivor
from alongside.records.expiry import is_soon


@dataclass(frozen=True)
class Standing:
    """How an open ask stands, for ``introductions/ask/_standing.html``.

    ``name``: of the ally who has been asked last, ``""`` where nobody has been or she has left. ``until``: when she
    will have answered at the latest, while she has not. ``was_not_free``: she could not take it; no more is told.
    ``goes_soon``: it is erased within a week, unless she chooses anew.
    """

    ask: Ask
    name: str = ""
    until: datetime | None = None
    was_not_free: bool = False
    goes_soon: bool = False


def standing_of(survivor: Survivor) -> Standing | None:
    """Give how it stands with what a survivor looks for; ``None`` when she looks for nobody."""
    ask = Ask.objects.filter(survivor=survivor, state__in=OPEN_STATES).first()
    if ask is None:
        return None
    last = ask.introductions.order_by("-offered_at").first()
    if last is None:
        return Standing(ask, goes_soon=is_soon(ask.expires_at))
    person = person_of(last.ally_id) if last.ally_id else None
    return Standing(
        ask,
        name=person.name if person else "",
        until=last.lease_until if last.state == Introduction.State.OFFERED else None,
        was_not_free=last.state in (Introduction.State.DECLINED, Introduction.State.EXPIRED),
        goes_soon=last.state != Introduction.State.OFFERED and is_soon(ask.expires_at),
    )
