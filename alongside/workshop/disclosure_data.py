"""A disclosure of the assessment as plain data."""

from enum import StrEnum
from typing import Annotated

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.shape import Data, DataError, Key, Language, Number, Shape, Text, code, shaped

PAIRS = 3
NO_PAIR = _("The pair must be from 1 to %(most)d.")


class Form(StrEnum):
    """One of the two matched forms of the assessment."""

    A = "a"
    B = "b"

    @property
    def other(self) -> "Form":
        """The form that is taken at the other sitting."""
        return Form.B if self is Form.A else Form.A


class _Disclosure(Shape):
    source_id: Key
    title: Text
    language: Language
    form: Annotated[Form, code(tuple(Form))]
    pair: Number
    person: Text
    about: Text
    says: Text


def disclosure_from_data(data: object) -> Data:
    """Give ``data`` tidied, always in the same order. Raises ``DataError`` when it is no disclosure of a form."""
    disclosure = shaped(_Disclosure, data).model_dump(mode="json")
    if not 1 <= disclosure["pair"] <= PAIRS:
        raise DataError([Problem(("pair",), NO_PAIR, {"most": PAIRS})])
    return disclosure
