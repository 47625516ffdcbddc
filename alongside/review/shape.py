"""Plain data and its shape: what a file holds and a StreamField is turned into, checked with all that is wrong at once.

Data is dictionaries, lists, strings and whole numbers, as JSON has them. A kind of content declares a ``Shape``, a
pydantic model made of the types here; ``shaped`` reads data as one.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem

Data = dict[str, Any]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_SENTENCES = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is nothing of this name."),
    "model_type": _("This must hold names with values."),
    "list_type": _("This must be a list."),
    "too_short": _("This must not be empty."),
    "not_text": _("This must be text."),
    "no_text": _("This must not be empty."),
    "unprintable": _("This has a character that cannot be shown: %(character)s."),
    "not_a_key": _("“%(given)s” is not a key: small letters a to z and digits, in words joined by hyphens."),
    "not_a_language": _("“%(given)s” is not a language tag such as en or pt-BR."),
    "not_a_number": _("“%(given)s” is not a whole number."),
    "not_a_code": _("“%(given)s” is not one of: %(codes)s."),
}
_ELSE = _("This cannot be read: %(reason)s")


class DataError(ValueError):
    """Data that has not the shape that is asked for; ``problems`` lists all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{' → '.join(map(str, each.where))}: {each}" for each in problems))
        self.problems = problems


class Shape(BaseModel):
    """What data must look like: these fields, and no others."""

    model_config = ConfigDict(strict=True, extra="forbid")


S = TypeVar("S", bound=Shape)


def shaped(shape: type[S], data: object) -> S:
    """Read ``data`` as ``shape``. Raises ``DataError`` with everything that is wrong.

    Texts are tidied: line ends become ``\\n``, spaces at the ends of lines and around the whole are dropped. A code
    may stand alone where a list of codes is asked for, and a number may be written as text.
    """
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise DataError([_problem(each) for each in error.errors()]) from None


def filled(**fields: object) -> Data:
    """Give the fields that are not empty; what is left out takes its default."""
    return {name: value for name, value in fields.items() if value}


def code(codes: Sequence[StrEnum]) -> BeforeValidator:
    """Read one of ``codes``; where they come from several enumerations, these share no value."""

    def read(value: object) -> StrEnum:
        for each in codes:
            if each == value:
                return each
        raise PydanticCustomError("not_a_code", "not a code", {"given": str(value), "codes": ", ".join(codes)})

    return BeforeValidator(read)


def _problem(error: ErrorDetails) -> Problem:
    if error["type"] not in _SENTENCES:
        return Problem(error["loc"], _ELSE, {"reason": error["msg"]})
    return Problem(error["loc"], _SENTENCES[error["type"]], error.get("ctx", {}))


def _tidy_text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("not_text", "not text")
    text = "\n".join(line.rstrip() for line in value.splitlines()).strip()
    for character in text:
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cs"):
            raise PydanticCustomError("unprintable", "unprintable", {"character": f"U+{ord(character):04X}"})
    return text


def _some_text(value: object) -> str:
    text = _tidy_text(value)
    if not text:
        raise PydanticCustomError("no_text", "no text")
    return text


def _written(pattern: re.Pattern[str], error: str) -> BeforeValidator:
    def read(value: object) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        raise PydanticCustomError(error, error, {"given": str(value)})

    return BeforeValidator(read)


def _number(value: object) -> int:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("not_a_number", "not a number", {"given": str(value)})


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_some_text)]
Words = Annotated[str, BeforeValidator(_tidy_text)]
Key = Annotated[str, _written(_KEY, "not_a_key")]
Language = Annotated[str, _written(_LANGUAGE, "not_a_language")]
Number = Annotated[int, BeforeValidator(_number)]
OneOrMore = (BeforeValidator(_listed), Field(min_length=1))
