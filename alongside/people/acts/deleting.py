"""A survivor deletes everything, alone and for good; or it goes by itself when her code is no longer used."""

from datetime import datetime

from alongside.people.models import Survivor
from alongside.records.erasure import erase_while_others_write, erases_expired


def delete_everything(survivor: Survivor) -> None:
    """Delete her, her code, and everything of hers in every room, and sweep the traces. What reports keep stays."""
    erase_while_others_write(Survivor.objects.filter(pk=survivor.pk).delete)


@erases_expired
def erase_unused_codes(moment: datetime) -> int:
    """Delete what belongs to codes that were not used for ``UNUSED_CODES_ARE_KEPT``."""
    return Survivor.objects.filter(expires_at__lte=moment).delete()[0]
