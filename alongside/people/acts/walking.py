"""An ally's role once she has it: pausing, going on, laying it down; being suspended and reinstated; supervision."""

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.deciding import for_another_of_the_desk
from alongside.people.acts.refusing import Refused
from alongside.people.models import Ally, Supervision, User
from alongside.people.models.readiness import AllyQuerySet
from alongside.people.sessions import end_sessions
from alongside.people.signals import ally_ended, ally_paused, ally_reinstated, ally_resumed, ally_suspended
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.records.models import Verb, append
from alongside.records.tombstones import bury


def pause(user: User) -> Ally:
    """Take nobody new for now; herself, as often as she likes. Raises ``Refused`` when her role is not in effect."""
    with transaction.atomic():
        if not _standing(user).filter(paused_at=None).update(paused_at=clock.now()):
            raise Refused(_("You have paused already, or your role as an ally is not in effect."))
        return _done(user, Verb.ALLY_PAUSED, ally_paused, by=user)


def resume(user: User) -> Ally:
    """Take new people again, herself. Raises ``Refused`` when she has not paused, or her role is not in effect."""
    with transaction.atomic():
        if not _standing(user).filter(paused_at__isnull=False).update(paused_at=None):
            raise Refused(_("You have not paused, or your role as an ally is not in effect."))
        return _done(user, Verb.ALLY_RESUMED, ally_resumed, by=user)


def lay_down(user: User) -> Ally:
    """End her role, herself. Two people of the desk can declare her ready again. Raises ``Refused``."""
    with transaction.atomic():
        if not _standing(user).update(ended_at=clock.now()):
            raise Refused(_("Your role as an ally is not in effect, so there is nothing to lay down."))
        return _done(user, Verb.ALLY_ENDED, ally_ended, by=user)


def suspend(learner: User, by: User) -> Ally:
    """Stop an ally at once, everywhere: her sessions end, and every page for allies is closed to her.

    No reason is kept. A role at the desk is another matter and stays. Raises ``Refused``, also when she is suspended.
    """
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        if not _standing(learner).update(suspended_at=clock.now()):
            raise Refused(_("This person is no ally at present, or is suspended already."))
        bury(Ally.objects.filter(user=learner))  # a backup from before would let her go on: restored, she is no ally
        sweep_after_commit()
        end_sessions(learner)
        return _done(learner, Verb.ALLY_SUSPENDED, ally_suspended, by=by)


def reinstate(learner: User, by: User) -> Ally:
    """Let a suspended ally go on as before; a pause from before still stands. Raises ``Refused``."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        if not Ally.objects.filter(user=learner, suspended_at__isnull=False).update(suspended_at=None):
            raise Refused(_("This person is not suspended."))
        return _done(learner, Verb.ALLY_REINSTATED, ally_reinstated, by=by)


def note_supervision(learner: User, week: int, by: User) -> Supervision:
    """Note that the supervision of ``week`` (1, 4 or 8) took place with ``by``. Raises ``Refused``, also if it had."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        waiting = Supervision.objects.filter(ally=learner.pk, week=week, done_at=None)
        if not waiting.update(done_at=clock.now(), by=by):
            raise Refused(_("There is no supervision of this week that is still to come."))
        append(Verb.SUPERVISION_NOTED, actor=by.pk, subject=learner.pk)
        return Supervision.objects.get(ally=learner.pk, week=week)


def _standing(user: User) -> AllyQuerySet:
    """Give her role if it is neither suspended nor ended. To change it is one conditional update: of two, one wins."""
    return Ally.objects.filter(user=user, suspended_at=None, ended_at=None)


def _done(user: User, verb: Verb, signal: Signal, *, by: User) -> Ally:
    ally = Ally.objects.get(user=user)
    append(verb, actor=by.pk, subject=user.pk)
    signal.send(sender=Ally, ally=ally)
    return ally
