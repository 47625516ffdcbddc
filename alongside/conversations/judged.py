"""*Did you feel judged?* When a survivor is asked, and the numbers that the desk sees of what all of them answered.

Answers of a month are looked at when it is over. They are counted in crowds of five different survivors
(``core.crowds``), each closed once; so is an ally named only when five different survivors felt judged by her, and then
for a while whoever takes an answer back. An answer itself is boxed, and goes with its conversation.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum

from alongside.conversations.models import FELT_JUDGED, Answer, Conversation, Felt, JudgedCrowd, JudgedOften
from alongside.core.crowds import crowds, said_by_enough
from alongside.people.boxes import ClosedBoxError, box, unbox
from alongside.people.models import User
from alongside.records import clock
from alongside.records.erasure import erases_expired
from alongside.records.ticking import at_each_tick

FIRST_ASKED_AFTER = timedelta(days=14)
"""How long a conversation has gone on before she is asked for the first time."""
STAYS_NAMED = timedelta(days=180)
JUDGING = frozenset({Felt.A_LITTLE, Felt.YES})


@dataclass(frozen=True)
class MonthOfAnswers:
    """What survivors answered, by the month (its first day) in which their crowds were filled: each at least five."""

    month: date
    no: int
    a_little: int
    yes: int

    @property
    def people(self) -> int:
        """How many answers there are."""
        return self.no + self.a_little + self.yes


@dataclass(frozen=True)
class ForTheDesk:
    """What the desk sees: months with numbers, the newest first, and the allies with whom five felt judged, by name."""

    months: tuple[MonthOfAnswers, ...]
    allies: tuple[User, ...]


def for_the_desk() -> ForTheDesk:
    """Give the numbers and names that may be shown; nothing while there are fewer than five survivors to tell of."""
    sums = JudgedCrowd.objects.order_by().values("month").annotate(n=Sum("no"), a=Sum("a_little"), y=Sum("yes"))
    months = (MonthOfAnswers(each["month"], each["n"], each["a"], each["y"]) for each in sums.order_by("-month"))
    named = JudgedOften.objects.filter(expires_at__gt=clock.now())
    allies = User.objects.filter(pk__in=named.values("ally")).order_by("name", "pk")
    return ForTheDesk(tuple(months), tuple(allies))


def month_of(moment: datetime) -> date:
    """Give the first day of the month of ``moment``."""
    return moment.date().replace(day=1)


def is_asked_judged(conversation: Conversation) -> bool:
    """Say whether she is asked now: not at once, and not again before a whole month has passed since she was asked.

    Only the month of an answer is known, so a whole calendar month lies between two.
    """
    now = clock.now()
    if now - conversation.began_at < FIRST_ASKED_AFTER or not conversation.messages.filter(is_hers=False).exists():
        return False
    last_month = month_of(now) - timedelta(days=1)
    return not conversation.answers.filter(month__gte=last_month.replace(day=1)).exists()


def boxed(conversation: Conversation, felt: Felt) -> bytes:
    """Give an answer as it is kept: boxes of all answers are of one size."""
    return box(FELT_JUDGED, felt.value, whose=conversation.pk)


@at_each_tick
def count_what_was_answered(moment: datetime) -> None:
    """Count and weigh the answers of months that are over. Safe to run twice."""
    month = month_of(moment)
    waiting = [(answer, _felt(answer)) for answer in _answers_before(month).filter(is_counted=False)]
    unsaid = [answer.pk for answer, felt in waiting if felt is Felt.NOT_SAID]
    Answer.objects.filter(pk__in=unsaid).update(is_counted=True)
    said = ((answer.conversation.survivor_id, (answer, felt)) for answer, felt in waiting if felt is not Felt.NOT_SAID)
    for crowd in crowds(said):
        _close(crowd)
    _name_allies(month)


@erases_expired
def forget_who_was_named(moment: datetime) -> int:
    """Delete the names that have stood for their time."""
    return JudgedOften.objects.filter(expires_at__lte=moment).delete()[0]


def _answers_before(month: date) -> QuerySet[Answer]:
    return Answer.objects.filter(month__lt=month).select_related("conversation").order_by("month", "pk")


def _felt(answer: Answer) -> Felt:
    """Give what was answered; nothing for what was boxed by another server."""
    try:
        return Felt(unbox(FELT_JUDGED, answer.boxed, whose=answer.conversation_id))
    except (ClosedBoxError, ValueError):
        return Felt.NOT_SAID


def _close(crowd: Sequence[tuple[Answer, Felt]]) -> None:
    """Write a crowd down, unless somebody else has counted one of them or one of them is gone meanwhile."""
    answers = Answer.objects.filter(pk__in=[answer.pk for answer, _felt in crowd], is_counted=False)
    felt = Counter(each for _answer, each in crowd)
    with transaction.atomic():
        if answers.update(is_counted=True) != len(crowd):
            transaction.set_rollback(True)
            return
        month = max(answer.month for answer, _felt in crowd)
        JudgedCrowd.objects.create(month=month, no=felt[Felt.NO], a_little=felt[Felt.A_LITTLE], yes=felt[Felt.YES])


def _name_allies(month: date) -> None:
    """Name the allies of whom it stands, once there are answers that were not weighed; the newest of a survivor stands.

    Whoever is named already stays so for longer.
    """
    unweighed = list(_answers_before(month).filter(is_weighed=False).values_list("pk", flat=True))
    if not unweighed:
        return
    standing: dict[tuple[UUID, UUID], Felt] = {}
    for answer in _answers_before(month).filter(conversation__ally__isnull=False):
        felt, ally = _felt(answer), answer.conversation.ally_id
        if ally and felt is not Felt.NOT_SAID:
            standing[ally, answer.conversation.survivor_id] = felt
    named = said_by_enough(pair for pair, felt in standing.items() if felt in JUDGING)
    until = clock.now() + STAYS_NAMED
    with transaction.atomic():
        JudgedOften.objects.bulk_create(
            [JudgedOften(ally_id=ally, expires_at=until) for ally in named],
            update_conflicts=True,
            unique_fields=["ally"],
            update_fields=["expires_at"],
        )
        Answer.objects.filter(pk__in=unweighed).update(is_weighed=True)
