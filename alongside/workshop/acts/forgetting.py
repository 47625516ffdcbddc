"""To forget the words of the assessments when their time is over. What they did stays, as moves."""

from datetime import datetime
from typing import Any

from alongside.records import erasure
from alongside.workshop.models import Sitting, SittingAnswer


@erasure.erases_expired
def forget_words(moment: datetime) -> int:
    """Blank the words that expired before ``moment``, and delete sittings that were not finished by then.

    Gives how many replies and sittings. Safe to run twice.
    """
    expired = Sitting.objects.filter(words_expire_at__lte=moment)
    unfinished = expired.filter(finished_at=None)
    number = unfinished.count()
    unfinished.delete()
    with_words = SittingAnswer.objects.filter(sitting__in=expired).exclude(reply="")
    for each in with_words:
        SittingAnswer.objects.filter(pk=each.pk).update(reply="", rating=each.rating and _moves_only(each.rating))
        number += 1
    return number


def _moves_only(rating: dict[str, Any]) -> dict[str, Any]:
    """Give a reading without the sentences, where they stood, and how likely each move was."""
    nothing = {"text": "", "start": 0, "end": 0, "probabilities": {}}
    sentences = [nothing | {key: each[key] for key in ("moves", "verdict")} for each in rating["sentences"]]
    return rating | {"sentences": sentences}
