"""Which exact version: the SHA-256 of what a piece of content says, whatever it is stored as.

What the kinds of ``review.kinds`` say is known from their files. For pages, rooms above register it here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from wagtail.models import Page

from alongside.review.kinds import fingerprint, kinds
from alongside.review.models import Content
from alongside.review.shape import Data

Says = Callable[[Any], Data]
Ships = Callable[[], Data]
_pages: dict[type[Page], tuple[Says, Ships]] = {}


def register_hash(model: type[Page], says: Says, ships: Ships) -> None:
    """Add a page that is reviewed: ``says`` gives what a page of it says, ``ships`` what it says as it ships."""
    _pages[model] = says, ships


def content_hash(row: models.Model) -> str:
    """Give the hash of what ``row`` says, or of what it says in a version.

    Raises ``review.shape.DataError`` for a draft that has not the shape yet, and ``LookupError`` for a page that nobody
    registered.
    """
    if isinstance(row, Content):
        return fingerprint(row.as_data())
    page = _specific(row)
    return fingerprint(_pages[type(page)][0](page))


def says_what_ships(row: models.Model) -> bool:
    """Say whether ``row`` is, word for word, what came with this software or from an imported file."""
    if isinstance(row, Content):
        return bool(row.imported_hash) and row.imported_hash == content_hash(row)
    return content_hash(row) == fingerprint(_pages[type(_specific(row))][1]())


def all_live() -> Iterator[models.Model]:
    """Give everything that is live and reviewed: pages, then content, kind by kind."""
    for model in (*_pages, *(kind.model for kind in kinds())):
        yield from model._default_manager.filter(live=True)


def _specific(row: models.Model) -> models.Model:
    page: models.Model = row.specific if isinstance(row, Page) else row
    return page
