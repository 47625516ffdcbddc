"""What the page of a lesson shows: its pieces, one after the other, as one learner has them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from alongside.people.models import User
from alongside.practice import drills
from alongside.practice.drill_page import DrillShown, asked
from alongside.practice.models import Drill, Scenario
from alongside.workshop import rich_text
from alongside.workshop.lessons import practised_of
from alongside.workshop.models import Lesson, Reflection

_SOMEBODY_WRITES = re.compile(r"<p><b>([^<]*:)</b> <i>((?:(?!</?(?:i|p)>).)*)</i></p>")
_SPOKEN = r'<div class="says"><span>\1</span><p>\2</p></div>'


@dataclass(frozen=True)
class Piece:
    """One piece of a lesson: what it is called in the body, the id of its place on the page, and what it shows."""

    name: str
    place: str
    value: Any

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"workshop/pieces/{self.name}.html"


@dataclass(frozen=True)
class Typed:
    """What a learner typed into a reflection that could not be kept, and why."""

    words: str
    trouble: str


@dataclass(frozen=True)
class Prompt:
    """A reflection: what it asks, what she has kept, and what stands in the box."""

    key: str
    asks: str
    kept: Reflection | None = None
    typed: Typed | None = None

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self.typed.words if self.typed else (self.kept and self.kept.words) or ""

    @property
    def trouble(self) -> str:
        """Why it was not kept; empty where nothing went wrong."""
        return self.typed.trouble if self.typed else ""

    @property
    def edition(self) -> UUID | None:
        """The edition that she sees."""
        return self.kept.edition if self.kept else None

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"reflection-{self.key}"


@dataclass(frozen=True)
class Invitation:
    """A conversation to practise, and whether she has."""

    scenario: Scenario
    is_done: bool


def prompts_in(lesson: Lesson) -> dict[str, str]:
    """Give what a lesson asks her to write about, by key."""
    return {child.value["key"]: child.value["asks"] for child in lesson.body if child.block_type == "reflection"}


def pieces_of(lesson: Lesson, learner: User, typed: Mapping[str, Typed] | None = None) -> list[Piece]:
    """Give the pieces of a lesson as ``learner`` has them. ``typed``: by key, what could not be kept.

    A drill, a scenario or a document that is not there any more is left out.
    """
    kept = {each.prompt: each for each in Reflection.objects.of(learner).filter(lesson=lesson.source_id)}
    return list(_pieces(lesson, _Hers(learner, kept, typed or {})))


def pieces_in_preview(lesson: Lesson) -> list[Piece]:
    """Give the pieces as somebody has them who is new to all of it."""
    return list(_pieces(lesson, _Hers(None, {}, {})))


@dataclass(frozen=True)
class _Hers:
    """What of a lesson is a learner's own; ``learner`` is ``None`` in a preview."""

    learner: User | None
    kept: Mapping[str, Reflection]
    typed: Mapping[str, Typed]

    def show(self, name: str, value: Any) -> Any:
        """Give what a piece shows; ``None`` when there is nothing to show."""
        if name == "text":
            return spoken(value.source)
        if name == "drill":
            return self._drill(value)
        if name == "practice":
            return self._invitation(value)
        if name == "reflection":
            key = value["key"]
            return Prompt(key, value["asks"], self.kept.get(key), self.typed.get(key))
        if name in ("video", "download"):
            return value if all(value.values()) else None
        return value

    def _drill(self, drill: Drill | None) -> DrillShown | None:
        if drill is None or not _is_live(drill):
            return None
        return drills.show(self.learner, drill) if self.learner else asked(drill, 1, leans_in_first=True)

    def _invitation(self, scenario: Scenario | None) -> Invitation | None:
        if scenario is None or not _is_live(scenario):
            return None
        return Invitation(scenario, bool(self.learner and practised_of(self.learner, [scenario.pk])))


def spoken(html: str) -> SafeString:
    """Give the HTML of a text, cleaned once more, with what somebody writes (“**Zola writes:** *…*”) as a message."""
    return mark_safe(_SOMEBODY_WRITES.sub(_SPOKEN, rich_text.clean(html)))  # noqa: S308 - cleaned just here


def _pieces(lesson: Lesson, hers: _Hers) -> Iterator[Piece]:
    for number, child in enumerate(_children(lesson)):
        value = hers.show(child.block_type, child.value)
        if value:
            yield Piece(child.block_type, f"piece-{child.id or number}", value)


def _children(lesson: Lesson) -> Iterable[Any]:
    children: Iterable[Any] = lesson.body
    return children


def _is_live(row: Drill | Scenario) -> bool:
    return bool(row.live and row.live_revision_id)
