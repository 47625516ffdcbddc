"""What every kind of content has in common, and what survivor leaders decided about it."""

from alongside.review.models.approval import Approval
from alongside.review.models.content import Content
from alongside.review.models.correction import Correction, Disagreement
from alongside.review.models.reviewed import NotReviewedError, Reviewed
from alongside.review.models.survivor_review import SurvivorReview

__all__ = [
    "Approval",
    "Content",
    "Correction",
    "Disagreement",
    "NotReviewedError",
    "Reviewed",
    "SurvivorReview",
]
