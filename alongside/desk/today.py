"""What the desk's first page says first: what waits for whom, and how many are where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from alongside.desk import at_the_door, first_day, watching
from alongside.desk.learners import Stage, Waits, number_waiting, numbers
from alongside.desk.reports import unsettled
from alongside.introductions.models import Presentation
from alongside.people import letters
from alongside.people.access import is_care_member
from alongside.people.models import LostCode, User
from alongside.people.readiness import supervisions_due
from alongside.records import clock
from alongside.review.waiting import waiting


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, as a sentence with its number, and where it is seen to."""

    sentence: str
    url: str


@dataclass(frozen=True)
class At:
    """A stage, how many are there (0 or more), and where they are listed."""

    stage: Stage
    number: int
    url: str


def list_of(**asked: str) -> str:
    """Give the address of the list of learners, narrowed."""
    return f"{reverse('desk:learners')}?{urlencode(asked)}"


def stages() -> list[At]:
    """Give how many are at each stage, in the order of the way."""
    return [At(stage, number, list_of(stage=stage)) for stage, number in numbers().items()]


def for_everybody(at: list[At]) -> list[Waiting]:
    """Give what waits for anybody of the desk, the nearest first; nothing that has the number 0."""
    return [*_of_learners({each.stage: each.number for each in at}), *_of_introductions(), *_of_codes()]


def for_care_members(user: User) -> list[Waiting]:
    """Give what waits for ``user`` as a care member: reports that nobody has settled; nothing for who is none."""
    if not is_care_member(user):
        return []
    number = unsettled(user)
    found = ((number["urgent"], _cannot_wait), (number["all"] - number["urgent"], _is_told))
    return [Waiting(sentence(each), reverse("desk:reports")) for each, sentence in found if each]


def for_coordinators() -> list[Waiting]:
    """Give what waits for coordinators alone; nothing that has the number 0."""
    return list(_of_the_house())


def _of_learners(at: dict[Stage, int]) -> Iterator[Waiting]:
    for stage, sentence in _AT_A_STAGE.items():
        if at[stage]:
            yield Waiting(sentence(at[stage]), list_of(stage=stage))
    overdue = supervisions_due(clock.now()).count()
    for waits, sentence in _WAITING.items():
        if number := number_waiting(waits):
            late = f" {_overdue(overdue)}" if overdue and waits is Waits.SUPERVISION else ""
            yield Waiting(sentence(number) + late, list_of(waits=waits))


def _of_introductions() -> Iterator[Waiting]:
    if number := Presentation.objects.waiting().count():
        words = ngettext(
            "%(number)d ally waits for somebody to read how they present themselves.",
            "%(number)d allies wait for somebody to read how they present themselves.",
            number,
        )
        yield Waiting(words % {"number": number}, reverse("desk:presentations"))
    here = reverse("desk:introductions")
    if at_the_door.rises():
        yield Waiting(gettext("Unusually many try to come in, or try codes."), f"{here}#door")
    for number, sentence, place in (
        (sum(each.is_overdue for each in watching.offers()), _runs_out, "#waits"),
        (watching.looking().waiting, _looks, "#looking"),
        (len(watching.quiet_talks()), _is_quiet, "#quiet"),
    ):
        if number:
            yield Waiting(sentence(number), here + place)


def _of_codes() -> Iterator[Waiting]:
    if number := LostCode.objects.filter(expires_at__gt=clock.now(), user__is_active=True).count():
        words = ngettext(
            "%(number)d person has lost their code, and two of you speak with them.",
            "%(number)d people have lost their codes, and two of you speak with each.",
            number,
        )
        yield Waiting(words % {"number": number}, reverse("desk:lost_codes"))


def _of_the_house() -> Iterator[Waiting]:
    door = at_the_door.look()
    if door.door.is_wanted and not door.is_open:
        yield Waiting(gettext("You opened the door, and it is closed: something is missing."), reverse("desk:door"))
    if number := letters.failed().count():
        words = ngettext("%(number)d letter did not arrive.", "%(number)d letters did not arrive.", number)
        yield Waiting(words % {"number": number}, reverse("desk:mail"))
    if number := len(waiting()):
        words = ngettext(
            "%(number)d text waits for the review of a survivor leader.",
            "%(number)d texts wait for the review of a survivor leader.",
            number,
        )
        yield Waiting(words % {"number": number}, reverse("wagtailadmin_home"))
    if number := sum(not step.is_done for step in first_day.steps()):
        words = ngettext(
            "%(number)d thing is still to be set up before a group begins.",
            "%(number)d things are still to be set up before a group begins.",
            number,
        )
        yield Waiting(words % {"number": number}, reverse("desk:settings"))


def _for_a_talk(number: int) -> str:
    words = ngettext("%(number)d learner waits for a talk.", "%(number)d learners wait for a talk.", number)
    return words % {"number": number}


def _for_a_decision(number: int) -> str:
    words = ngettext(
        "%(number)d learner has done all that is asked, and waits for two of you to decide.",
        "%(number)d learners have done all that is asked, and wait for two of you to decide.",
        number,
    )
    return words % {"number": number}


def _for_a_supervision(number: int) -> str:
    words = ngettext(
        "%(number)d ally has a supervision due within a week.",
        "%(number)d allies have a supervision due within a week.",
        number,
    )
    return words % {"number": number}


def _overdue(number: int) -> str:
    words = ngettext("%(number)d supervision is overdue.", "%(number)d supervisions are overdue.", number)
    return words % {"number": number}


def _to_sign(number: int) -> str:
    words = ngettext(
        "%(number)d ally has not signed the newest agreement.",
        "%(number)d allies have not signed the newest agreement.",
        number,
    )
    return words % {"number": number}


def _cannot_wait(number: int) -> str:
    words = ngettext("%(number)d report cannot wait.", "%(number)d reports cannot wait.", number)
    return words % {"number": number}


def _is_told(number: int) -> str:
    words = ngettext("%(number)d report waits for you.", "%(number)d reports wait for you.", number)
    return words % {"number": number}


def _runs_out(number: int) -> str:
    words = ngettext("%(number)d offer runs out within 12 hours.", "%(number)d offers run out within 12 hours.", number)
    return words % {"number": number}


def _looks(number: int) -> str:
    words = ngettext(
        "%(number)d person looks for somebody, and nobody fits.",
        "%(number)d people look for somebody, and nobody fits.",
        number,
    )
    return words % {"number": number}


def _is_quiet(number: int) -> str:
    words = ngettext(
        "%(number)d conversation has been quiet for 14 days.",
        "%(number)d conversations have been quiet for 14 days.",
        number,
    )
    return words % {"number": number}


def _stalled(number: int) -> str:
    words = ngettext(
        "%(number)d learner began, and has done nothing for 14 days.",
        "%(number)d learners began, and have done nothing for 14 days.",
        number,
    )
    return words % {"number": number}


_AT_A_STAGE: dict[Stage, Callable[[int], str]] = {Stage.TALK: _for_a_talk, Stage.DECISION: _for_a_decision}
_WAITING: dict[Waits, Callable[[int], str]] = {
    Waits.SUPERVISION: _for_a_supervision,
    Waits.AGREEMENT: _to_sign,
    Waits.STALLED: _stalled,
}
