"""Letters to allies: something waits. Never what it is, when it came, or of whom.

One at a time, some hours apart at least, and after a random while: so the time of a letter tells nothing either. One
that she has forestalled by looking is not sent.
"""

from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.introductions.models import Telling
from alongside.people import letters
from alongside.people.models import Ally, Letter, User
from alongside.records import clock

SOMETHING_WAITS = "something waits for an ally"
DESK_HAS_ANSWERED = "the desk has answered an ally"
SOONEST, LATEST = timedelta(minutes=10), timedelta(minutes=60)
APART = timedelta(hours=4)
"""How long after a letter the next one is due at the earliest."""

_random = SystemRandom()


def something_waits(user: User) -> None:
    """Let an ally know by letter that something waits for her, unless one is on its way already.

    Call it in the transaction of what happened.
    """
    with transaction.atomic():
        now = clock.now()
        delay = _random.uniform(SOONEST.total_seconds(), LATEST.total_seconds())
        telling = Telling.objects.filter(user=user)
        if not telling.update(waits_since=now):
            Telling.objects.bulk_create([Telling(user=user)], ignore_conflicts=True)
            telling.update(waits_since=now)
        soon, later = now + timedelta(seconds=delay), F("due_at") + APART + timedelta(seconds=delay)
        is_new = telling.filter(Q(due_at=None) | Q(due_at__lte=now - APART)).update(due_at=soon)
        if is_new or telling.filter(due_at__lte=now).update(due_at=later):
            letters.post(user, SOMETHING_WAITS, due_at=telling.get().due_at)


def looked(user: User) -> None:
    """Note that an ally has seen what waits for her now: a letter about it is not needed any more."""
    now = clock.now()
    if not Telling.objects.filter(user=user).update(looked_at=now):
        Telling.objects.bulk_create([Telling(user=user, looked_at=now)], ignore_conflicts=True)


def stop_letters(user: User) -> None:
    """Send an ally no letter any more that something waits."""
    Telling.objects.get_or_create(user=user)
    Telling.objects.filter(user=user, stopped_at=None).update(stopped_at=clock.now())


def allow_letters(user: User) -> None:
    """Send an ally letters again."""
    Telling.objects.filter(user=user).update(stopped_at=None)


def wants_none(user: User) -> bool:
    """Say whether an ally has stopped these letters."""
    return Telling.objects.filter(user=user, stopped_at__isnull=False).exists()


@letters.kind(SOMETHING_WAITS, title=_("That something waits for an ally"))
def write_that_something_waits(letter: Letter) -> letters.Words | None:
    """Write a letter that does not say what waits; none when she has looked since, or wants none any more."""
    waits = Telling.objects.filter(user=letter.user_id, stopped_at=None)
    unseen = waits.filter(Q(looked_at=None) | Q(waits_since__gt=F("looked_at")))
    if not unseen.exists() or not Ally.objects.in_effect().filter(pk=letter.user_id).exists():
        return None
    lines = [
        _("Something is waiting for you. Sign in when you have time for it."),
        _("Such a note comes a few times a day at most."),
    ]
    stop = reverse("letters:stop", args=[letters.stop_token(letter.user, SOMETHING_WAITS)])
    return letters.Words(letters.Subject.NOTE, lines, reverse("people:me"), stop)


def the_desk_has_answered(user: User, presentation_id: UUID) -> None:
    """Let an ally know by letter that the desk has read how she presents herself, in the caller's transaction."""
    letters.post(user, DESK_HAS_ANSWERED, key=f"{DESK_HAS_ANSWERED} {presentation_id}")


@letters.kind(DESK_HAS_ANSWERED, title=_("That the desk has read what an ally handed in"))
def write_that_the_desk_has_answered(letter: Letter) -> letters.Words | None:
    """Write a letter that says that there is an answer, and not which."""
    if not Ally.objects.in_effect().filter(pk=letter.user_id).exists():
        return None
    lines = [_("Somebody has read what you handed in. You find the answer when you sign in.")]
    return letters.Words(letters.Subject.NOTE, lines, reverse("people:me"))
