"""How often something may be done: by one network, and by everybody together.

A limit counts in fixed windows that begin with the clock, such as each full hour: one row, one statement. Around the
turn of a window somebody may do twice as much in a short time; choose limits so that this does no harm.

Why a table of our own: allauth and django-ratelimit count in Django's cache. The one that our processes share lies in
the database, and reads, changes and writes there: allauth takes a lock in it for that, and refuses whoever does not
get it within a second; django-ratelimit refuses to start with it (its check E003). Both keep the address, or a plain
hash of it, which a few hours of trying undo. Here each count is one conditional statement, and no address is kept: only
a hash of limit, window and network under the server's key, erased when the window has ended. So nobody can be followed
from one window, or one limit, to another; only whoever has the server's keys as well as the database can find out which
networks did something within the windows of this moment.

How often each thing was tried in an hour, by everybody together, is kept for ``COUNTS_KEPT``, so that an unusual rise
is seen.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from alongside.records import clock
from alongside.records.erasure import erases_expired
from alongside.records.models import HourCount, Window

COUNTS_KEPT = timedelta(days=30)
UNKNOWN_NETWORK = "unknown"
FEWEST_IN_A_RISE = 10
TIMES_THE_BUSIEST = 3
DAYS_COMPARED = 7

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_HALF_OF_AN_IPV6_ADDRESS = 64


@dataclass(frozen=True)
class Limit:
    """At most ``allowed`` times (0 or more) in each window of length ``per``, at least a second.

    ``name``: of 1 to 40 characters; limits of the same name count the same thing. Raises ``ValueError``.
    """

    name: str
    allowed: int
    per: timedelta

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= 40 or self.allowed < 0 or self.per < timedelta(seconds=1):
            raise ValueError(f"this is no limit: {self}")

    def ends_at(self, moment: datetime) -> datetime:
        """Give when the window ends in which ``moment`` lies."""
        return moment + self.per - (moment - _EPOCH) % self.per


def take(limit: Limit, who: bytes | str = "") -> bool:
    """Take one of what ``limit`` allows in this window; give False when nothing is left.

    ``who``: what ``network_of`` gives, or whatever else is to be limited; ``""`` for everybody together. Call it before
    any transaction: whatever goes wrong in that, what was taken stays taken. Raises ``RuntimeError`` inside one.
    """
    moment = clock.now()
    with transaction.atomic(durable=True):
        _count_the_try(limit.name, moment)
        return _take(limit, _window(limit, who, moment))


def left(limit: Limit, who: bytes | str = "") -> int:
    """Give how often ``take`` would still give True in this window, if nobody else came in between."""
    taken = Window.objects.filter(**_window(limit, who, clock.now())).values_list("taken", flat=True).first()
    return max(0, limit.allowed - (taken or 0))


def network_of(request: HttpRequest) -> str:
    """Give the network from which a request comes: an IPv4 address, or the first half of an IPv6 address.

    A home or a phone has one IPv4 address, which a whole shelter may share, and as many IPv6 addresses as it likes, all
    with the same half. Behind ``ALONGSIDE_PROXIES`` proxies it is the address that the outermost of ours saw: of
    ``X-Forwarded-For``, each proxy adds one at the end, and what stands before those anybody can have written. Gives
    ``UNKNOWN_NETWORK`` where there is none, or fewer than there should be: all of those share one limit.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if not proxies:
        return _network(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return _network(hops[-proxies]) if len(hops) >= proxies else UNKNOWN_NETWORK


def rate_of(limit: Limit, since: datetime) -> Mapping[datetime, int]:
    """Give how often it was tried, refusals included, in each hour that began at ``since`` or later; 0 is left out."""
    counts = HourCount.objects.filter(limit=limit.name, hour__gte=since).order_by("hour")
    return dict(counts.values_list("hour", "tries"))


def unusual_rise(name: str, moment: datetime) -> bool:
    """Say whether what the limit ``name`` counts is tried unusually often at ``moment``.

    That is: in the hour that runs then, or the one before it, at least ``FEWEST_IN_A_RISE`` times, and more than
    ``TIMES_THE_BUSIEST`` times as often as in the busiest of the same hours of the ``DAYS_COMPARED`` days before. Hours
    begin with the clock. Refusals count: who is refused keeps trying.
    """
    running = _hour(moment)
    return any(_is_rise(name, hour) for hour in (running, running - _HOUR))


@erases_expired
def erase_ended_windows(moment: datetime) -> int:
    """Delete what was taken in windows that have ended."""
    return Window.objects.filter(expires_at__lt=moment).delete()[0]


@erases_expired
def erase_old_counts(moment: datetime) -> int:
    """Delete the counts of hours that are long past."""
    return HourCount.objects.filter(expires_at__lt=moment).delete()[0]


def _take(limit: Limit, window: dict[str, object]) -> bool:
    rest = Window.objects.filter(**window, taken__lt=limit.allowed)
    if rest.update(taken=F("taken") + 1):
        return True
    Window.objects.bulk_create([Window(**window)], ignore_conflicts=True)  # it was full, or not there yet
    return bool(rest.update(taken=F("taken") + 1))


def _window(limit: Limit, who: bytes | str, moment: datetime) -> dict[str, object]:
    """Give by what a window is found: its limit, its end, and a hash that is another in every other window."""
    ends_at = limit.ends_at(moment)
    about = f"{len(limit.name)} {limit.name} {ends_at.isoformat()} ".encode()
    whose = about + (who.encode() if isinstance(who, str) else who)
    digest = hashlib.blake2b(whose, digest_size=32, key=settings.SEALING_KEYS.lasting_key("limits")).digest()
    return {"limit": limit.name, "who": digest, "expires_at": ends_at}


def _count_the_try(name: str, moment: datetime) -> None:
    hour = _hour(moment)
    this = HourCount.objects.filter(limit=name, hour=hour)
    if not this.update(tries=F("tries") + 1):
        first = HourCount(limit=name, hour=hour, expires_at=hour + COUNTS_KEPT)
        HourCount.objects.bulk_create([first], ignore_conflicts=True)
        this.update(tries=F("tries") + 1)


def _is_rise(name: str, hour: datetime) -> bool:
    compared = [hour - days * _DAY for days in range(DAYS_COMPARED + 1)]
    tries = dict(HourCount.objects.filter(limit=name, hour__in=compared).values_list("hour", "tries"))
    lately = tries.pop(hour, 0)
    return lately >= FEWEST_IN_A_RISE and lately > TIMES_THE_BUSIEST * max(tries.values(), default=0)


def _hour(moment: datetime) -> datetime:
    return moment - (moment - _EPOCH) % _HOUR


def _network(text: str) -> str:
    """Give the network of an address as proxies write it: some add a port, and brackets around IPv6."""
    address = text.strip()
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        known = ip_address(address)
    except ValueError:
        return UNKNOWN_NETWORK
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), _HALF_OF_AN_IPV6_ADDRESS), strict=False))
