"""Whether an ally lets it count in matching that she has been there: hers alone to say, and boxed.

Both answers are boxes of one length, and every profile has one: which it is, and whether anybody was ever asked, can
be told by the running server alone.
"""

from uuid import UUID

from alongside.introductions.models import BEEN_THERE, Profile
from alongside.people.boxes import ClosedBoxError, box, unbox

_YES, _NO = "yes", "not"


def box_of(may_count: bool, ally_id: UUID) -> bytes:
    """Give the box of an answer, for one ally."""
    return box(BEEN_THERE, _YES if may_count else _NO, whose=ally_id)


def may_count(profile: Profile) -> bool:
    """Say whether she lets it count; where the box opens for nobody, she does not."""
    if profile.been_there is None:
        return False
    try:
        return unbox(BEEN_THERE, profile.been_there, whose=profile.ally_id) == _YES
    except ClosedBoxError:
        return False
