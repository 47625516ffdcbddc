"""Who of the care team may read what somebody tells: never the ally whom it is about, nor who tells it herself."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext

from alongside.conversations.models import Conversation, Report, ReportSeal
from alongside.introductions.candidates import have_talked_with
from alongside.people.models import CareMember, KeyPair, Organisation, User
from alongside.people.opening import Opener


def may_read(teller: Opener, conversation: Conversation | None = None) -> list[User]:
    """Give the care members in effect to whom ``teller`` can tell something, the safeguarding lead first.

    Whoever talks or talked with a survivor, as an ally, is never among them; nor is an ally who tells it herself.
    """
    members = CareMember.in_effect()
    if teller.pair.survivor_id is None:
        return _lead_first(members.exclude(pk=teller.user.pk))
    members = members.exclude(pk__in=have_talked_with(teller.survivor))
    return _lead_first(members.exclude(pk=conversation.ally_id) if conversation and conversation.ally_id else members)


def may_be_given(report: Report, left_out: Iterable[UUID]) -> list[User]:
    """Give the care members in effect to whom a report can be passed on: not whom who told it has left out."""
    has_it = ReportSeal.objects.filter(report=report, pair__retired_at=None, pair__user__isnull=False)
    outside = {*left_out, *(each for each in (report.about_id, report.ally_id) if each)}
    members = CareMember.in_effect().exclude(pk__in=outside).exclude(pk__in=has_it.values("pair__user"))
    return _lead_first(members.exclude(pk__in=have_talked_with(report.survivor)) if report.survivor else members)


def who_can_open(report: Report) -> list[User]:
    """Give the care members in effect for whom a report opens."""
    seals = ReportSeal.objects.filter(report=report, pair__retired_at=None)
    members = CareMember.in_effect().filter(pk__in=seals.values("pair__user"))
    if report.survivor:
        members = members.exclude(pk__in=have_talked_with(report.survivor))
    return _lead_first(members.exclude(pk=report.ally_id) if report.ally_id else members)


def pairs_of(members: Iterable[User]) -> list[KeyPair]:
    """Give the key pairs that care members use now."""
    return list(KeyPair.objects.filter(user__in=list(members), retired_at=None))


def called(member: User) -> str:
    """Give what a care member is called on a page of somebody else: her name, never her address."""
    return member.name or gettext("someone of the care team")


def _lead_first(members: Iterable[User]) -> list[User]:
    lead = Organisation.current().lead_id
    return sorted(members, key=lambda each: (each.pk != lead, each.name.casefold(), str(each.pk)))
