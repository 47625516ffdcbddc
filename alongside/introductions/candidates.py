"""The allies to whom somebody can be introduced now, as they are matched and as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from alongside.core.matching import Candidate
from alongside.introductions.counting import may_count
from alongside.introductions.hours import in_coming_week
from alongside.introductions.models import Introduction, Presentation
from alongside.people.models import Ally, KeyPair, Survivor, User
from alongside.records import clock

_State = Introduction.State
_HOUR = 3600


@dataclass(frozen=True)
class Person:
    """An ally as she presents herself, in the words that the desk has approved.

    ``strengths``: as ``Presentation.strengths`` has them.
    """

    name: str
    strengths: tuple[Mapping[str, str], ...]
    user: User


def candidates() -> list[Candidate]:
    """Give every ally who takes new people, has an approved presentation, and a key pair to seal to.

    Each with her room: full ones are among them. The same few queries are asked, however many allies there are.
    """
    now = clock.now()
    shown = Presentation.objects.shown().filter(
        profile__ally__in=Ally.objects.open_to_new(),
        profile__ally__user__in=KeyPair.objects.filter(retired_at=None, user__isnull=False).values("user"),
    )
    taken = Introduction.objects.filter(ally__isnull=False, state__in=(_State.ACCEPTED, _State.CLOSED))
    counted = taken.values("ally").annotate(
        now=Count("pk", filter=Q(state=_State.ACCEPTED)),
        before=Count("pk", filter=Q(state=_State.CLOSED)),
        last=Max("decided_at"),
    )
    had = {row["ally"]: row for row in counted}
    return [
        _candidate(presentation, had.get(presentation.profile.ally_id, {}), now)
        for presentation in shown.select_related("profile__ally").order_by("pk")
    ]


def person_of(user_id: UUID) -> Person | None:
    """Give an ally as she presents herself; ``None`` for whom the desk has approved no words.

    Also of one who has paused, or is an ally no more: whoever talks with her, or has, knows her by her name.
    """
    shown = Presentation.objects.shown().filter(profile__ally=user_id).select_related("profile__ally__user").first()
    return Person(shown.name, tuple(shown.strengths), shown.profile.ally.user) if shown else None


def have_talked_with(survivor: Survivor) -> QuerySet[User]:
    """Give the accounts of allies with whom a survivor talks, or has; also where she has deleted what was said."""
    taken = Introduction.objects.filter(ask__survivor=survivor, state__in=(_State.ACCEPTED, _State.CLOSED))
    return User.objects.filter(pk__in=taken.filter(ally__isnull=False).values("ally"))


def _candidate(presentation: Presentation, had: Mapping[str, Any], now: datetime) -> Candidate:
    profile = presentation.profile
    since = had.get("last") or profile.ally.ready_at
    return Candidate(
        id=profile.ally_id,
        topics=frozenset(each["topic"] for each in presentation.strengths),
        languages=frozenset(profile.languages),
        is_woman=profile.is_woman,
        may_count_as_been_there=may_count(profile),
        hours=in_coming_week(profile.hours, profile.time_zone, now),
        capacity=profile.people_at_once,
        load=had.get("now", 0),
        is_paused=False,
        conversations_before=had.get("before", 0),
        free_since=max(0.0, (now - since).total_seconds() / _HOUR),
    )
