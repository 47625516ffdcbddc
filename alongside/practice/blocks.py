"""How a scenario is written in the editor: the blocks of its beats and endings, and the way to plain data and back.

The field names are those of ``scenario_data``, so that what staff write here and what a file holds become the same
``core.story.Scenario``.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from alongside.core.rating import Family, Kind, Move, Stance
from alongside.core.story import PATIENCE_HIGHEST, TRUST_HIGHEST, TRUST_LOWEST, Change
from alongside.review.shape import Data

Choices = list[tuple[str, str]]

_STABLE = uuid.UUID("5f0f8d0c-4f0b-4c52-9a3e-0d9f4e7a6f11")


# Choices are functions, so that a new wording of a move is no new migration.


def changes() -> Choices:
    """Give what she can do on hearing a reply."""
    return [(change.value, change.value) for change in Change]


def moves() -> Choices:
    """Give the eighteen moves, each with its code and its words."""
    return [(move.value, f"{move.value}: {gettext(move.words.name)}") for move in Move]


def moves_that_lean_in() -> Choices:
    """Give the eight moves that lean in."""
    return [choice for choice in moves() if Move(choice[0]).family is Family.LEAN_IN]


def moves_that_pull_back() -> Choices:
    """Give the ten moves that pull back."""
    return [choice for choice in moves() if Move(choice[0]).family is Family.PULL_BACK]


def kinds() -> Choices:
    """Give the kinds of pulling back."""
    return [(kind.value, kind.value) for kind in Kind]


def stances() -> Choices:
    """Give the stances of a reply."""
    return [(stance.value, stance.value) for stance in Stance]


def families_kinds_moves() -> Choices:
    """Give everything that a rule may ask to be lacking."""
    return [(family.value, family.value) for family in Family] + kinds() + moves()


class ConditionBlock(blocks.StructBlock):  # type: ignore[misc]
    """Which replies a rule takes."""

    move = blocks.MultipleChoiceBlock(choices=moves, required=False, help_text=_("It has at least one of these."))
    kind = blocks.MultipleChoiceBlock(choices=kinds, required=False)
    stance = blocks.MultipleChoiceBlock(choices=stances, required=False)
    lacks = blocks.MultipleChoiceBlock(
        choices=families_kinds_moves, required=False, help_text=_("It has none of these.")
    )
    trust_at_least = blocks.IntegerBlock(required=False, min_value=TRUST_LOWEST, max_value=TRUST_HIGHEST)
    trust_at_most = blocks.IntegerBlock(required=False, min_value=TRUST_LOWEST, max_value=TRUST_HIGHEST)

    class Meta:
        icon = "help"
        help_text = _("All that is given must hold; what is left empty asks nothing.")


class ReactionBlock(blocks.StructBlock):  # type: ignore[misc]
    """What a reply does to the person, and where the conversation goes."""

    thought = blocks.TextBlock(rows=2, help_text=_("The unspoken thought: how the reply landed."))
    then = blocks.ChoiceBlock(choices=changes)
    trust = blocks.IntegerBlock(
        required=False, min_value=-TRUST_HIGHEST, max_value=TRUST_HIGHEST, help_text=_("How much trust changes.")
    )
    says = blocks.TextBlock(rows=2, required=False, help_text=_("What is said to the reply; each line is a message."))
    goto = blocks.CharBlock(
        required=False, help_text=_("The key of the next beat or of an ending. Empty: the conversation stays here.")
    )

    class Meta:
        icon = "comment"


class RuleBlock(ReactionBlock):
    """A reaction to some replies."""

    when = ConditionBlock()

    class Meta:
        icon = "list-ol"


class BeatBlock(blocks.StructBlock):  # type: ignore[misc]
    """One step of the conversation."""

    key = blocks.CharBlock(help_text=_("Small letters, digits and hyphens. Rules lead here by this key."))
    says = blocks.TextBlock(rows=3, help_text=_("What the person says on coming here; each line is a message."))
    patience = blocks.IntegerBlock(required=False, min_value=0, max_value=PATIENCE_HIGHEST)
    rules = blocks.ListBlock(RuleBlock(), default=[], help_text=_("The first that fits a reply wins."))
    otherwise = ReactionBlock(help_text=_("Takes every other reply, and all that do nothing or were not rated."))
    worn = blocks.ListBlock(
        ReactionBlock(), default=[], max_num=1, help_text=_("What happens instead when patience is used up.")
    )

    class Meta:
        icon = "comment"
        label_format = "{key}: {says}"


class EndingBlock(blocks.StructBlock):  # type: ignore[misc]
    """How the conversation can end."""

    key = blocks.CharBlock()
    how = blocks.ChoiceBlock(choices=changes)
    says = blocks.TextBlock(rows=2, required=False, help_text=_("Last words; empty when there are none."))
    closing = blocks.TextBlock(rows=3, help_text=_("What the learner reads afterwards."))

    class Meta:
        icon = "tick"
        label_format = "{key}: {closing}"


def beats_to_data(stream: Iterable[Any]) -> list[Data]:
    """Give the plain data of the beats in a stream."""
    return [_beat_to_data(child.value) for child in stream]


def endings_to_data(stream: Iterable[Any]) -> list[Data]:
    """Give the plain data of the endings in a stream."""
    return [_given(child.value) for child in stream]


def beats_from_data(source_id: str, beats: Iterable[Data]) -> list[Data]:
    """Give the stored form of a stream of beats. A beat of the same key keeps its identity across imports."""
    return [
        _child("beat", source_id, beat, beat | {"worn": [beat["worn"]] if beat.get("worn") else []}) for beat in beats
    ]


def endings_from_data(source_id: str, endings: Iterable[Data]) -> list[Data]:
    """Give the stored form of a stream of endings."""
    return [_child("ending", source_id, ending, ending) for ending in endings]


def _child(kind: str, source_id: str, data: Data, value: Data) -> Data:
    return {"type": kind, "id": str(uuid.uuid5(_STABLE, f"{source_id}/{kind}/{data['key']}")), "value": value}


def _beat_to_data(beat: Any) -> Data:
    data = _given(beat)
    data["rules"] = [_given(rule) | {"when": _given(rule["when"])} for rule in beat["rules"]]
    data["otherwise"] = _given(beat["otherwise"])
    data.pop("worn", None)
    for worn in beat["worn"]:
        data["worn"] = _given(worn)
    return data


def _given(value: Any) -> Data:
    """Give the fields that are filled in; what is left out takes its default."""
    return {name: field for name, field in value.items() if field is not None and field not in ("", [])}
