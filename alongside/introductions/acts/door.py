"""What the desk does with the door: what is said there, how long things are kept; opening, closing, slowing it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.introductions.door import WANTED, what_is_needed
from alongside.introductions.models import THE_DOOR, Door
from alongside.people.acts import Refused
from alongside.people.acts.deciding import for_coordinators, for_the_desk
from alongside.people.models import User
from alongside.records import clock
from alongside.records.models import Verb, append

SAID = ("under_age", "answers_take", "time_zone")
"""What is said at the door."""
TERMS = ("keep_days", "keep_reports_days")
"""How long things are kept."""

_MEANWHILE = _("This has been done meanwhile, perhaps by somebody else of the desk. Here is how it stands now.")


def change_door(by: User, changes: Mapping[str, object]) -> Door:
    """Keep what ``by`` decided about the door, and give the whole. What ``changes`` does not name stays.

    Values have passed a form. New terms have their own line in the audit trail, and hold for what is kept from then
    on: nothing that is there loses its day. Raises ``Refused``, and ``ValueError`` for a name that is not in ``SAID``
    or ``TERMS``.
    """
    if unknown := changes.keys() - {*SAID, *TERMS}:
        raise ValueError(f"not to be decided: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        for_coordinators(by)
        terms = {name: changes[name] for name in TERMS if name in changes}
        if terms and _the_door().exclude(**terms).update(**terms):
            append(Verb.TERMS_CHANGED, actor=by.pk)
        said = {name: changes[name] for name in SAID if name in changes}
        if said and _the_door().exclude(**said).update(**said):
            append(Verb.DOOR_CHANGED, actor=by.pk)
        return _the_door().get()


def open_door(by: User) -> None:
    """Open the door, once all that is needed is there. If something of it goes, it closes, and opens again with it.

    Raises ``Refused``.
    """
    if any(not each.is_so for each in what_is_needed() if each.name != WANTED):
        raise Refused(_("Something is still missing, so the door stays closed. The list says what."))
    with transaction.atomic():
        for_coordinators(by)
        _change_once(_the_door().filter(is_wanted=False), by, Verb.DOOR_OPENED, is_wanted=True)


def close_door(by: User) -> None:
    """Let nobody new come in. Whoever has a code still comes to what is hers. Raises ``Refused``."""
    with transaction.atomic():
        for_coordinators(by)
        _change_once(_the_door().filter(is_wanted=True), by, Verb.DOOR_CLOSED, is_wanted=False)


def slow_door(by: User) -> None:
    """Let fewer new asks in from now on. Raises ``Refused``."""
    with transaction.atomic():
        for_the_desk(by)
        _change_once(_the_door().filter(slowed_at=None), by, Verb.DOOR_SLOWED, slowed_at=clock.now())


def slow_door_no_more(by: User) -> None:
    """Let as many new asks in as usual again. Raises ``Refused``."""
    with transaction.atomic():
        for_the_desk(by)
        _change_once(_the_door().exclude(slowed_at=None), by, Verb.DOOR_SLOWED_NO_MORE, slowed_at=None)


def _the_door() -> QuerySet[Door]:
    Door.objects.get_or_create(pk=THE_DOOR)
    return Door.objects.filter(pk=THE_DOOR)


def _change_once(door: QuerySet[Door], by: User, verb: Verb, **change: object) -> None:
    if not door.update(**change):
        raise Refused(_MEANWHILE)
    append(verb, actor=by.pk)
