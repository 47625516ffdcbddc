"""How an ally stands with presenting herself: her own pages, and what she takes along."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.introductions.models import Presentation, Profile, Topic
from alongside.people.export import exports
from alongside.people.models import Ally, KeyPair, User


@dataclass(frozen=True)
class Missing:
    """Something without which nobody can be introduced to her: what to do, and where."""

    what_to_do: str | Promise
    url: str | Promise = ""


@dataclass(frozen=True)
class Presented:
    """How she stands. ``shown``: the words that are shown; ``newer``: those that wait or were sent back."""

    profile: Profile | None
    shown: Presentation | None
    newer: Presentation | None
    missing: tuple[Missing, ...]

    @property
    def last(self) -> Presentation | None:
        """The words that she wrote last."""
        return self.newer or self.shown


def presented_of(user: User) -> Presented:
    """Give how an ally stands with presenting herself."""
    profile = Profile.objects.select_related("ally").filter(ally=user.pk).first()
    written = list(Presentation.objects.filter(profile__ally=user.pk))
    shown = next((each for each in written if each.approved_at), None)
    newer = next((each for each in written if not each.approved_at), None)
    return Presented(profile, shown, newer, tuple(_missing(user, profile, shown, newer)))


def with_names(presentation: Presentation) -> list[tuple[str, str]]:
    """Give what she is good at as pairs, the name of a topic and her sentence; without topics that are gone."""
    names = dict(Topic.objects.values_list("slug", "name"))
    said = presentation.strengths
    return [(names[each["topic"]], each["sentence"]) for each in said if each["topic"] in names]


def _missing(
    user: User, profile: Profile | None, shown: Presentation | None, newer: Presentation | None
) -> Iterator[Missing]:
    if KeyPair.of(user) is None:
        yield Missing(_("Make your code: it opens what people write to you."), _CODE)
    if shown is None:
        yield _next_for(newer)
    if profile is None or not profile.languages:
        yield Missing(_("Say in which languages you talk, and when you are there."), _TIMES)
    if Ally.objects.filter(pk=user.pk, paused_at__isnull=False).exists():
        yield Missing(_("You have paused. Go on when you like."), _READY)


def _next_for(newer: Presentation | None) -> Missing:
    """Give the next step to words that are shown."""
    if newer is None:
        return Missing(_("Say what you are good at, in your own words."), _WORDS)
    if newer.waits:
        return Missing(_("Somebody of the desk reads your words. There is nothing for you to do."))
    return Missing(_("Read what would help your words, and hand them in again."), _WORDS)


_CODE = reverse_lazy("people:code")
_WORDS = reverse_lazy("ally:words")
_TIMES = reverse_lazy("ally:times")
_READY = reverse_lazy("people:ready")


@exports("how you present yourself")
def _export(user: User) -> object:
    """Give her profile and her words. What she lets count in matching stands in no export."""
    profile = Profile.objects.filter(ally=user.pk).first()
    if profile is None:
        return None
    written = Presentation.objects.filter(profile=profile)
    return {
        "languages": profile.languages,
        "is_woman": profile.is_woman,
        "hours_of_the_week": profile.hours,
        "time_zone": profile.time_zone,
        "conversations_at_once": profile.capacity,
        "words": list(
            written.values("name", "strengths", "handed_in_at", "approved_at", "sent_back_at", "what_would_help")
        ),
    }
