"""Who is where: each learner with the stage that she has reached, asked of the database for all of them at once.

What is asked of an ally is ``people.readiness``'s to say, for one person; here it is asked for many. A test holds the
two together.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.people.access import STAFF
from alongside.people.models import (
    AgreementText,
    Ally,
    IdentitySeen,
    Organisation,
    Reference,
    Signature,
    Supervision,
    Talk,
    User,
)
from alongside.people.models.readiness import REFERENCES, Declaration
from alongside.practice.models import Attempt, DrillAnswer, Turn
from alongside.records import clock
from alongside.workshop.assessment.choosing import is_there
from alongside.workshop.models import Enrolment, Lesson, LessonDone, Occasion, Sitting, SittingAnswer

STALLED_AFTER = timedelta(days=14)
SOON = timedelta(days=7)

Rows = QuerySet[Any]
"""Accounts, with what ``learners`` knows of each."""


class Stage(TextChoices):
    """Where somebody is on the way; everybody is at exactly one."""

    SIGNED_UP = "signed-up", _("has not begun")
    LESSONS = "lessons", _("in the lessons")
    LAST_ASSESSMENT = "last-assessment", _("before the last assessment")
    TALK = "talk", _("waits for a talk")
    MISSING = "missing", _("something is still missing")
    NOT_YET = "not-yet", _("not yet, and knows what would help")
    DECISION = "decision", _("waits for a decision")
    READY = "ready", _("ready")
    PAUSED = "paused", _("has paused")
    RESTING = "resting", _("rests until a second factor is set")
    SUSPENDED = "suspended", _("suspended")


class Waits(TextChoices):
    """What somebody may wait for, beside her stage."""

    STALLED = "stalled", _("began, and nothing for 14 days")
    AGREEMENT = "agreement", _("an ally who has not signed the newest agreement")
    SUPERVISION = "supervision", _("a supervision is due within a week")


class Sort(TextChoices):
    """In which order a list stands."""

    NEWEST = "newest", _("who came last")
    NAME = "name", _("by name")
    QUIET = "quiet", _("who was quiet longest")


_ORDERS = {
    Sort.NEWEST: ("-joined_at", "pk"),
    Sort.NAME: ("called", "pk"),
    Sort.QUIET: ("last_active", "pk"),
}


def learners() -> Rows:
    """Give all learners; of the desk, only who has signed the agreement or is an ally.

    Each has ``stage`` (``Stage``), ``last_active`` (when she last did something, or signed up) and what goes into them.
    """
    staff = User.groups.through.objects.filter(user=OuterRef("pk"), group__in=_staff_groups())
    on_the_way = Q(~Exists(staff)) | Exists(_own(Signature, "user")) | Exists(_own(Ally, "user"))
    found = User.objects.filter(on_the_way, is_active=True).annotate(
        called=Lower(Coalesce(NullIf(F("name"), Value("")), F("email"), output_field=CharField())),
        last_active=_last_active(),
        has_begun=_has_begun(),
        has_second_factor=Exists(_own(Authenticator, "user")),
        finished_at=F("enrolment__finished_at"),
    )
    return found.annotate(stage=_stage())


def narrowed(asked: Mapping[str, str]) -> Rows:
    """Give the learners whom a filter asks for: ``stage``, ``waits``, ``who`` (words of name or e-mail), ``sort``."""
    found = learners()
    if stage := asked.get("stage"):
        found = found.filter(stage=stage)
    if waits := asked.get("waits"):
        found = found.filter(_WAITING[Waits(waits)]())
    for word in asked.get("who", "").split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by(*_ORDERS[Sort(asked.get("sort") or Sort.NEWEST)])


def numbers() -> dict[Stage, int]:
    """Give how many are at each stage, in the order of the way."""
    counted = dict(learners().order_by().values_list("stage").annotate(number=Count("pk")))
    return {stage: counted.get(stage.value, 0) for stage in Stage}


def number_waiting(waits: Waits) -> int:
    """Give how many wait for this."""
    return learners().filter(_WAITING[waits]()).count()


# --- What somebody waits for ----------------------------------------------------------------------------------------


def _is_stalled() -> Q:
    return Q(
        has_begun=True,
        stage__in=(Stage.LESSONS, Stage.LAST_ASSESSMENT),
        last_active__lte=clock.now() - STALLED_AFTER,
    )


def _has_to_sign() -> Q:
    newest = AgreementText.newest()
    if newest is None:
        return Q(pk__in=())
    signed = _own(Signature, "user").filter(agreement=newest)
    return Q(pk__in=Ally.objects.in_effect().values("pk")) & ~Q(Exists(signed))


def _is_due() -> Q:
    due = Supervision.objects.filter(done_at=None, due_at__lte=clock.now() + SOON, ally__in=Ally.objects.in_effect())
    return Q(pk__in=due.values("ally"))


_WAITING = {Waits.STALLED: _is_stalled, Waits.AGREEMENT: _has_to_sign, Waits.SUPERVISION: _is_due}


# --- Where somebody is ----------------------------------------------------------------------------------------------


def _stage() -> Case:
    ally = Q(ally__isnull=False, ally__ended_at=None)
    return Case(
        When(ally__suspended_at__isnull=False, then=Value(Stage.SUSPENDED)),
        When(ally & Q(has_second_factor=False), then=Value(Stage.RESTING)),
        When(ally & Q(ally__paused_at__isnull=False), then=Value(Stage.PAUSED)),
        When(ally, then=Value(Stage.READY)),
        When(Q(has_begun=False, finished_at=None), then=Value(Stage.SIGNED_UP)),
        When(~_has_done_the_lessons(), then=Value(Stage.LESSONS)),
        When(~_has_taken_the_last(), then=Value(Stage.LAST_ASSESSMENT)),
        When(~Exists(_own(Talk, "learner")), then=Value(Stage.TALK)),
        When(Exists(_not_yet()), then=Value(Stage.NOT_YET)),
        When(_has_the_rest(), then=Value(Stage.DECISION)),
        default=Value(Stage.MISSING),
    )


def _has_done_the_lessons() -> Q:
    there = set(Lesson.objects.live_in(get_language()).values_list("source_id", flat=True))
    if not there:
        return Q(finished_at__isnull=False)
    return Q(finished_at__isnull=False) | Q(_each_done(there))


def _each_done(lessons: Collection[str]) -> Q:
    done = _own(LessonDone, "learner").filter(lesson__in=lessons).order_by().values("learner")
    counted = done.annotate(number=Count("pk")).filter(number=len(lessons))
    return Q(Exists(counted))


def _has_taken_the_last() -> Q:
    taken = Exists(_own(Sitting, "learner").filter(occasion=Occasion.LAST, finished_at__isnull=False))
    return Q(taken) | Q(Value(not is_there(get_language()), output_field=BooleanField()))


def _has_the_rest() -> Q:
    """Say whether nothing is missing beside what the stages before have asked for."""
    newest = AgreementText.newest()
    if newest is None:
        return Q(pk__in=())
    rest = (
        Q(has_second_factor=True)
        & Exists(_own(Signature, "user").filter(agreement=newest))
        & Exists(Attempt.objects.shown().filter(learner=OuterRef("pk")))
    )
    if Organisation.current().asks_for_references:
        heard = _own(Reference, "learner").order_by().values("learner").annotate(number=Count("pk"))
        rest &= Exists(_own(IdentitySeen, "learner")) & Exists(heard.filter(number=len(REFERENCES)))
    return rest


def _not_yet() -> Rows:
    return Declaration.objects.standing().filter(learner=OuterRef("pk"), is_ready=False)


def _has_begun() -> Any:
    done = (Sitting, LessonDone, Attempt, DrillAnswer)
    begun = Q()
    for model in done:
        begun |= Q(Exists(_own(model, "learner")))
    return Case(When(begun, then=Value(True)), default=Value(False), output_field=BooleanField())


def _last_active() -> Greatest:
    moments = (
        _newest(_own(LessonDone, "learner"), "at"),
        _newest(_own(Sitting, "learner"), "started_at"),
        _newest(SittingAnswer.objects.filter(sitting__learner=OuterRef("pk")), "answered_at"),
        _newest(_own(Attempt, "learner"), "started_at"),
        _newest(Turn.objects.filter(attempt__learner=OuterRef("pk")), "answered_at"),
        _newest(_own(DrillAnswer, "learner"), "answered_at"),
        _newest(_own(Enrolment, "learner"), "finished_at"),
    )
    return Greatest(F("joined_at"), *(Coalesce(moment, F("joined_at")) for moment in moments))


def _newest(rows: Rows, moment: str) -> Subquery:
    there = rows.filter(**{f"{moment}__isnull": False})
    return Subquery(there.order_by(f"-{moment}").values(moment)[:1])


def _own(model: Any, whose: str) -> Rows:
    rows: Rows = model.objects.filter(**{whose: OuterRef("pk")})
    return rows


def _staff_groups() -> Rows:
    return Group.objects.filter(name__in=STAFF).values("pk")
