"""A lesson as plain data and as a file.

In data a text is canonical HTML (``rich_text``). In a file it is Markdown, ``text: …``; where Markdown cannot say
exactly the same, it is ``html: …``.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import PurePath
from typing import Annotated

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem
from alongside.review.shape import Data, DataError, Key, Language, Number, Shape, Text, Words, code, shaped
from alongside.workshop import rich_text

LONGEST_MINUTES = 30
HIGHEST_NUMBER = 99
NOTHING_LEFT = _("Nothing is left of this text but what no lesson can show.")
ONE_PIECE = _("Each piece has one name: one of %(names)s.")
KEY_TWICE = _("The key “%(key)s” is used more than once.")
KEY_TOO_LONG = _("The key “%(key)s” is longer than %(most)d characters.")
OUT_OF_RANGE = _("This must be from 1 to %(most)d.")
NO_VIDEO = _("“%(name)s” is no video that can be shown: its name must end in one of %(ends)s.")
NO_CAPTIONS = _("“%(name)s” holds no captions: its name must end in one of %(ends)s.")

LONGEST_KEY = 60
VIDEOS = {".webm": "video/webm", ".mp4": "video/mp4"}
CAPTIONS = {".vtt": "text/vtt; charset=utf-8"}
"""How the names of files end that can be shown, and the types under which they are."""
_FOLDERS = {"drill": "drills", "practice": "scenarios"}
_FILES = {"video": ("file", "captions"), "download": ("file",)}


class Shows(StrEnum):
    """What a lesson can show of what the organisation has filled in."""

    NUMBERS = "numbers"
    DUTIES = "duties"
    MINIMUM_AGE = "minimum age"


class _Reflection(Shape):
    key: Key
    asks: Text


class _Video(Shape):
    title: Text
    file: Text
    captions: Text
    transcript: Text


class _Download(Shape):
    title: Text
    file: Text


class _Piece(Shape):
    """One piece of a lesson's body: exactly one of these."""

    text: Text | None = None
    drill: Key | None = None
    practice: Key | None = None
    reflection: _Reflection | None = None
    organisation: Annotated[Shows, code(tuple(Shows))] | None = None
    video: _Video | None = None
    download: _Download | None = None


class _PieceInFile(_Piece):
    html: Text | None = None


class _Source(Shape):
    title: Text
    where: Words = ""


class _Lesson(Shape):
    source_id: Key
    title: Text
    language: Language
    number: Number
    minutes: Number
    summary: Text
    body: list[_Piece]
    sources: list[_Source] = []


class _LessonInFile(_Lesson):
    body: list[_PieceInFile]  # type: ignore[assignment]


def lesson_from_data(data: object) -> Data:
    """Give ``data``, whose texts are HTML, tidied and in canonical form. Raises ``DataError`` with all that is wrong.

    It always has the same order, and each piece of its body one name.
    """
    lesson = shaped(_Lesson, data).model_dump(mode="json")
    lesson["body"] = [_given(piece) for piece in lesson["body"]]
    lesson["summary"] = " ".join(lesson["summary"].split())
    for piece in lesson["body"]:
        if "text" in piece:
            piece["text"] = rich_text.clean(piece["text"])
    if problems := list(_problems(lesson)):
        raise DataError(problems)
    return lesson


def from_file(data: object) -> Data:
    """Give the data of a lesson as a file has it. Raises ``DataError``."""
    lesson = shaped(_LessonInFile, data).model_dump(mode="json")
    return lesson_from_data(lesson | {"body": [_from_file(_given(piece)) for piece in lesson["body"]]})


def to_file(lesson: Data) -> Data:
    """Give the data of a lesson as a file has it, without what is empty."""
    written = lesson | {"body": [_to_file(piece) for piece in lesson["body"]]}
    return {name: value for name, value in written.items() if value != []}


def content_in(lesson: Data) -> list[tuple[str, str]]:
    """Give the folder and the name of each drill and scenario of a lesson, in its order."""
    return [(_FOLDERS[name], value) for piece in lesson["body"] for name, value in piece.items() if name in _FOLDERS]


def media_in(lesson: Data) -> list[str]:
    """Give the names of the files of a lesson, in its order."""
    return [value[field] for piece in lesson["body"] for name, value in piece.items() for field in _FILES.get(name, ())]


def with_media(lesson: Data, names: Mapping[str, str]) -> Data:
    """Give a lesson in which each file that is a key of ``names`` has that name."""
    return lesson | {"body": [_with_media(piece, names) for piece in lesson["body"]]}


def _with_media(piece: Data, names: Mapping[str, str]) -> Data:
    ((name, value),) = piece.items()
    if name not in _FILES:
        return piece
    return {name: value | {field: names.get(value[field], value[field]) for field in _FILES[name]}}


def _from_file(piece: Data) -> Data:
    if list(piece) == ["html"]:
        return {"text": piece["html"]}
    return {"text": rich_text.from_markdown(piece["text"])} if list(piece) == ["text"] else piece


def _to_file(piece: Data) -> Data:
    if "text" not in piece:
        return piece
    markdown = rich_text.to_markdown(piece["text"])
    is_same = rich_text.from_markdown(markdown) == piece["text"]
    return {"text": markdown} if is_same else {"html": piece["text"]}


def _given(piece: Data) -> Data:
    return {name: value for name, value in piece.items() if value is not None}


def _problems(lesson: Data) -> Iterator[Problem]:
    if not 1 <= lesson["minutes"] <= LONGEST_MINUTES:
        yield Problem(("minutes",), OUT_OF_RANGE, {"most": LONGEST_MINUTES})
    if not 1 <= lesson["number"] <= HIGHEST_NUMBER:
        yield Problem(("number",), OUT_OF_RANGE, {"most": HIGHEST_NUMBER})
    keys: set[str] = set()
    for index, piece in enumerate(lesson["body"]):
        if len(piece) != 1:
            yield Problem(("body", index), ONE_PIECE, {"names": ", ".join(_Piece.model_fields)})
            continue
        if piece.get("text") == "":
            yield Problem(("body", index, "text"), NOTHING_LEFT)
        yield from _problems_of_video(index, piece.get("video"))
        key = piece.get("reflection", {}).get("key", "")
        if key in keys:
            yield Problem(("body", index, "reflection", "key"), KEY_TWICE, {"key": key})
        if len(key) > LONGEST_KEY:
            yield Problem(("body", index, "reflection", "key"), KEY_TOO_LONG, {"key": key, "most": LONGEST_KEY})
        keys |= {key} - {""}


def _problems_of_video(index: int, video: Data | None) -> Iterator[Problem]:
    for name, ends, sentence in (("file", VIDEOS, NO_VIDEO), ("captions", CAPTIONS, NO_CAPTIONS)):
        if video and PurePath(video[name]).suffix.lower() not in ends:
            params = {"name": video[name], "ends": ", ".join(ends)}
            yield Problem(("body", index, "video", name), sentence, params)
