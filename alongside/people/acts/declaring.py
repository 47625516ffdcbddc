"""Two people of the desk, neither of them herself, declare a learner ready; or one says: not yet, and what would help.

Nothing else makes an ally: no lesson, no assessment, no score.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.deciding import for_another_of_the_desk
from alongside.people.acts.refusing import Refused
from alongside.people.models import Ally, Declaration, Supervision, User
from alongside.people.models.readiness import DECLARATION_LASTS, LONGEST_HELP, NOT_YET_KEPT, SUPERVISION_WEEKS
from alongside.people.readiness import (
    Requirement,
    ally_of,
    missing,
    of_the_desk,
    requirements_of,
    unregistered,
    who_know,
)
from alongside.people.signals import ally_ready
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.models import Verb, append


def declare_ready(learner: User, by: User) -> Ally | None:
    """Say that she is ready. Gives the ally that she is now, if ``by`` is the second to say so; ``None`` for the first.

    One of the two has talked with her and has opened the practice that she shows. Whatever is asked of her is met at
    this moment. A declaration counts for 90 days, and only while its author has her role. Raises ``Refused``.
    """
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        _refuse_an_ally(learner)
        requirements = requirements_of(learner)
        _refuse_what_is_missing(requirements)
        who = _others_who_declared(learner, by) | {by.pk}
        if len(who) > 1 and who.isdisjoint(who_know(learner, requirements)):
            raise Refused(
                _(
                    "One of the two who declare somebody ready has talked with them, and has opened the practice that "
                    "they show. Neither of you has done both yet. Do that first, then declare."
                )
            )
        _put(Declaration(learner=learner, by=by, is_ready=True, expires_at=clock.now() + DECLARATION_LASTS))
        append(Verb.DECLARED_READY, actor=by.pk, subject=learner.pk)
        return _make_ally(learner, by) if len(who) > 1 else None


def declare_not_yet(learner: User, by: User, what_would_help: str) -> Declaration:
    """Say that she is not ready yet and what would help, in words that she will read. Every “ready” so far is void.

    The words are kept for 180 days, until ``by`` declares something else, or until she is an ally; they stand in no
    other place. Raises ``Refused``.
    """
    words = what_would_help.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Write what would help. The learner reads it, and “not yet” alone is no next step."))
    if len(words) > LONGEST_HELP:
        raise Refused(
            gettext("This is longer than fits. Shorten it to %(most)d characters: one or two next steps are enough.")
            % {"most": LONGEST_HELP}
        )
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        _refuse_an_ally(learner)
        Declaration.objects.filter(learner=learner, is_ready=True).delete()
        expires_at = clock.now() + NOT_YET_KEPT
        append(Verb.DECLARED_NOT_YET, actor=by.pk, subject=learner.pk)
        return _put(Declaration(learner=learner, by=by, is_ready=False, what_would_help=words, expires_at=expires_at))


@erases_expired
def erase_lapsed_declarations(moment: datetime) -> int:
    """Delete the declarations that lapsed before ``moment``."""
    return Declaration.objects.filter(expires_at__lte=moment).delete()[0]


def _refuse_an_ally(learner: User) -> None:
    ally = ally_of(learner)
    if ally is None:
        return
    if ally.suspended_at:
        raise Refused(_("This person is an ally who is suspended. To let them go on, reinstate them."))
    if ally.ended_at is None:
        raise Refused(_("This person is an ally already."))


def _refuse_what_is_missing(requirements: list[Requirement]) -> None:
    if names := unregistered():
        raise LookupError(f"No room answers for: {', '.join(names)}.")
    if still := missing(requirements):
        titles = get_text_list([str(each.title) for each in still], gettext("and"))
        raise Refused(gettext("Something is still missing: %(titles)s.") % {"titles": titles})


def _others_who_declared(learner: User, by: User) -> set[object]:
    """Give the ids of those whose “ready” counts now, ``by`` left out."""
    ready = Declaration.objects.standing().filter(learner=learner, is_ready=True, by__in=of_the_desk())
    return set(ready.exclude(by=by).exclude(by=learner).values_list("by", flat=True))


def _put(declaration: Declaration) -> Declaration:
    """Keep the declaration in place of an earlier one by the same person, whose words are gone from the file."""
    Declaration.objects.filter(learner=declaration.learner, by=declaration.by).delete()
    sweep_after_commit()
    declaration.save(force_insert=True)
    return declaration


def _make_ally(learner: User, by: User) -> Ally:
    """Give her the role, the first time or again; what was declared is done with."""
    moment = clock.now()
    again = Ally.objects.filter(user=learner, suspended_at=None, ended_at__isnull=False)
    if not again.update(ready_at=moment, paused_at=None, ended_at=None):
        Ally.objects.create(user=learner, ready_at=moment)
    ally = Ally.objects.get(user=learner)
    Supervision.objects.filter(ally=ally).delete()
    Supervision.objects.bulk_create(_due(ally))
    Declaration.objects.filter(learner=learner).delete()
    sweep_after_commit()
    append(Verb.ALLY_READY, actor=by.pk, subject=learner.pk)
    ally_ready.send(sender=Ally, ally=ally)
    return ally


def _due(ally: Ally) -> Iterable[Supervision]:
    return (Supervision(ally=ally, week=week, due_at=ally.due_in(week)) for week in SUPERVISION_WEEKS)
