"""Who could walk with her? An ask and the allies give a ranked shortlist with reasons; a waiting list an assignment.

``shortlist`` and ``assign`` answer; ``why_not`` asks again about one ally, when somebody picks her.
"""

from alongside.core.matching.assigning import Waiting, assign
from alongside.core.matching.fitting import LeftOut, Reason, Reasons, why_not
from alongside.core.matching.shortlisting import Match, Shortlist, shortlist
from alongside.core.matching.wishes import HOURS_OF_A_WEEK, Ask, Candidate, Wish

__all__ = [
    "HOURS_OF_A_WEEK",
    "Ask",
    "Candidate",
    "LeftOut",
    "Match",
    "Reason",
    "Reasons",
    "Shortlist",
    "Waiting",
    "Wish",
    "assign",
    "shortlist",
    "why_not",
]
