"""The first day of a coordinator: what must be filled in or set up before a group begins."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.introductions.door import is_open
from alongside.people import letters
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, AgreementText, Letter, Organisation, User
from alongside.people.readiness import of_the_desk

_TEST = "test"


@dataclass(frozen=True)
class Step:
    """One line of the check-list. ``what_to_do`` is a sentence for as long as it is not done; ``url``: where."""

    title: str | Promise
    is_done: bool
    what_to_do: str | Promise
    url: str = ""


Asks = Callable[[], Step]
_asks: list[Asks] = []


def asks_on_the_first_day(asks: Asks) -> Asks:
    """Register a step of which only a room above knows, such as the backup."""
    _asks.append(asks)
    return asks


def steps() -> list[Step]:
    """Give the whole check-list, done or not."""
    return [*_of_the_organisation(), *_of_people(), *(asks() for asks in _asks)]


def the_door() -> Step:
    """Give the line of what comes later, if at all: the door for people who come to talk."""
    what_to_do = _("It is closed. Its page says what is missing: a care team, an ally, what is said there.")
    return Step(_("The door for people who would like to talk"), is_open(), what_to_do, reverse("desk:door"))


def _of_the_organisation() -> list[Step]:
    organisation = Organisation.current()
    return [
        Step(
            _("Your name and how learners reach you"),
            bool(organisation.name and organisation.contact),
            _("Both stand on pages and letters."),
            "#id_name",
        ),
        Step(
            _("Helplines and their hours"),
            bool(organisation.lines_of_numbers),
            _("Lessons show them. Write down only numbers that you have called yourself."),
            "#id_numbers",
        ),
        Step(
            _("Minimum age, duties and who answers for safeguarding"),
            bool(organisation.minimum_age and organisation.duties and organisation.safeguarding_lead),
            _("What must be passed on where you are, and to whom: ask somebody who knows the law there."),
            "#id_minimum_age",
        ),
        Step(
            _("The agreement that allies sign"),
            AgreementText.newest() is not None,
            _("A first text is there. Make it yours, then publish it."),
            reverse("desk:agreement"),
        ),
        Step(
            _("Mail"),
            settings.MAIL_WORKS,
            _(
                "Whoever runs the server sets ALONGSIDE_MAIL and ALONGSIDE_MAIL_FROM. Without mail there are no "
                "reminders."
            ),
        ),
    ]


def _of_people() -> list[Step]:
    here = of_the_desk()
    team = reverse("desk:team")
    return [
        Step(
            _("A second coordinator, so that you can be ill"),
            here.filter(groups__name=COORDINATOR).count() > 1,
            _("Invite one. A role takes effect with a second factor."),
            team,
        ),
        Step(
            _("Two survivor leaders who review what the workshop teaches"),
            here.filter(groups__name=SURVIVOR_LEADER).count() > 1,
            _("Two, because nobody reviews what they wrote themselves. Until they have, pages say “not yet reviewed”."),
            team,
        ),
    ]


@letters.kind(_TEST, title=gettext_lazy("A test"))
def _test_letter(letter: Letter) -> letters.Words:
    return letters.Words(
        letters.Subject.NOTE,
        [_("This is a test, asked for at the desk. Mail works.")],
        reverse("desk:settings"),
    )


def post_test_letter(to: User) -> bool:
    """Post a letter to ``to`` that says that mail works.

    Gives False when there is no mail server, or when she has not confirmed her address.
    """
    return letters.post(to, _TEST) is not None
