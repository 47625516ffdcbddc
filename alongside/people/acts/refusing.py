"""How a rule says no."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LINK_IS_CLOSED = _("This link has been used or has run out. Ask whoever gave it to you for a new one.")


class Refused(Exception):  # noqa: N818 - a rule that says no is no error
    """A rule says no. ``sentence`` is what to tell the person: what is so, and what she can do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence
