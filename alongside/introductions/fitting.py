"""Who fits what she wishes for: the shortlist, with why each is on it in plain words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from alongside.core.matching import Candidate, Reason, Reasons, shortlist, why_not
from alongside.introductions.candidates import Person, candidates, person_of
from alongside.introductions.models import Ask, Introduction, Topic
from alongside.introductions.wishes import Wishes
from alongside.people.models import Survivor

SHOWN = 3
"""People at a time."""

_State = Introduction.State


@dataclass(frozen=True)
class Suggestion:
    """Somebody on her shortlist, and why: sentences."""

    person: Person
    why: tuple[str, ...]


def shortlist_for(wishes: Wishes, excluded: Collection[UUID], size: int = SHOWN) -> list[Suggestion]:
    """Give up to ``size`` people who fit, best first; none when nobody does at present."""
    allies = candidates()
    languages = spoken(allies)
    if not languages:
        return []
    matches = shortlist(wishes.as_asked(excluded, languages), allies, size).matches
    names = dict(Topic.objects.values_list("slug", "name"))
    is_no_choice = {(Reason.LANGUAGE, code) for code in languages} if len(languages) == 1 else set()
    found = ((person_of(match.id), match.reasons) for match in matches)
    return [
        Suggestion(person, in_words(tuple(each for each in reasons if each not in is_no_choice), names))
        for person, reasons in found
        if person is not None
    ]


def fits(wishes: Wishes, ally: UUID, excluded: Collection[UUID]) -> bool:
    """Say whether an ally can be introduced to somebody who wishes for this."""
    allies = candidates()
    languages = spoken(allies)
    return any(
        why_not(wishes.as_asked(excluded, languages), candidate) is None for candidate in allies if candidate.id == ally
    )


def excluded_from(survivor: Survivor, ask: Ask | None = None) -> frozenset[UUID]:
    """Give the allies whom a survivor is not to be shown: with whom she talks, or has; and who did not take ``ask``."""
    has_talked = Q(ask__survivor=survivor, state__in=(_State.ACCEPTED, _State.CLOSED))
    if ask is not None:
        has_talked |= Q(ask=ask, state__in=(_State.DECLINED, _State.EXPIRED))
    known = Introduction.objects.filter(has_talked, ally__isnull=False)
    return frozenset(ally for ally in known.values_list("ally", flat=True) if ally is not None)


def spoken(allies: Iterable[Candidate]) -> list[str]:
    """Give the codes of all languages in which somebody could talk with her now, in order."""
    return sorted(set().union(*(ally.languages for ally in allies)))


def name_of(language: str) -> str:
    """Give a language's name in itself, such as “español”; its code where that is not known."""
    return str(LANG_INFO.get(language, {}).get("name_local", language))


def in_language_of(wishes: Wishes, page: str, languages: Collection[str]) -> Wishes:
    """Give wishes with the language of the ``page`` where she named none, if it is one of ``languages``."""
    code = page.partition("-")[0]
    return wishes if wishes.languages or code not in languages else replace(wishes, languages=(code,))


def in_words(reasons: Reasons, names: dict[str, str]) -> tuple[str, ...]:
    """Say why somebody is on her shortlist, in plain sentences; ``names``: of topics, by their slugs."""
    topics = [names[code] for reason, code in reasons if reason is Reason.TOPIC and code in names]
    languages = [name_of(code) for reason, code in reasons if reason is Reason.LANGUAGE]
    given = {reason for reason, _code in reasons}
    sentences = [
        topics and gettext("Good at what you chose: %(topics)s.") % {"topics": _listed(topics)},
        Reason.WOMAN in given and gettext("A woman, as you wished."),
        Reason.HOURS in given and gettext("There at some of the times that you chose."),
        languages
        and ngettext("The language you share: %(languages)s.", "Languages you share: %(languages)s.", len(languages))
        % {"languages": _listed(languages)},
        Reason.FREE_NOW in given and gettext("Has time for somebody now."),
        Reason.EXPERIENCE in given and gettext("Has talked with others here before."),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names), gettext("and"))
