"""What the organisation fills in about itself."""

from collections.abc import Mapping

from django.db import transaction

from alongside.people.models import Organisation, User
from alongside.people.models.organisation import THE_ONE
from alongside.records.models import Verb, append

FILLED_IN = ("name", "contact", "numbers", "minimum_age", "duties", "safeguarding_lead", "lead", "asks_for_references")


def change_organisation(by: User, changes: Mapping[str, object]) -> Organisation:
    """Keep what ``by`` filled in, and give the whole. Fields that ``changes`` does not name stay.

    Values have passed a form. Asking for references, or no longer, has its own line in the audit trail. Raises
    ``ValueError`` for a name that is not in ``FILLED_IN``.
    """
    unknown = changes.keys() - set(FILLED_IN)
    if unknown:
        raise ValueError(f"not to be filled in: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        Organisation.objects.get_or_create(pk=THE_ONE)
        row = Organisation.objects.filter(pk=THE_ONE)
        asks = changes.get("asks_for_references")
        if isinstance(asks, bool) and row.exclude(asks_for_references=asks).update(asks_for_references=asks):
            append(Verb.REFERENCES_ASKED_FOR if asks else Verb.REFERENCES_NOT_ASKED_FOR, actor=by.pk)
        row.update(**changes)
        append(Verb.ORGANISATION_CHANGED, actor=by.pk)
        return row.get()


def mark_as_demonstration() -> None:
    """Say on every page, from now on, that everybody here is made up. There is no way back."""
    Organisation.objects.update_or_create(pk=THE_ONE, defaults={"is_demonstration": True})
