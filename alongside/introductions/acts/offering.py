"""What an ally does with an offer: accept it, or decline; how it runs out, is taken back from her, and how it ends.

Of whoever answers, takes back or ends the same offer at once, one does: it is one conditional update, and its row
count says who.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.introductions.acts.offers import end_offer
from alongside.introductions.models import Ask, Introduction, Profile, Topic
from alongside.introductions.wishes import open
from alongside.people.acts import Refused
from alongside.people.acts.deciding import one_at_a_time
from alongside.people.models import Ally, User
from alongside.people.notices import something_for
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.records.ticking import at_each_tick
from alongside.records.tombstones import erased_fields

_State = Introduction.State

NOT_WAITING = _("This is not waiting for you any more. Its time has run out, or it was taken back.")
_FULL = _("You talk with as many people as you can have at once. When a conversation has ended, you can take another.")


@dataclass(frozen=True)
class Offered:
    """An offer as its ally sees it before she answers: what it is about (names of topics), and until when."""

    introduction: Introduction
    topics: Sequence[str]
    until: datetime


def offers_of(user: User) -> list[Offered]:
    """Give what waits for an answer of this ally, what runs out soonest first."""
    waiting = _waiting_for(user).select_related("ask").order_by("lease_until", "pk")
    names = dict(Topic.objects.values_list("slug", "name"))
    return [
        Offered(each, [names[slug] for slug in open(each.ask).topics if slug in names], each.lease_until)
        for each in waiting
    ]


def has_room(user: User) -> bool:
    """Say whether this ally talks with fewer people than she can have at once; offers count for nothing."""
    profile = Profile.objects.select_related("ally").filter(ally=user.pk).first()
    talks_with = Introduction.objects.filter(ally=user, state=_State.ACCEPTED).count()
    return talks_with < (profile.people_at_once if profile else 1)


def accept(user: User, introduction_id: UUID) -> Introduction:
    """Accept what was offered to this ally; the survivor's words are still in it. Raises ``Refused``.

    Whoever stops her, and whatever else she accepts, waits until this is through; so does her laying down the role.
    """
    with transaction.atomic():
        one_at_a_time(user)
        if not Ally.objects.in_effect().select_for_update().filter(pk=user.pk).exists():
            raise Refused(NOT_WAITING)
        waiting = _waiting_for(user).filter(pk=introduction_id)
        if not waiting.exists():
            raise Refused(NOT_WAITING)
        if not has_room(user):
            raise Refused(_FULL)
        if not waiting.update(state=_State.ACCEPTED, decided_at=clock.now()):
            raise Refused(NOT_WAITING)
        introduction = Introduction.objects.get(pk=introduction_id)
        if not Ask.objects.filter(pk=introduction.ask_id, state=Ask.State.OFFERED).update(state=Ask.State.MET):
            raise Refused(NOT_WAITING)
        return introduction


def decline(user: User, introduction_id: UUID) -> None:
    """Decline what was offered to this ally; the survivor reads only that she is not free. Raises ``Refused``."""
    with transaction.atomic():
        if not _end_each(_waiting_for(user).filter(pk=introduction_id), _State.DECLINED):
            raise Refused(NOT_WAITING)


def take_back_offers(user: User) -> int:
    """Let what waits for this ally's answer wait no more, since she takes nobody new; give how many there were.

    Call it in the transaction of why.
    """
    return _end_each(Introduction.objects.filter(ally=user, state=_State.OFFERED), _State.EXPIRED)


@at_each_tick
def expire_leases(moment: datetime) -> None:
    """End each offer whose time has run out, or whose ally has left; the survivor picks again."""
    over = Q(lease_until__lte=moment) | Q(ally=None)
    for pk in list(Introduction.objects.filter(over, state=_State.OFFERED).values_list("pk", flat=True)):
        with transaction.atomic():
            _end_each(Introduction.objects.filter(pk=pk), _State.EXPIRED)


def end(introduction: Introduction) -> None:
    """Close an introduction whose conversation has ended, in the caller's transaction; one that is closed stays so.

    First words that are still in it, or in the ask, are erased.
    """
    accepted = Introduction.objects.filter(pk=introduction.pk, state=_State.ACCEPTED)
    if not accepted.update(state=_State.CLOSED, closed_at=clock.now(), words=None):
        return
    Ask.objects.filter(pk=introduction.ask_id, state=Ask.State.MET).update(state=Ask.State.CLOSED, words=None)
    erased_fields(Introduction, introduction.pk, "words")
    erased_fields(Ask, introduction.ask_id, "words")
    sweep_after_commit()


def _waiting_for(user: User) -> QuerySet[Introduction]:
    return Introduction.objects.filter(ally=user, state=_State.OFFERED, lease_until__gt=clock.now())


def _end_each(offers: QuerySet[Introduction], how: Introduction.State) -> int:
    """End offers that nobody accepted, and let their survivors know; give how many."""
    ended = 0
    for offer in offers.select_related("ask__survivor"):
        if end_offer(offer.pk, how):
            something_for(offer.ask.survivor)
            ended += 1
    return ended
