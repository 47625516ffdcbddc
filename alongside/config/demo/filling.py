"""To fill an empty house with the demonstration."""

from django.db import transaction

from alongside.config.demo import mail
from alongside.config.demo.story import tell
from alongside.config.demo.timeline import Timeline
from alongside.people.acts import mark_as_demonstration
from alongside.people.models import Organisation, User
from alongside.records import clock
from alongside.records.models import Entry
from alongside.workshop.models import Lesson


def _all_or_nothing() -> transaction.Atomic:
    """Give one transaction around everything, acts among it that refuse others around them.

    Those would keep others waiting meanwhile, or forget what must not be forgotten when something fails; nobody waits
    here, and all is to be forgotten. Django knows this kind of transaction from tests.
    """
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block


class NotFilledError(Exception):
    """The demonstration was not put here; the message is a sentence that says why, and what to do."""


def fill() -> None:
    """Fill the house, all or nothing. Content that ships is there already. Raises ``NotFilledError``.

    The same people do the same each time; chance has its usual part in which form of the assessment comes first.
    """
    if User.objects.exists() or Organisation.objects.exists() or Entry.objects.exists():
        raise NotFilledError(
            "There are people in this data already, and the demonstration goes into an empty house only. Set "
            "ALONGSIDE_DATA to a folder that is empty or not there yet, or run “make demo”, which has its own."
        )
    if not Lesson.objects.filter(live=True).exists():
        raise NotFilledError("There are no lessons to learn from. What was written above says why; mend that first.")
    with _all_or_nothing(), mail.to_nowhere():
        mark_as_demonstration()
        timeline = Timeline(clock.now())
        tell(timeline, mail.send_letters)
        timeline.happen()
