"""What does this reply do? Eighteen moves, sentence by sentence, and the stance of the whole."""

from alongside.core.rating.feedback import (
    NOT_YET_REVIEWED,
    Feedback,
    Mark,
    SentenceFeedback,
    Suggestion,
    feedback_on,
    one_thing_to_try,
    what_never_came_up,
)
from alongside.core.rating.moves import LEAN_IN, PULL_BACK, Family, Kind, Move, MoveWords
from alongside.core.rating.rater import ModelOfMoves, rate, rate_with_vectors
from alongside.core.rating.rating import ModelUnavailableError, Rating, Sentence, Verdict
from alongside.core.rating.stance import Stance, stance_of

__all__ = [
    "LEAN_IN",
    "NOT_YET_REVIEWED",
    "PULL_BACK",
    "Family",
    "Feedback",
    "Kind",
    "Mark",
    "ModelOfMoves",
    "ModelUnavailableError",
    "Move",
    "MoveWords",
    "Rating",
    "Sentence",
    "SentenceFeedback",
    "Stance",
    "Suggestion",
    "Verdict",
    "feedback_on",
    "one_thing_to_try",
    "rate",
    "rate_with_vectors",
    "stance_of",
    "what_never_came_up",
]
