"""All that a piece of content says, part by part, to be read on one page before somebody stands behind it."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from django.db import models
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.rich_text import expand_db_html

from alongside.core.rating import Move
from alongside.review.kinds import kind_of
from alongside.review.models import Content
from alongside.workshop import rich_text
from alongside.workshop.front_page import words_of
from alongside.workshop.models import FrontPage

_NAMES: dict[str, str | Promise] = {
    "about": _("about"),
    "asks": _("asks"),
    "beats": _("beats"),
    "body": _("text"),
    "closing": _("closing words"),
    "content_note": _("content note"),
    "disclosure": _("what is told"),
    "drill": _("drill"),
    "endings": _("endings"),
    "form": _("form"),
    "goto": _("goes on at"),
    "how": _("how it ends"),
    "key": _("name"),
    "kind": _("a pull-back of the kind"),
    "lacks": _("without"),
    "language": _("language"),
    "leans_in": _("the reply that leans in"),
    "minutes": _("minutes"),
    "move": _("move"),
    "number": _("number"),
    "opening": _("begins at"),
    "organisation": _("what the organisation fills in"),
    "otherwise": _("otherwise"),
    "pair": _("pair"),
    "patience": _("patience"),
    "person": _("person"),
    "practice": _("practice"),
    "pulls_back": _("the reply that pulls back"),
    "reflection": _("reflection"),
    "reply": _("reply"),
    "rules": _("rules"),
    "says": _("says"),
    "source_id": _("short name"),
    "sources": _("sources"),
    "stance": _("a reply that"),
    "summary": _("summary"),
    "text": _("text"),
    "then": _("then"),
    "thought": _("thinks"),
    "title": _("title"),
    "trust": _("trust"),
    "trust_at_least": _("trust of at least"),
    "trust_at_most": _("trust of at most"),
    "when": _("when a reply has"),
    "where": _("where"),
    "why": _("why"),
    "worn": _("when patience is at an end"),
}
"""What the parts of a content file are called on the page; one that is not here goes by its name in the file."""

_HOLD_MOVES = ("move", "lacks")


@dataclass(frozen=True)
class Part:
    """A part of a text: what it is called, its words, and the parts that it is made of."""

    name: str
    words: str | SafeString = ""
    parts: list["Part"] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        """Whether the words are HTML that was cleaned."""
        return isinstance(self.words, SafeString)


def whole_text(row: models.Model) -> list[Part]:
    """Give all that ``row`` says: of content what stands in its file, of the front page its words.

    Raises ``review.shape.DataError`` for content that has lost its shape.
    """
    if isinstance(row, FrontPage):
        return [_words_of_page(row, name, words) for name, words in words_of(row).items() if words]
    if not isinstance(row, Content):
        raise TypeError(f"{row!r} is nothing that is reviewed")
    kind = kind_of(row)
    return _parts(yaml.load(kind.write(row.as_data()), Loader=yaml.BaseLoader))  # noqa: S506 - builds text only


def _words_of_page(page: FrontPage, name: str, words: str) -> Part:
    known: Any = page._meta.get_field(name)
    if isinstance(known, RichTextField):
        words = mark_safe(expand_db_html(words))  # noqa: S308 - the editor's own, as its page shows it
    return Part(str(known.verbose_name), words)


def _parts(data: dict[str, Any]) -> list[Part]:
    return [_part(name, value) for name, value in data.items()]


def _part(name: str, value: Any) -> Part:
    title = str(_NAMES.get(name, name.replace("_", " ")))
    if isinstance(value, dict):
        return Part(title, parts=_parts(value))
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return Part(title, parts=[_member(number, each) for number, each in enumerate(value, start=1)])
    words = value if isinstance(value, list) else [value]
    if name == "text":
        return Part(title, mark_safe(rich_text.from_markdown(value)))  # noqa: S308 - cleaned just there
    return Part(title, ", ".join(_move(each) if name in _HOLD_MOVES else each for each in words))


def _member(number: int, value: dict[str, Any]) -> Part:
    """Give one of a list: by its number, or by what it is where that is all that it says."""
    if len(value) == 1:
        return _part(*next(iter(value.items())))
    return Part(str(number), parts=_parts(value))


def _move(code: str) -> str:
    return gettext(Move(code).words.name) if code in {move.value for move in Move} else code
