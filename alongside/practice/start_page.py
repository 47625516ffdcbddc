"""What the page says from which practice starts: what waits, who can be talked with, and the learner's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.people.models import User
from alongside.practice.drills import due_now, standings
from alongside.practice.models import Attempt, Scenario

NEWEST = 4
"""So many of her conversations stand open on the page; the earlier ones are folded away."""


@dataclass(frozen=True)
class Person:
    """Somebody to talk with. ``waiting``: the newest conversation that can go on; ``last``: the newest with a reply."""

    scenario: Scenario
    waiting: Attempt | None
    last: Attempt | None


@dataclass(frozen=True)
class Start:
    """All that the page shows. ``due``, ``new``: how many drills came back, and were never met. Attempts: newest first.

    ``waits``: of all that can go on, the newest.
    """

    due: int
    new: int
    waits: Attempt | None
    people: tuple[Person, ...]
    newest: Sequence[Attempt]
    earlier: Sequence[Attempt]


def start_of(learner: User, language: str | None) -> Start:
    """Give the start of practice for a learner, in a language such as ``en``."""
    attempts = list(Attempt.objects.of(learner))
    hers = standings(learner, language)
    people = tuple(_person(scenario, attempts) for scenario in Scenario.objects.live_in(language))
    return Start(
        due=len(due_now(hers)),
        new=sum(each.last is None for each in hers),
        waits=next(filter(_can_go_on, attempts), None),
        people=people,
        newest=attempts[:NEWEST],
        earlier=attempts[NEWEST:],
    )


def _person(scenario: Scenario, attempts: Sequence[Attempt]) -> Person:
    with_them = [attempt for attempt in attempts if attempt.scenario_id == scenario.pk]
    return Person(
        scenario,
        waiting=next(filter(_can_go_on, with_them), None),
        last=next((attempt for attempt in with_them if attempt.length), None),
    )


def _can_go_on(attempt: Attempt) -> bool:
    """Say whether it was begun in earnest, and waits."""
    return attempt.ended_at is None and attempt.stopped_at is None and attempt.length > 0
