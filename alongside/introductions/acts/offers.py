"""How an offer ends that nobody accepted: the same way, whoever ends it."""

from uuid import UUID

from alongside.introductions.models import Ask, Introduction
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.records.tombstones import erased_fields


def end_offer(introduction_id: UUID, how: Introduction.State) -> bool:
    """End an offer in the caller's transaction: its words are erased, and she can choose again.

    ``how``: declined, expired or withdrawn. Gives False when it was no open offer any more: of two who end or accept
    it at once, one does. Whoever changes both rows changes the introduction first, so that nobody waits for each other.
    """
    offered = Introduction.objects.filter(pk=introduction_id, state=Introduction.State.OFFERED)
    if not offered.update(state=how, decided_at=clock.now(), words=None):
        return False
    erased_fields(Introduction, introduction_id, "words")
    sweep_after_commit()
    asks = Ask.objects.filter(introductions=introduction_id, state=Ask.State.OFFERED)
    Ask.objects.filter(pk__in=asks.values("pk")).update(state=Ask.State.CHOOSING)
    return True
