"""Whether the door is open, and what is said at it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from alongside.introductions.candidates import candidates
from alongside.introductions.models import Door
from alongside.people.models import CareMember, Organisation

FEWEST_CARE_MEMBERS = 2
WANTED = "wanted"
"""Of what is needed: what the organisation says itself."""


@dataclass(frozen=True)
class UnderTheBox:
    """What stands under every box in which she writes: how long answers take, and whom to call in danger."""

    answers_take: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Needed:
    """One thing that must be so before the door opens: whether it is, and a sentence that says what to do about it."""

    name: str
    is_so: bool
    what_to_do: str


def is_open() -> bool:
    """Say whether somebody can come and ask."""
    return not what_is_missing()


def what_is_missing() -> list[str]:
    """Give what must be so before the door opens and is not, as sentences that say what to do; none when it is open."""
    return [each.what_to_do for each in what_is_needed() if not each.is_so]


def what_is_needed() -> list[Needed]:
    """Give all that must be so before the door opens; the last, ``WANTED``, is that the organisation wants it open."""
    organisation, door, care_team = Organisation.current(), Door.current(), CareMember.in_effect()
    return [
        Needed(
            "minimum age", organisation.minimum_age is not None, gettext("Say from which age on people can talk here.")
        ),
        Needed("under age", bool(door.under_age.strip()), gettext("Say who helps people under that age, today.")),
        Needed("duties", bool(organisation.duties.strip()), gettext("Say what must be passed on, and to whom.")),
        Needed(
            "numbers",
            bool(organisation.lines_of_numbers),
            gettext("Give numbers for people in danger, with their hours."),
        ),
        Needed(
            "safeguarding",
            bool(organisation.safeguarding_lead.strip()) and organisation.lead in care_team,
            gettext("Say who answers for safeguarding, and choose who of the care team is told first."),
        ),
        Needed("answers take", bool(door.answers_take.strip()), gettext("Say how long answers take.")),
        Needed(
            "care members",
            care_team.count() >= FEWEST_CARE_MEMBERS,
            gettext("Have two care members who can receive reports: each has a role, a second factor and a code."),
        ),
        Needed(
            "allies",
            bool(candidates()),
            gettext("Have one ally who is ready, has not paused, has a code, and whose words the desk has approved."),
        ),
        Needed(WANTED, door.is_wanted, gettext("Say that you want it open.")),
    ]


def under_the_box() -> UnderTheBox:
    """Give what ``talk/_under_the_box.html`` says, which stands under every box of hers, as ``under_the_box``."""
    return UnderTheBox(Door.current().answers_take, tuple(Organisation.current().lines_of_numbers))
