"""What staff do at the desk: one function for each verb. What concerns accounts is in ``people.acts``."""

from uuid import UUID

from django.db import transaction

from alongside.desk.models import ReadView
from alongside.people.models import User
from alongside.practice.models import DifferentView
from alongside.records import clock


def mark_read(view_id: UUID, by: User) -> bool:
    """Note that ``by`` has read this view. Gives False when there is no such view any more."""
    with transaction.atomic():
        view = DifferentView.objects.select_for_update().filter(pk=view_id, expires_at__gt=clock.now()).first()
        if view is None:
            return False
        ReadView.objects.update_or_create(view=view, defaults={"by": by, "at": clock.now()})
        return True
