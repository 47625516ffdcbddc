"""What the desk sees of introductions: that they are there, of which ally, how they stand, and on which day.

Never a message, never a survivor, not even by an id. Times are told by the day, or by the hours that are left: in a
small organisation a minute can show one person's visit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.conversations.models import Conversation
from alongside.core.change import FEWEST_PEOPLE
from alongside.introductions.models import Ask, Introduction, NobodyFound, Presentation, Profile, Topic
from alongside.people.models import Ally, KeyPair, Supervision, User
from alongside.people.readiness import supervisions_due
from alongside.records import clock

QUIET_AFTER = timedelta(days=14)
RUNS_OUT_SOON = timedelta(hours=12)
LATELY = timedelta(days=30)
SUPERVISION_SOON = timedelta(days=7)
MONTHS_SHOWN = 12

_State = Introduction.State
_HOUR = timedelta(hours=1)
_SHORT = 8


@dataclass(frozen=True)
class Offer:
    """An offer that waits for an ally's answer. ``hours_left``: 0 when it has run out and the tick has not seen it."""

    number: str
    ally: User | None
    day: date
    hours_left: int
    is_overdue: bool


@dataclass(frozen=True)
class Looking:
    """How many people look for somebody: they wait and nobody fits, the longest since a day; or have yet to choose."""

    waiting: int
    since: date | None
    choosing: int


@dataclass(frozen=True)
class Talk:
    """A conversation, as its days tell of it. ``last``: of the last message of either; ``None``: it is deleted."""

    number: str
    ally: User | None
    state: str
    began: date
    last: date | None
    ended: date | None


@dataclass(frozen=True)
class Walking:
    """An ally: with how many people she talks, of how many at once; how many offers wait; what keeps her from more."""

    user: User
    state: str
    talks: int
    at_once: int
    offers: int
    missing: tuple[str | Promise, ...]


@dataclass(frozen=True)
class Standing:
    """How many introductions are in a state now (``None``: that says nothing), and came into it in the last 30 days."""

    state: str
    now: int | None
    lately: int | None


@dataclass(frozen=True)
class Month:
    """How many people found nobody in a month, and for which topics: names and numbers, the most first.

    ``topics``: none while the month goes on, nor when they were fewer than five. Two looks would tell one person's.
    """

    first: date
    people: int
    topics: tuple[tuple[str, int], ...]


def offers() -> list[Offer]:
    """Give the offers that wait for an answer, what runs out soonest first."""
    now = clock.now()
    waiting = Introduction.objects.filter(state=_State.OFFERED).select_related("ally").order_by("lease_until", "pk")
    return [_offer(each, now) for each in waiting]


def looking() -> Looking:
    """Give how many look for somebody."""
    waiting = Ask.objects.filter(state=Ask.State.WAITING)
    longest = waiting.filter(waits_since__isnull=False).order_by("waits_since").first()
    return Looking(
        waiting=waiting.count(),
        since=longest.waits_since.date() if longest and longest.waits_since else None,
        choosing=Ask.objects.filter(state=Ask.State.CHOOSING).count(),
    )


def quiet_talks() -> list[Talk]:
    """Give the conversations that go on, and in which neither has written for ``QUIET_AFTER``, the quietest first."""
    quiet = Conversation.objects.going_on().filter(last_at__lte=clock.now() - QUIET_AFTER)
    return [_talk(each.introduction, each) for each in quiet.select_related(*_OF_A_TALK).order_by("last_at", "pk")]


def talks_of(ally: Ally) -> list[Talk]:
    """Give the conversations of an ally, those that go on first, then the newest."""
    met = Introduction.objects.filter(ally=ally.pk, state__in=(_State.ACCEPTED, _State.CLOSED)).select_related("ally")
    known = {each.introduction_id: each for each in Conversation.objects.filter(introduction__in=met)}
    rows = [_talk(each, known.get(each.pk)) for each in met.order_by("-decided_at", "pk")]
    return sorted(rows, key=lambda talk: talk.ended is not None)


def due() -> list[tuple[Supervision, bool]]:
    """Give the supervisions that are due within a week, the oldest first, and whether each is overdue."""
    now = clock.now()
    return [(each, each.due_at <= now) for each in supervisions_due(now + SUPERVISION_SOON)]


def walking() -> list[Walking]:
    """Give all whose role as an ally has not ended, by name; the same few queries, however many they are."""
    allies = Ally.objects.filter(ended_at=None, user__is_active=True).select_related("user")
    talks, waiting = _number_of_each(_State.ACCEPTED), _number_of_each(_State.OFFERED)
    profiles = {profile.ally_id: profile for profile in Profile.objects.select_related("ally")}
    have_code = User.objects.filter(pk__in=KeyPair.objects.filter(retired_at=None).values("user"))
    coded = set(have_code.values_list("pk", flat=True))
    shown = set(Presentation.objects.shown().values_list("profile__ally", flat=True))
    in_effect = set(Ally.objects.in_effect().values_list("pk", flat=True))
    return [
        Walking(
            user=ally.user,
            state=str(_state_of(ally, in_effect).label),
            talks=talks[ally.pk],
            at_once=people_at_once(profiles.get(ally.pk)),
            offers=waiting[ally.pk],
            missing=tuple(_missing(ally, profiles.get(ally.pk), coded, shown)) if ally.pk in in_effect else (),
        )
        for ally in sorted(allies, key=lambda ally: str(ally.user).casefold())
    ]


def people_at_once(profile: Profile | None) -> int:
    """Give with how many people an ally talks at most; one while she has not said it."""
    return profile.people_at_once if profile else 1


def standings() -> list[Standing]:
    """Give how introductions stand, by state, in the order in which they come."""
    since = clock.now() - LATELY
    now = dict(Introduction.objects.order_by().values_list("state").annotate(number=Count("pk")))
    accepted = Q(state__in=(_State.ACCEPTED, _State.CLOSED), decided_at__gte=since)
    lately = Introduction.objects.aggregate(
        offered=Count("pk", filter=Q(offered_at__gte=since)),
        accepted=Count("pk", filter=accepted),
        closed=Count("pk", filter=Q(state=_State.CLOSED, closed_at__gte=since)),
        **{state.value: Count("pk", filter=Q(state=state, decided_at__gte=since)) for state in _NOT_TAKEN},
    )
    stand_now = (_State.OFFERED, _State.ACCEPTED)
    return [
        Standing(str(state.label), now.get(state.value, 0) if state in stand_now else None, lately[state.value])
        for state in _State
    ]


def nobody_found() -> list[Month]:
    """Give how many found nobody in each of the last ``MONTHS_SHOWN`` months in which somebody did not."""
    names = dict(Topic.objects.values_list("slug", "name"))
    months: dict[date, dict[str, int]] = {}
    for row in NobodyFound.objects.filter(count__gt=0):
        months.setdefault(row.month, {})[row.topic] = row.count
    newest = sorted(months, reverse=True)[:MONTHS_SHOWN]
    return [_month(first, months[first], names) for first in newest]


_NOT_TAKEN = (_State.DECLINED, _State.EXPIRED, _State.WITHDRAWN)
_OF_A_TALK = ("introduction__ally", "ally")


def _offer(introduction: Introduction, now: datetime) -> Offer:
    left = introduction.lease_until - now
    return Offer(
        number=_number(introduction.pk),
        ally=introduction.ally,
        day=introduction.offered_at.date(),
        hours_left=max(0, -(-left // _HOUR)),
        is_overdue=left <= RUNS_OUT_SOON,
    )


def _talk(introduction: Introduction, conversation: Conversation | None) -> Talk:
    ended = (conversation.ended_at if conversation else None) or introduction.closed_at
    began = introduction.decided_at or introduction.offered_at
    return Talk(
        number=_number(introduction.pk),
        ally=introduction.ally,
        state=str(introduction.get_state_display()),
        began=began.date(),
        last=conversation.last_at.date() if conversation else None,
        ended=ended.date() if ended else None,
    )


def _number_of_each(state: Introduction.State) -> Counter[UUID]:
    """Give how many introductions each ally has in a state."""
    allies = Introduction.objects.filter(ally__isnull=False, state=state).values_list("ally", flat=True)
    return Counter(ally for ally in allies if ally is not None)


def _state_of(ally: Ally, in_effect: set[UUID]) -> Ally.State:
    """Give how things stand with a role that has not ended, without asking the database."""
    if ally.suspended_at:
        return Ally.State.SUSPENDED
    if ally.pk not in in_effect:
        return Ally.State.RESTING
    return Ally.State.PAUSED if ally.paused_at else Ally.State.READY


def _missing(ally: Ally, profile: Profile | None, coded: set[UUID], shown: set[UUID]) -> Iterable[Promise]:
    if ally.pk not in coded:
        yield _("has no code yet")
    if ally.pk not in shown:
        yield _("has no words that are approved")
    if profile is None or not profile.languages:
        yield _("has not said in which languages")


def _month(first: date, counts: Mapping[str, int], names: Mapping[str, str]) -> Month:
    people, is_over = counts.get("", 0), first < clock.now().date().replace(day=1)
    may_be_told = is_over and people >= FEWEST_PEOPLE
    topics = [(names.get(slug, slug), number) for slug, number in counts.items() if slug and may_be_told]
    return Month(first, people, tuple(sorted(topics, key=lambda each: (-each[1], each[0]))))


def _number(introduction_id: UUID) -> str:
    """Give an introduction's own id, as short as people of the desk can say it to each other."""
    return introduction_id.hex[:_SHORT]
