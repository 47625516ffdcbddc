"""A scenario as plain data: dictionaries, lists, strings and whole numbers, as JSON has them.

Field names are those of ``core.story``. This is what a file holds, what an attempt pins and what a StreamField is
turned into. Data is checked for its shape only; whether the story can be told is for ``core.story.problems``.
"""

import hashlib
import json
import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from alongside.core import gettext_noop as _
from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import (
    TRUST_HIGHEST,
    TRUST_LOWEST,
    Beat,
    Change,
    Condition,
    Ending,
    Problem,
    Reaction,
    Rule,
    Scenario,
)

Data = dict[str, Any]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_CODES: dict[str, tuple[StrEnum, ...]] = {
    "move": tuple(Move),
    "kind": tuple(Kind),
    "stance": tuple(Stance),
    "lacks": (*Family, *Kind, *Move),
    "change": tuple(Change),
}
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


class ScenarioDataError(ValueError):
    """Data that has not the shape of a scenario; ``problems`` lists all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{' → '.join(map(str, each.where))}: {each}" for each in problems))
        self.problems = problems


def scenario_from_data(data: object) -> Scenario:
    """Give the scenario that ``data`` holds; the inverse of ``scenario_to_data``.

    Texts are tidied: line ends become ``\\n``, spaces at the ends of lines and around the whole are dropped. A code
    may stand alone where a list of codes is asked for, and a number may be written as text. Raises
    ``ScenarioDataError`` with everything that is wrong.
    """
    try:
        return _Scenario.model_validate(data).made()
    except ValidationError as error:
        raise ScenarioDataError([_problem(each) for each in error.errors()]) from None


def scenario_to_data(scenario: Scenario) -> Data:
    """Give the scenario as plain data, always in the same order and without what is left at its default."""
    return _filled(
        source_id=scenario.source_id,
        title=scenario.title,
        person=scenario.person,
        language=scenario.language,
        content_note=scenario.content_note,
        about=scenario.about,
        opening=scenario.opening,
    ) | {
        "beats": [_beat_data(beat) for beat in scenario.beats],
        "endings": [
            _filled(key=ending.key, how=ending.how.value, says=ending.says, closing=ending.closing)
            for ending in scenario.endings
        ],
    }


def fingerprint(scenario: Scenario) -> str:
    """Give the SHA-256 of a scenario's whole content, in hex; the same for every way of writing it down."""
    written = json.dumps(scenario_to_data(scenario), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _beat_data(beat: Beat) -> Data:
    data = _filled(key=beat.key, says=beat.says, patience=beat.patience)
    data["rules"] = [{"when": _condition_data(rule.when)} | _reaction_data(rule) for rule in beat.rules]
    data["otherwise"] = _reaction_data(beat.otherwise)
    return data | ({"worn": _reaction_data(beat.worn)} if beat.worn is not None else {})


def _reaction_data(reaction: Reaction) -> Data:
    return _filled(
        thought=reaction.thought,
        then=reaction.then.value,
        trust=reaction.trust,
        says=reaction.says,
        goto=reaction.goto,
    )


def _condition_data(condition: Condition) -> Data:
    codes = {name: _in_order(name, getattr(condition, name)) for name in ("move", "kind", "stance", "lacks")}
    data = _filled(**codes)
    if condition.trust_at_least != TRUST_LOWEST:
        data["trust_at_least"] = condition.trust_at_least
    if condition.trust_at_most != TRUST_HIGHEST:
        data["trust_at_most"] = condition.trust_at_most
    return data


def _in_order(name: str, codes: frozenset[StrEnum]) -> list[str]:
    return [code.value for code in _CODES[name] if code in codes]


def _filled(**fields: object) -> Data:
    return {name: value for name, value in fields.items() if value}


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


def _code(name: str) -> BeforeValidator:
    """Read one of the codes of this name; their enumerations share no value, so the text alone tells which."""

    def read(value: object) -> StrEnum:
        for code in _CODES[name]:
            if code == value:
                return code
        codes = ", ".join(_CODES[name])
        raise PydanticCustomError("not_a_code", "not a code", {"given": str(value), "codes": codes})

    return BeforeValidator(read)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_some_text)]
Words = Annotated[str, BeforeValidator(_tidy_text)]
Key = Annotated[str, _written(_KEY, "not_a_key")]
Language = Annotated[str, _written(_LANGUAGE, "not_a_language")]
Number = Annotated[int, BeforeValidator(_number)]
ChangeCode = Annotated[Change, _code("change")]
Codes = (BeforeValidator(_listed), Field(min_length=1))


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Condition(_Shape):
    move: Annotated[list[Annotated[Move, _code("move")]], *Codes] = []
    kind: Annotated[list[Annotated[Kind, _code("kind")]], *Codes] = []
    stance: Annotated[list[Annotated[Stance, _code("stance")]], *Codes] = []
    lacks: Annotated[list[Annotated[Family | Kind | Move, _code("lacks")]], *Codes] = []
    trust_at_least: Number = TRUST_LOWEST
    trust_at_most: Number = TRUST_HIGHEST

    def made(self) -> Condition:
        return Condition(
            move=frozenset(self.move),
            kind=frozenset(self.kind),
            stance=frozenset(self.stance),
            lacks=frozenset(self.lacks),
            trust_at_least=self.trust_at_least,
            trust_at_most=self.trust_at_most,
        )


class _Reaction(_Shape):
    then: ChangeCode
    thought: Text
    trust: Number = 0
    goto: Key | None = None
    says: Words = ""

    def made(self) -> Reaction:
        return Reaction(then=self.then, thought=self.thought, trust=self.trust, goto=self.goto, says=self.says)


class _Rule(_Reaction):
    when: _Condition

    def made(self) -> Rule:
        return Rule(when=self.when.made(), **vars(super().made()))


class _Beat(_Shape):
    key: Key
    says: Text
    rules: list[_Rule]
    otherwise: _Reaction
    patience: Number = 0
    worn: _Reaction | None = None

    def made(self) -> Beat:
        return Beat(
            key=self.key,
            says=self.says,
            rules=tuple(rule.made() for rule in self.rules),
            otherwise=self.otherwise.made(),
            patience=self.patience,
            worn=self.worn.made() if self.worn else None,
        )


class _Ending(_Shape):
    key: Key
    how: ChangeCode
    closing: Text
    says: Words = ""

    def made(self) -> Ending:
        return Ending(key=self.key, how=self.how, closing=self.closing, says=self.says)


class _Scenario(_Shape):
    source_id: Key
    title: Text
    person: Text
    language: Language
    content_note: Text
    about: Text
    opening: Key
    beats: list[_Beat]
    endings: list[_Ending]

    def made(self) -> Scenario:
        texts = self.model_dump(exclude={"beats", "endings"})
        return Scenario(
            beats=tuple(beat.made() for beat in self.beats),
            endings=tuple(ending.made() for ending in self.endings),
            **texts,
        )
