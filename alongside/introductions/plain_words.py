"""Does a text lead outside of this house?

What an ally says of herself holds nothing by which somebody could find her elsewhere: that is her protection, and the
survivor's. It is strict, for whoever wrote the text is there to put it differently; what it cannot see, the desk does.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.core.one_line import one_line

_ELSEWHERE = r"whats\s?app|telegram|instagram|insta|facebook|snap\s?chat|tik\s?tok|discord|skype|viber|onlyfans|e-?mail"


class Outside(StrEnum):
    """What leads outside."""

    HANDLE = "handle"
    """A name elsewhere, or an address to write to."""
    LINK = "link"
    NUMBER = "number"
    """Any figure: telephone numbers come in pieces, too."""


_SHAPES = {
    Outside.HANDLE: re.compile(rf"@|#\w|\w_\w|\b(?:{_ELSEWHERE})\b", re.IGNORECASE),
    Outside.LINK: re.compile(r"://|\bwww\b|\w\.[^\W\d_]{2,}", re.IGNORECASE),
    Outside.NUMBER: re.compile(r"\d"),
}


INSTEAD: Mapping[Outside, str | Promise] = {
    Outside.HANDLE: _("Leave out addresses and names elsewhere: people write to you here, which protects you both."),
    Outside.LINK: _("Leave out addresses of pages. If it is only a full stop, put a space after it."),
    Outside.NUMBER: _("Please write it without figures: they can look like the beginning of an address."),
}
"""What to do about words that lead outside."""


def what_leads_outside(text: str) -> Outside | None:
    """Give the first of what leads outside in a text; ``None`` for most."""
    plain = one_line(text)
    return next((kind for kind, shape in _SHAPES.items() if shape.search(plain)), None)
