"""What happened in the demonstration's organisation, day by day, in the five months before today."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from alongside.config.demo import cast, deciding, learning, talking, talking_words
from alongside.config.demo.cast import CARLA, COORDINATORS, OWEN, SOL, SURVIVOR_LEADERS, TAMAR, Person
from alongside.config.demo.timeline import Timeline
from alongside.core.rating import Move
from alongside.people import acts as people
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.records import clock
from alongside.records.ticking import do_what_is_due
from alongside.workshop.models import Occasion

BEGAN = 152
SECOND_AGREEMENT = 12
LESSONS = 10

# Who went all the way: how many days ago each began, and how many days it took.
ALL_THE_WAY: dict[Person, tuple[int, int]] = {
    cast.JUNO: (148, 16),
    cast.BELA: (122, 18),
    cast.FERGUS: (112, 21),
    cast.ODILE: (101, 15),
    cast.NOEMI: (84, 22),
    cast.RAVI: (63, 17),
    cast.SUNNIVA: (74, 25),
    cast.IMANI: (52, 14),
    cast.LEIF: (47, 19),
    cast.TOMASZ: (44, 16),
    cast.PILAR: (39, 18),
    cast.KAISA: (30, 24),
}
# Who became an ally, and how many days ago.
READY = {cast.JUNO: 118, cast.BELA: 92, cast.FERGUS: 75, cast.ODILE: 66, cast.NOEMI: 45, cast.RAVI: 25}


def tell(timeline: Timeline, send_letters: Callable[[], None]) -> None:
    """Lay out all that happened. ``send_letters`` is called after each tick, as the task worker would."""
    _the_house(timeline)
    for person, (began, lasted) in ALL_THE_WAY.items():
        _goes_all_the_way(timeline, person, began, lasted)
    for person, ready in READY.items():
        _becomes_an_ally(timeline, person, ready)
    _on_the_way(timeline)
    _in_the_lessons(timeline)
    _allies(timeline)
    _what_survivor_leaders_do(timeline)
    _the_door(timeline)
    _those_who_came(timeline)
    for days_ago in (*range(BEGAN - 7, 1, -7), 1):
        timeline.on(days_ago, 23, partial(_tick, send_letters))


def _tick(send_letters: Callable[[], None]) -> None:
    do_what_is_due(clock.now())
    send_letters()


def _the_house(timeline: Timeline) -> None:
    timeline.on(BEGAN, 9, partial(deciding.come_first, CARLA), partial(deciding.fill_in_the_organisation, CARLA))
    timeline.on(BEGAN, 10, partial(deciding.invite, OWEN, COORDINATOR, CARLA))
    timeline.on(BEGAN, 11, *(partial(deciding.invite, each, SURVIVOR_LEADER, CARLA) for each in SURVIVOR_LEADERS))
    timeline.on(BEGAN - 1, 10, partial(deciding.publish_agreement, CARLA))
    timeline.on(SECOND_AGREEMENT, 10, partial(deciding.publish_agreement, OWEN))
    timeline.on(4, 11, partial(deciding.leave_an_invitation_open, CARLA))


def _goes_all_the_way(timeline: Timeline, person: Person, began: int, lasted: int) -> None:
    hour = 17 + person.habit + len(person.name) % 3 / 2
    timeline.on(began, hour, partial(learning.sign_up, person), partial(learning.sit, person, Occasion.FIRST))
    for number in range(1, LESSONS + 1):
        day = began - round((lasted - 1) * number / LESSONS)
        timeline.on(day, hour + number / 4, partial(learning.take_lesson, person, number))
    end = began - lasted
    timeline.on(end, hour, partial(learning.sit, person, Occasion.LAST), partial(learning.fetch_certificate, person))


def _becomes_an_ally(timeline: Timeline, person: Person, ready: int) -> None:
    first, second = _two_of_the_desk(person)
    timeline.on(ready + 6, 18, partial(learning.prepare, person))
    timeline.on(ready + 5, 11, partial(deciding.check, person, OWEN))
    timeline.on(ready + 3, 14, partial(deciding.talk, person, first), partial(deciding.declare_ready, person, first))
    timeline.on(ready, 10, partial(deciding.declare_ready, person, second))


def _two_of_the_desk(person: Person) -> tuple[Person, Person]:
    pairs = list(pairwise((*COORDINATORS, *SURVIVOR_LEADERS, CARLA)))
    return pairs[len(person.name) % len(pairs)]


def _on_the_way(timeline: Timeline) -> None:
    """What those did who went all the way and are no allies, or not yet."""
    for person in (cast.TOMASZ, cast.PILAR, cast.IMANI):
        timeline.on(11, 19, partial(learning.prepare, person))
        timeline.on(10, 11, partial(deciding.check, person, CARLA))
    timeline.on(8, 15, partial(deciding.talk, cast.TOMASZ, SOL), partial(deciding.declare_ready, cast.TOMASZ, SOL))
    timeline.on(6, 15, partial(deciding.talk, cast.PILAR, CARLA))
    timeline.on(7, 16, partial(deciding.talk, cast.IMANI, TAMAR))
    timeline.on(5, 10, partial(deciding.declare_not_yet, cast.IMANI, TAMAR))
    timeline.on(9, 18, partial(learning.sign_agreement, cast.LEIF), partial(learning.show_a_practice, cast.LEIF))
    timeline.on(8, 11, partial(deciding.check, cast.LEIF, OWEN, references=1))
    timeline.on(3, 16, partial(deciding.talk, cast.LEIF, OWEN))


def _in_the_lessons(timeline: Timeline) -> None:
    timeline.on(1, 20, partial(learning.sign_up, cast.MINA))

    timeline.on(2, 18, partial(learning.sign_up, cast.OSKAR))
    timeline.on(1, 19, partial(learning.sit, cast.OSKAR, Occasion.FIRST, answers=2))

    timeline.on(41, 18, partial(learning.sign_up, cast.RUFUS))
    timeline.on(40, 21, partial(learning.sit, cast.RUFUS, Occasion.FIRST, answers=1))

    _learns(timeline, cast.GWEN, 28, lessons=2, in_days=3)
    _learns(timeline, cast.YUSRA, 9, lessons=3, in_days=7)
    _learns(timeline, cast.ALMA, 19, lessons=6, in_days=16)
    _learns(timeline, cast.DESMOND, 26, lessons=LESSONS, in_days=25)

    _learns(timeline, cast.VIOLA, 34, lessons=1, in_days=2)
    timeline.on(20, 12, partial(learning.leave, cast.VIOLA))


def _learns(timeline: Timeline, person: Person, began: int, *, lessons: int, in_days: int) -> None:
    timeline.on(began, 18, partial(learning.sign_up, person), partial(learning.sit, person, Occasion.FIRST))
    for number in range(1, lessons + 1):
        day = began - round(in_days * number / lessons)
        timeline.on(day, 18 + number / 3, partial(learning.take_lesson, person, number))


def _allies(timeline: Timeline) -> None:
    for person, ready in READY.items():
        for week in (1, 4, 8):
            day = ready - 7 * week
            if day > 0 and (person, week) != (cast.NOEMI, 4):
                timeline.on(day, 15, partial(deciding.supervise, person, week, _two_of_the_desk(person)[1]))
    for person in (cast.RAVI, cast.NOEMI, cast.BELA, cast.ODILE):
        timeline.on(SECOND_AGREEMENT - 2, 20, partial(learning.sign_agreement, person))
    timeline.on(9, 9, lambda: people.pause(learning.account_of(cast.BELA)))
    timeline.on(6, 17, partial(deciding.suspend, cast.FERGUS, OWEN))
    timeline.on(3, 12, lambda: people.remove_second_factor(cast.ODILE.email))


def _what_survivor_leaders_do(timeline: Timeline) -> None:
    timeline.on(90, 22, partial(learning.see_differently, cast.ODILE))
    timeline.on(87, 14, partial(deciding.decide_about_a_view, SOL, Move.FIX))
    timeline.on(70, 22, partial(learning.see_differently, cast.NOEMI))
    timeline.on(66, 14, partial(deciding.leave_a_reading, TAMAR))
    timeline.on(5, 22, partial(learning.see_differently, cast.ALMA))
    timeline.on(2, 22, partial(learning.see_differently, cast.YUSRA))
    timeline.on(48, 14, partial(deciding.decide_from_scratch, TAMAR, 0, Move.WARMTH))
    timeline.on(47, 16, partial(deciding.disagree, SOL, Move.AFFIRM))
    timeline.on(36, 14, partial(deciding.decide_from_scratch, SOL, 1, Move.AFFIRM))
    timeline.on(30, 11, partial(deciding.withdraw_a_decision, SOL))

    timeline.on(70, 15, partial(deciding.approve, SOL, 1, 2, 3))
    timeline.on(22, 15, partial(deciding.withdraw_an_approval, TAMAR, 3))
    timeline.on(2, 16, partial(deciding.hand_in, OWEN, 4))

    for number, day in enumerate(range(74, 2, -6)):
        timeline.on(day, 9, partial(deciding.log_hours, SURVIVOR_LEADERS[number % 2], number))
    timeline.on(1, 10, partial(deciding.pay_what_is_past, CARLA))


def _the_door(timeline: Timeline) -> None:
    """How the door came to be open: a care team, three allies who present themselves, what is said there."""
    for person, by in ((CARLA, OWEN), (SOL, CARLA)):
        timeline.on(24, 10, partial(talking.name_care_member, person, by), partial(talking.make_own_code, person))
    for person, by in ((cast.JUNO, OWEN), (cast.NOEMI, TAMAR), (cast.RAVI, CARLA)):
        timeline.on(22, 19, partial(talking.present_oneself, person), partial(talking.make_own_code, person))
        timeline.on(21, 11, partial(talking.approve_presentation, person, by))
    timeline.on(20, 10, partial(talking.open_door, CARLA))


def _those_who_came(timeline: Timeline) -> None:
    """Fern found Ravi, and they talk; Plum has asked Noemi; for Sage there is nobody yet."""
    timeline.on(13, 16, partial(talking.ask, cast.FERN, cast.RAVI))
    timeline.on(12, 18, partial(talking.begin, cast.RAVI))
    for days_ago, who, words in talking_words.FERN_AND_RAVI:
        by = cast.RAVI if who == cast.RAVI.name else cast.FERN
        timeline.on(days_ago, 19 if by is cast.RAVI else 15, partial(talking.write, by, words))
    timeline.on(3, 21, partial(talking.write_to_care, cast.FERN))
    timeline.on(2, 12, partial(talking.wait, cast.SAGE))
    timeline.on(1, 21, partial(talking.ask, cast.PLUM, cast.NOEMI))
