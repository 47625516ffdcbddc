"""How a lesson is written in the editor: the pieces of its body, and the way to plain data and back."""

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import Document
from wagtail.snippets.blocks import SnippetChooserBlock

from alongside.core import gettext_noop
from alongside.core.problem import Problem
from alongside.practice.models import Drill, Scenario
from alongside.review.shape import Data, DataError
from alongside.workshop.lesson_data import Shows
from alongside.workshop.rich_text import FEATURES

_STABLE = uuid.UUID("0b7a3f3e-2f0b-4b5e-8a25-6a0f0d1c9e42")
_CHOSEN: dict[str, type[Drill | Scenario]] = {"drill": Drill, "practice": Scenario}
_NOT_HERE = gettext_noop("There is nothing here called “%(name)s”.")


def shows() -> list[tuple[str, str]]:
    """Give what a lesson can show of what the organisation has filled in."""
    return [(each.value, each.value) for each in Shows]


class ReflectionBlock(blocks.StructBlock):  # type: ignore[misc]
    """A moment to write to oneself."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$", help_text=_("Small letters, digits, hyphens. Keep it once it is in use.")
    )
    asks = blocks.TextBlock(rows=2)

    class Meta:
        icon = "edit"


class VideoBlock(blocks.StructBlock):  # type: ignore[misc]
    """A video that lies on this server, with captions, and with all that is said and seen as text."""

    title = blocks.CharBlock(max_length=120)
    file = DocumentChooserBlock(help_text=_("A video as WebM or MP4."))
    captions = DocumentChooserBlock(help_text=_("Its captions, as WebVTT (.vtt)."))
    transcript = blocks.TextBlock(rows=6, help_text=_("Everything that is said, and what is to be seen."))

    class Meta:
        icon = "media"


class DownloadBlock(blocks.StructBlock):  # type: ignore[misc]
    """Something to take along."""

    title = blocks.CharBlock(max_length=120)
    file = DocumentChooserBlock()

    class Meta:
        icon = "download"


class BodyBlock(blocks.StreamBlock):  # type: ignore[misc]
    """The body of a lesson."""

    text = blocks.RichTextBlock(features=FEATURES)
    drill = SnippetChooserBlock(Drill)
    practice = SnippetChooserBlock(Scenario)
    reflection = ReflectionBlock()
    organisation = blocks.ChoiceBlock(
        choices=shows, icon="group", help_text=_("Shows what the organisation has filled in, in its own words.")
    )
    video = VideoBlock()
    download = DownloadBlock()


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    """Where a lesson has something from."""

    title = blocks.CharBlock()
    where = blocks.CharBlock(required=False, help_text=_("A DOI, an arXiv number, an address."))

    class Meta:
        icon = "openquote"


def body_to_data(stream: Iterable[Any]) -> list[Data]:
    """Give the plain data of a body. What was chosen and is gone by now is given as empty text."""
    return [{child.block_type: _to_data(child.block_type, child.value)} for child in stream]


def body_from_data(lesson: str, language: str, body: Iterable[Data]) -> list[Data]:
    """Give the stored form of a body. A piece keeps its identity across imports while those like it keep their order.

    Raises ``DataError`` naming the drills, scenarios and files that are not here.
    """
    stored: list[Data] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    for index, piece in enumerate(body):
        ((name, value),) = piece.items()
        seen[name] += 1
        identity = str(uuid.uuid5(_STABLE, f"{lesson}/{name}/{seen[name]}"))
        try:
            stored.append({"type": name, "id": identity, "value": _from_data(name, value, language)})
        except LookupError as missing:
            problems.append(Problem(("body", index, name), _NOT_HERE, {"name": str(missing.args[0])}))
    if problems:
        raise DataError(problems)
    return stored


def _to_data(name: str, value: Any) -> Any:
    if name in _CHOSEN:
        return value.source_id if value else ""
    if name == "text":
        return value.source
    if name in ("video", "download"):
        return {field: each.filename if isinstance(each, Document) else each or "" for field, each in value.items()}
    return dict(value) if name == "reflection" else value


def _from_data(name: str, value: Any, language: str) -> Any:
    if name in _CHOSEN:
        return _find(_CHOSEN[name], value, language)
    if name in ("video", "download"):
        return {field: _find_file(each) if field in ("file", "captions") else each for field, each in value.items()}
    return value


def _find(model: type[Drill | Scenario], source_id: str, language: str) -> int:
    found = model.objects.filter(source_id=source_id, locale__language_code=language).first()
    if found is None:
        raise LookupError(source_id)
    return int(found.pk)


def _find_file(name: str) -> int:
    for document in Document.objects.filter(file__endswith=name):
        if document.filename == name:
            return int(document.pk)
    raise LookupError(name)
