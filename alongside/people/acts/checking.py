"""What the desk notes of a learner on her way: that it took place, when, and who was there. Never what was said."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.deciding import for_another_of_the_desk
from alongside.people.acts.refusing import Refused
from alongside.people.models import IdentitySeen, Reference, Talk, User
from alongside.people.models.readiness import REFERENCES
from alongside.records.erasure import sweep_after_commit
from alongside.records.models import Verb, append

_NOTHING_TO_TAKE_BACK = _("There is nothing of this kind to take back any more.")


def note_talk(learner: User, by: User) -> Talk:
    """Note that ``by`` has talked with her. There can be several talks. Raises ``Refused``."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        append(Verb.TALK_NOTED, actor=by.pk, subject=learner.pk)
        return Talk.objects.create(learner=learner, by=by)


def note_identity(learner: User, by: User) -> IdentitySeen:
    """Note that ``by`` has seen who she is. Raises ``Refused``, also when it was noted before."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        seen, is_new = IdentitySeen.objects.get_or_create(learner=learner, defaults={"by": by})
        if not is_new:
            raise Refused(_("This identity was seen before: it is noted already."))
        append(Verb.IDENTITY_NOTED, actor=by.pk, subject=learner.pk)
        return seen


def note_reference(learner: User, by: User) -> Reference:
    """Note that ``by`` has heard one of the two who know her. Raises ``Refused``, also when both were heard."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        taken = set(Reference.objects.filter(learner=learner).values_list("number", flat=True))
        free = next((number for number in REFERENCES if number not in taken), None)
        if free is None:
            raise Refused(_("Both references were heard: they are noted already."))
        append(Verb.REFERENCE_NOTED, actor=by.pk, subject=learner.pk)
        return Reference.objects.create(learner=learner, number=free, by=by)


def take_back_talk(learner: User, by: User) -> None:
    """Take back the last talk that ``by`` noted by mistake. Raises ``Refused``; nobody takes back another's."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        last = Talk.objects.filter(learner=learner, by=by).last()
        _take_back(last, learner, by)


def take_back_identity(learner: User, by: User) -> None:
    """Take back that her identity was seen; anybody of the desk can. Raises ``Refused``."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        _take_back(IdentitySeen.objects.filter(learner=learner).first(), learner, by)


def take_back_reference(learner: User, by: User) -> None:
    """Take back the reference that was noted last; anybody of the desk can. Raises ``Refused``."""
    with transaction.atomic():
        for_another_of_the_desk(learner, by)
        _take_back(Reference.objects.filter(learner=learner).order_by("at", "number").last(), learner, by)


def _take_back(row: Talk | IdentitySeen | Reference | None, learner: User, by: User) -> None:
    if row is None:
        raise Refused(_NOTHING_TO_TAKE_BACK)
    row.delete()
    sweep_after_commit()
    append(Verb.NOTE_TAKEN_BACK, actor=by.pk, subject=learner.pk)
