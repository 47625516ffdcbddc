"""Drills as a learner meets them: which one comes next, and what a page shows of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from alongside.core.rating import Move
from alongside.people.models import User
from alongside.practice.drill_page import DrillShown, answered, asked
from alongside.practice.models import Drill, DrillAnswer
from alongside.records import clock


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a drill; ``last``: her latest answer, if any."""

    drill: Drill
    last: DrillAnswer | None

    @property
    def comes_back_at(self) -> datetime | None:
        """When it comes back, or came; ``None`` for one that she knows or has not met."""
        return self.last.due_at if self.last else None

    @property
    def is_known(self) -> bool:
        """Whether it was met and does not come back."""
        return self.last is not None and self.last.due_at is None

    def is_due(self, moment: datetime) -> bool:
        """Say whether it has come back by ``moment``."""
        return self.comes_back_at is not None and self.comes_back_at <= moment


def standings(learner: User, language: str | None) -> list[Standing]:
    """Give all live drills with where the learner stands: each pair of moves once, then each a second time, …."""
    last: dict[int, DrillAnswer] = {}
    for answer in DrillAnswer.objects.filter(learner=learner, expires_at__gt=clock.now()).order_by("number"):
        last[answer.drill_id] = answer
    drills: Iterable[Drill] = Drill.objects.live_in(language)
    return [Standing(drill, last.get(drill.pk)) for drill in sorted(drills, key=_turn)]


def due_now(all_of_hers: Iterable[Standing]) -> list[Standing]:
    """Give the drills that have come back, the longest waiting first."""
    now = clock.now()
    return sorted((each for each in all_of_hers if each.is_due(now)), key=lambda each: each.comes_back_at or now)


@dataclass(frozen=True)
class PairStanding:
    """How many drills there are that tell two moves apart, and how many of them the learner knows by now."""

    leans_in: Move
    pulls_back: Move
    known: int
    number: int


def by_pair(all_of_hers: Iterable[Standing]) -> list[PairStanding]:
    """Give where the learner stands with each pair of moves that drills train, in the order of the moves."""
    of_pair: dict[tuple[Move, Move], list[Standing]] = {}
    for each in all_of_hers:
        of_pair.setdefault(each.drill.pair, []).append(each)
    moves = list(Move)
    return [
        PairStanding(*pair, sum(each.is_known for each in of_pair[pair]), len(of_pair[pair]))
        for pair in sorted(of_pair, key=lambda pair: [moves.index(move) for move in pair])
    ]


def next_drill(learner: User, language: str | None) -> Drill | None:
    """Give the drill to take next: one that has come back, or else one that is new; ``None`` when there is neither."""
    hers = standings(learner, language)
    for standing in (*due_now(hers), *(standing for standing in hers if standing.last is None)):
        return standing.drill
    return None


def show(learner: User, drill: Drill, *, again: bool = False) -> DrillShown:
    """Give a drill as its page shows it: asking when it is new, has come back, or is met ``again``; else answered."""
    answers = DrillAnswer.objects.filter(learner=learner, drill=drill, expires_at__gt=clock.now())
    last = answers.order_by("-number").first()
    if last is None or again or Standing(drill, last).is_due(clock.now()):
        number = last.number + 1 if last else 1
        return asked(drill, number, leans_in_first=leans_in_first(learner, drill, number))
    return answered(drill, last)


def leans_in_first(learner: User, drill: Drill, number: int) -> bool:
    """Say in which order the replies stand: nobody can foresee it, and it stays when the page is loaded again."""
    return bool(salted_hmac("alongside.drill", f"{learner.pk}/{drill.pk}/{number}").digest()[0] & 1)


def _turn(drill: Drill) -> tuple[int, str]:
    """Give the place of a drill: near-misses of another kind in between teach more than ten of the same in a row."""
    tail = drill.source_id.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0, drill.source_id
