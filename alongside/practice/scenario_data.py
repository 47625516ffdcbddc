"""A scenario as plain data.

Field names are those of ``core.story``. This is what a file holds, what an attempt pins and what a StreamField is
turned into. Data is checked for its shape only; whether the story can be told is for ``core.story.problems``.
"""

from enum import StrEnum
from typing import Annotated

from alongside.core.rating.moves import Family, Kind, Move
from alongside.core.rating.stance import Stance
from alongside.core.story import (
    TRUST_HIGHEST,
    TRUST_LOWEST,
    Beat,
    Change,
    Condition,
    Ending,
    Reaction,
    Rule,
    Scenario,
)
from alongside.review.shape import Data, Key, Language, Number, OneOrMore, Shape, Text, Words, code, filled, shaped

_CODES: dict[str, tuple[StrEnum, ...]] = {
    "move": tuple(Move),
    "kind": tuple(Kind),
    "stance": tuple(Stance),
    "lacks": (*Family, *Kind, *Move),
}


def scenario_from_data(data: object) -> Scenario:
    """Give the scenario that ``data`` holds; the inverse of ``scenario_to_data``.

    Raises ``DataError`` with everything that is wrong with its shape.
    """
    return shaped(_Scenario, data).made()


def scenario_to_data(scenario: Scenario) -> Data:
    """Give the scenario as plain data, always in the same order and without what is left at its default."""
    return filled(
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
            filled(key=ending.key, how=ending.how.value, says=ending.says, closing=ending.closing)
            for ending in scenario.endings
        ],
    }


def _beat_data(beat: Beat) -> Data:
    data = filled(key=beat.key, says=beat.says, patience=beat.patience)
    data["rules"] = [{"when": _condition_data(rule.when)} | _reaction_data(rule) for rule in beat.rules]
    data["otherwise"] = _reaction_data(beat.otherwise)
    return data | ({"worn": _reaction_data(beat.worn)} if beat.worn is not None else {})


def _reaction_data(reaction: Reaction) -> Data:
    return filled(
        thought=reaction.thought,
        then=reaction.then.value,
        trust=reaction.trust,
        says=reaction.says,
        goto=reaction.goto,
    )


def _condition_data(condition: Condition) -> Data:
    codes = {name: _in_order(name, getattr(condition, name)) for name in ("move", "kind", "stance", "lacks")}
    data = filled(**codes)
    if condition.trust_at_least != TRUST_LOWEST:
        data["trust_at_least"] = condition.trust_at_least
    if condition.trust_at_most != TRUST_HIGHEST:
        data["trust_at_most"] = condition.trust_at_most
    return data


def _in_order(name: str, codes: frozenset[StrEnum]) -> list[str]:
    return [code.value for code in _CODES[name] if code in codes]


ChangeCode = Annotated[Change, code(tuple(Change))]


class _Condition(Shape):
    move: Annotated[list[Annotated[Move, code(_CODES["move"])]], *OneOrMore] = []
    kind: Annotated[list[Annotated[Kind, code(_CODES["kind"])]], *OneOrMore] = []
    stance: Annotated[list[Annotated[Stance, code(_CODES["stance"])]], *OneOrMore] = []
    lacks: Annotated[list[Annotated[Family | Kind | Move, code(_CODES["lacks"])]], *OneOrMore] = []
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


class _Reaction(Shape):
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


class _Beat(Shape):
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


class _Ending(Shape):
    key: Key
    how: ChangeCode
    closing: Text
    says: Words = ""

    def made(self) -> Ending:
        return Ending(key=self.key, how=self.how, closing=self.closing, says=self.says)


class _Scenario(Shape):
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
