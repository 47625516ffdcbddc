"""The kinds of content that there are, and how a file and a row of each become one another.

In between lies plain data, always the same for the same content: it is what is compared, and what an approval holds.
Rooms above register their kinds when they are ready, in any order.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any, ClassVar, Generic, TypeVar

from alongside.review.files import write_file
from alongside.review.models import Content
from alongside.review.shape import Data

Row = TypeVar("Row", bound=Content)


class Kind(ABC, Generic[Row]):
    """One kind of content. Its files lie in ``<language>/<folder>/<source_id>.yaml``.

    ``speaks_of``: the folders of the kinds that its content names, and that must be there before it.
    """

    folder: str
    model: type[Row]
    speaks_of: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def read(self, text: str, name: str) -> Data:
        """Give the data in a file's ``text``; it has a ``source_id`` and a ``language``.

        ``name`` is for the messages. Raises ``review.files.ContentFileError`` with everything that is wrong.
        """

    def write(self, data: Data) -> str:
        """Give the text of a file that is read as this same ``data``."""
        return write_file(data)

    def content_in(self, data: Data) -> list[tuple[str, str]]:
        """Give the folder and the ``source_id`` of each piece of other content that ``data`` names."""
        return []

    def media_in(self, data: Data) -> list[str]:
        """Give the names of the files that ``data`` shows."""
        return []

    def with_media(self, data: Data, names: Mapping[str, str]) -> Data:
        """Give ``data`` showing, in place of each file that is a key of ``names``, the file of that name."""
        return data


_kinds: dict[str, Kind[Any]] = {}


def register(kind: Kind[Any]) -> None:
    """Add a kind of content."""
    _kinds[kind.folder] = kind


def kinds() -> list[Kind[Any]]:
    """Give all kinds, each after those that it speaks of."""
    order = TopologicalSorter({kind.folder: kind.speaks_of for kind in _kinds.values()}).static_order()
    return [_kinds[folder] for folder in order if folder in _kinds]


def kind_of(row: Content) -> Kind[Any]:
    """Give the kind that ``row`` is of. Raises ``LookupError`` when nobody registered it."""
    for kind in _kinds.values():
        if isinstance(row, kind.model):
            return kind
    raise LookupError(type(row).__name__)


def fingerprint(data: Data) -> str:
    """Give the SHA-256 of plain data, in hex; the same for every way of writing it down."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
