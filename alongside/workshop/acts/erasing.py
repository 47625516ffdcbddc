"""To erase what has expired."""

from datetime import datetime

from alongside.records import erasure
from alongside.workshop.models import Reflection


@erasure.erases_expired
def erase_expired(moment: datetime) -> int:
    """Delete the reflections that expired before ``moment``, and say how many. Safe to run twice."""
    reflections = Reflection.objects.filter(expires_at__lte=moment)
    number = reflections.count()
    reflections.delete()
    return number
