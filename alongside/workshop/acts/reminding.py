"""To be asked to practise again, and to want that no more."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.people import letters
from alongside.people.models import Letter, User
from alongside.records import clock
from alongside.records.ticking import at_each_tick
from alongside.workshop import reminders
from alongside.workshop.models import Reminding
from alongside.workshop.reminders import PRACTISE_AGAIN, Due


@letters.kind(PRACTISE_AGAIN, title=_("To practise again"))
def practise_again(letter: Letter) -> letters.Words | None:
    """Write a letter that tells nobody what it is about; none where she has stopped them meanwhile."""
    if reminders.wants_none(letter.user):
        return None
    lines = [
        _("Your workshop has something for you. It takes about ten minutes, whenever you like."),
        _("Such a note comes three times in all, and then no more."),
    ]
    stop = reverse("workshop:stop_reminders", args=[letters.stop_token(letter.user, PRACTISE_AGAIN)])
    return letters.Words(letters.Subject.NOTE, lines, reverse("workshop:again"), stop)


@at_each_tick
def remind(moment: datetime) -> None:
    """Post what is due. Whoever has practised lately needs no reminder: it counts as seen to. Safe to run twice."""
    for each in reminders.due(moment):
        with transaction.atomic():
            _see_to(each, moment)


def stop_reminders(learner: User) -> None:
    """Send her none any more."""
    Reminding.objects.get_or_create(learner=learner)
    Reminding.objects.filter(learner=learner, stopped_at=None).update(stopped_at=clock.now())


def allow_reminders(learner: User) -> None:
    """Send her again those that are still to come."""
    Reminding.objects.filter(learner=learner).update(stopped_at=None)


def _see_to(each: Due, moment: datetime) -> None:
    if not reminders.practised_lately(each.learner, moment):
        key = f"{PRACTISE_AGAIN} {each.months} {each.learner.pk}"
        if letters.post(each.learner, PRACTISE_AGAIN, key=key) is None:
            return  # no mail reaches her now; perhaps it does tomorrow
    Reminding.objects.get_or_create(learner=each.learner)
    Reminding.objects.filter(learner=each.learner, months__lt=each.months).update(months=each.months)
