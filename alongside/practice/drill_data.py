"""A drill as plain data: a disclosure and two replies that are nearly the same; one leans in, the other pulls back."""

from typing import Annotated

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.core.rating.moves import Family, Move
from alongside.review.shape import Data, DataError, Key, Language, Shape, Text, code, shaped

SAME_REPLY = _("The two replies are the same.")


def _of(family: Family) -> tuple[Move, ...]:
    return tuple(move for move in Move if move.family is family)


class _LeansIn(Shape):
    move: Annotated[Move, code(_of(Family.LEAN_IN))]
    reply: Text
    why: Text


class _PullsBack(Shape):
    move: Annotated[Move, code(_of(Family.PULL_BACK))]
    reply: Text
    why: Text


class _Drill(Shape):
    source_id: Key
    title: Text
    language: Language
    person: Text
    disclosure: Text
    leans_in: _LeansIn
    pulls_back: _PullsBack


def drill_from_data(data: object) -> Data:
    """Give ``data`` tidied, always in the same order. Raises ``DataError`` when it has not the shape of a drill."""
    drill = shaped(_Drill, data).model_dump(mode="json")
    if drill["leans_in"]["reply"] == drill["pulls_back"]["reply"]:
        raise DataError([Problem(("pulls_back", "reply"), SAME_REPLY)])
    return drill
