"""What letters say: each kind is registered by the room that it comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Letter


class Subject(models.TextChoices):
    """The closed list of subjects: each may be read on a locked phone by somebody else."""

    NOTE = "note", _("A note from your workshop")
    TODAY = "today", _("A note from your workshop, for today")


@dataclass(frozen=True)
class Words:
    """What a letter says: a few short lines, each a paragraph, and one link.

    ``link`` and ``stop`` are addresses in this house, from the slash on. ``stop``, if there is one, lets her have no
    more letters like this: it answers without a sign-in, a GET with a page that asks, a POST at once (RFC 8058).
    """

    subject: Subject
    lines: Sequence[str | Promise]
    link: str
    stop: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.subject, Subject):
            raise TypeError("A subject comes from the list: somebody may read it on a locked phone.")
        for path in filter(None, (self.link, self.stop)):
            if not path.startswith("/") or path.startswith("//"):
                raise ValueError("A letter leads to a page of this house, by an address that begins with one slash.")

    @property
    def address(self) -> str:
        """The link, whole."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.link}"

    @property
    def stop_address(self) -> str:
        """Where she has no more of these, whole; empty where there is no such place."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.stop}" if self.stop else ""


Writer = Callable[[Letter], Words | None]
W = TypeVar("W", bound=Writer)


class _Kind(NamedTuple):
    """What letters are about, as the desk reads it, and who writes them."""

    title: str | Promise
    writer: Writer


_kinds: dict[str, _Kind] = {}


def kind(name: str, *, title: str | Promise) -> Callable[[W], W]:
    """Register what writes the letters called ``name``, at most 40 characters. ``title``: what they are, at the desk.

    It is called when the letter is sent; it gives ``None`` when there is nothing to say any more.
    """

    def register(writer: W) -> W:
        _kinds[name] = _Kind(title, writer)
        return writer

    return register


def is_kind(name: str) -> bool:
    """Say whether letters of this name are written."""
    return name in _kinds


def title_of(letter: Letter) -> str:
    """Give what ``letter`` is, as the desk reads it, never what it says; nothing for a kind that nobody writes now."""
    return str(_kinds[letter.kind].title) if is_kind(letter.kind) else ""


def words_of(letter: Letter) -> Words | None:
    """Give what ``letter`` says. Raises ``KeyError`` for a kind that nobody writes, and what its writer raises."""
    return _kinds[letter.kind].writer(letter)
