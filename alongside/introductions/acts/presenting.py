"""How an ally presents herself: she hands it in, and somebody else of the desk approves exactly these words."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.one_line import one_line
from alongside.introductions.counting import box_of
from alongside.introductions.hours import WEEK
from alongside.introductions.models import (
    LONGEST_HELP,
    LONGEST_NAME,
    LONGEST_SENTENCE,
    MOST_AT_ONCE,
    MOST_STRENGTHS,
    Presentation,
    Profile,
    Topic,
)
from alongside.introductions.notices import the_desk_has_answered
from alongside.introductions.plain_words import INSTEAD, what_leads_outside
from alongside.people.acts import Refused
from alongside.people.acts.deciding import for_another_of_the_desk, one_at_a_time
from alongside.people.models import Ally, User
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.records.models import Verb, append
from alongside.records.tombstones import erased_fields

_NO_ALLY = _("This is for allies whose role is in effect. Yours is not at present.")
_DECIDED = _("These words are not waiting any more: they were replaced, or somebody was faster. Look once more.")


@dataclass(frozen=True)
class Times:
    """When an ally is there, and for whom.

    ``languages``: codes, one at least. ``hours``: of a week by her own clock, 0 to 167. ``time_zone``: an IANA name.
    ``capacity``: 1 to ``MOST_AT_ONCE``. Raises ``ValueError`` for what is outside of these.
    """

    languages: tuple[str, ...]
    is_woman: bool
    hours: frozenset[int]
    time_zone: str
    capacity: int

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError("An ally talks in one language at least.")
        if not self.hours <= frozenset(range(WEEK)):
            raise ValueError("The hours of a week are 0 to 167.")
        if self.time_zone not in available_timezones():
            raise ValueError("There is no such time zone.")
        if not 1 <= self.capacity <= MOST_AT_ONCE:
            raise ValueError(f"An ally talks with 1 to {MOST_AT_ONCE} people at once.")


def hand_in(user: User, name: str, strengths: Mapping[str, str]) -> Presentation:
    """Hand in how this ally presents herself, in place of what waits or was sent back. What is shown stays so long.

    ``name``: the one that she goes by here. ``strengths``: a sentence for each topic that she is good at, by its slug.
    Raises ``Refused``.
    """
    name = _checked(name, LONGEST_NAME)
    said = {slug: _checked(sentence, LONGEST_SENTENCE) for slug, sentence in strengths.items() if sentence.strip()}
    _refuse_too_few_or_many(name, said)
    with transaction.atomic():
        profile = _profile_of(user)
        topics = Topic.objects.filter(is_offered=True, slug__in=said).values_list("slug", flat=True)
        in_order = [{"topic": slug, "sentence": said[slug]} for slug in topics]
        if len(in_order) < len(said):
            raise Refused(_("One of the topics is not there any more. Please look at them once more."))
        Presentation.objects.filter(profile=profile, approved_at=None).delete()
        sweep_after_commit()
        return Presentation.objects.create(profile=profile, name=name, strengths=in_order)


def approve(presentation: Presentation, by: User) -> Presentation:
    """Let exactly these words be shown, in place of those before, which are erased. Nobody approves her own.

    Raises ``Refused``, also when she has handed in others meanwhile.
    """
    with transaction.atomic():
        ally = presentation.profile.ally.user
        for_another_of_the_desk(ally, by)
        if Presentation.objects.shown().filter(profile=presentation.profile_id).exclude(pk=presentation.pk).delete()[0]:
            sweep_after_commit()
        if not _undecided(presentation).update(approved_at=clock.now(), decided_by=by):
            raise Refused(_DECIDED)
        return _answered(presentation, ally, by, Verb.PRESENTATION_APPROVED)


def send_back(presentation: Presentation, by: User, what_would_help: str) -> Presentation:
    """Send these words back, with what would help, which she reads. What was shown before stays. Nobody decides hers.

    Raises ``Refused``.
    """
    words = what_would_help.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Write what would help. The ally reads it, and “not yet” alone is no next step."))
    if len(words) > LONGEST_HELP:
        raise Refused(
            gettext("This is longer than fits. Shorten it to %(most)d characters: one or two next steps are enough.")
            % {"most": LONGEST_HELP}
        )
    with transaction.atomic():
        ally = presentation.profile.ally.user
        for_another_of_the_desk(ally, by)
        decided = {"sent_back_at": clock.now(), "decided_by": by, "what_would_help": words}
        if not _undecided(presentation).update(**decided):
            raise Refused(_DECIDED)
        return _answered(presentation, ally, by, Verb.PRESENTATION_SENT_BACK)


def change_times(user: User, times: Times) -> Profile:
    """Keep when an ally is there, in which languages and for how many. Raises ``Refused``."""
    with transaction.atomic():
        profile = _profile_of(user)
        Profile.objects.filter(pk=profile.pk).update(
            languages=list(times.languages),
            is_woman=times.is_woman,
            hours=sorted(times.hours),
            time_zone=times.time_zone,
            capacity=times.capacity,
        )
        return Profile.objects.select_related("ally").get(pk=profile.pk)


def let_count(user: User, may_count: bool) -> None:
    """Let it count in matching that this ally has been there, or not; she alone says so. Raises ``Refused``.

    Whichever it is leaves the same traces, and a restored backup knows neither.
    """
    with transaction.atomic():
        profile = _profile_of(user)
        Profile.objects.filter(pk=profile.pk).update(been_there=box_of(may_count, user.pk))
        erased_fields(Profile, profile.pk, "been_there")
        sweep_after_commit()


def _profile_of(user: User) -> Profile:
    """Give an ally's profile, made where there is none; others who change it wait. Raises ``Refused``."""
    one_at_a_time(user)
    ally = Ally.objects.in_effect().filter(pk=user.pk).first()
    if ally is None:
        raise Refused(_NO_ALLY)
    return Profile.objects.get_or_create(ally=ally, defaults={"been_there": box_of(False, user.pk)})[0]


def _checked(text: str, longest: int) -> str:
    plain = one_line(text)
    if outside := what_leads_outside(plain):
        raise Refused(INSTEAD[outside])
    if len(plain) > longest:
        raise Refused(gettext("This is longer than fits. Shorten it to %(most)d characters.") % {"most": longest})
    return plain


def _refuse_too_few_or_many(name: str, strengths: Mapping[str, str]) -> None:
    if not name:
        raise Refused(_("Choose a name that people here know you by. It need not be your own."))
    if not strengths:
        raise Refused(_("Write a sentence about one topic at least."))
    if len(strengths) > MOST_STRENGTHS:
        sentence = gettext("Choose up to %(most)d topics: those you are best at. Empty the others.")
        raise Refused(sentence % {"most": MOST_STRENGTHS})


def _undecided(presentation: Presentation) -> QuerySet[Presentation]:
    return Presentation.objects.waiting().filter(pk=presentation.pk)


def _answered(presentation: Presentation, ally: User, by: User, verb: Verb) -> Presentation:
    append(verb, actor=by.pk, subject=ally.pk)
    the_desk_has_answered(ally, presentation.pk)
    return Presentation.objects.select_related("profile__ally__user").get(pk=presentation.pk)
