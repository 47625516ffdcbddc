"""The one practice that a learner shows to the desk, as part of what it takes to become an ally."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from alongside.people.models import User
from alongside.people.readiness import PracticeShown, requires
from alongside.practice.acts import LEAST_REPLIES
from alongside.practice.models import Attempt, PracticeRead

NAME = "shown practice"


def shown_practice(learner: User) -> Attempt | None:
    """Give what she shows at present, with its scenario; ``None`` when that is nothing, or it was erased.

    Whoever gives its words out to somebody calls ``acts.note_read`` first.
    """
    return Attempt.objects.of(learner).shown().first()


@dataclass(frozen=True)
class Showing:
    """What a learner's page says of showing one attempt.

    ``since``: since when it is shown; ``None`` while it is not. ``another``: the attempt that she shows instead.
    ``is_long_enough``: whether it can be shown. ``reads``: who of the desk has opened it, with ``by``, and when.
    """

    since: datetime | None
    another: Attempt | None
    is_long_enough: bool
    reads: list[PracticeRead]


def showing_of(attempt: Attempt) -> Showing:
    """Say how it stands with showing an attempt of a learner to the desk."""
    shown = shown_practice(attempt.learner)
    return Showing(
        since=attempt.shown_at,
        another=shown if shown != attempt else None,
        is_long_enough=attempt.length >= LEAST_REPLIES,
        reads=list(attempt.reads.select_related("by")),
    )


@requires(NAME)
def practice_shown(user: User) -> PracticeShown:
    """Say whether she shows a practice, and who has opened it."""
    title = _("A practice that you show")
    shown = shown_practice(user)
    if shown is None:
        what_to_do = _(
            "Choose one conversation that shows how you answer. Look back on it, and show it to the desk from there. "
            "The people who decide about you read that one, and no other."
        )
        return PracticeShown(NAME, title, False, what_to_do, reverse_lazy("practice:start"))
    readers = PracticeRead.objects.filter(attempt=shown, by__isnull=False).values_list("by", flat=True)
    return PracticeShown(NAME, title, True, "", reverse("practice:debrief", args=[shown.pk]), frozenset(readers))
