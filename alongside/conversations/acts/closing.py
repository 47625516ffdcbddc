"""When somebody may open reports no more: what was sealed to her goes.

``people`` says so by its signals, inside the transaction of what happened there. Who leaves with her account takes her
key pairs along, and with them her seals.
"""

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from alongside.conversations.models import Report, ReportSeal
from alongside.people.models import Ally, KeyPair, User
from alongside.people.signals import ally_ended, ally_suspended, care_left, key_pair_replaced
from alongside.records.erasure import sweep_after_commit


@receiver(care_left)
def close_to_who_leaves_the_care_team(user: User, **kwargs: Any) -> None:
    """Delete what let her open the reports of others; her own stay open to her."""
    own = Report.objects.filter(ally=user)
    _take_out(ReportSeal.objects.filter(pair__user=user).exclude(report__in=own))


@receiver([ally_suspended, ally_ended])
def close_to_who_is_an_ally_no_more(ally: Ally, **kwargs: Any) -> None:
    """Delete what let her read again what she told the care team herself."""
    _take_out(ReportSeal.objects.filter(pair__user=ally.user, report__ally=ally.user))


@receiver(key_pair_replaced)
def close_to_a_lost_code(old: KeyPair, **kwargs: Any) -> None:
    """Delete what was sealed to a key pair that nobody opens any more. Another care member can pass reports on."""
    _take_out(ReportSeal.objects.filter(pair=old))


def _take_out(seals: QuerySet[ReportSeal]) -> None:
    if seals.delete()[0]:
        sweep_after_commit()
