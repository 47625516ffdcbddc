"""What somebody tells in the assessment."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.review.models import Content
from alongside.review.shape import Data
from alongside.workshop.disclosure_data import PAIRS, Form, disclosure_from_data


def forms() -> list[tuple[str, str]]:
    """Give the two forms."""
    return [(form.value, form.value.upper()) for form in Form]


class Disclosure(Content):
    """What somebody tells in the assessment. The two forms are matched pair by pair: as heavy, as long, as plain."""

    form = models.CharField(_("form"), max_length=1, choices=forms)
    pair = models.PositiveSmallIntegerField(
        _("pair"),
        validators=[MinValueValidator(1), MaxValueValidator(PAIRS)],
        help_text=_("The disclosure of the same number in the other form is as heavy as this one."),
    )
    person = models.CharField(_("who writes"), max_length=60)
    about = models.TextField(_("about the person"))
    says = models.TextField(_("what the person writes"), help_text=_("Each line is a message."))

    told_in = (*Content.told_in, "form", "pair", "person", "about", "says")

    class Meta(Content.Meta):
        verbose_name = _("disclosure of the assessment")
        verbose_name_plural = _("disclosures of the assessment")
        ordering: ClassVar[list[str]] = ["form", "pair"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_id", "locale"], name="one_disclosure_of_a_name_in_a_language")
        ]

    def as_data(self) -> Data:
        """Give the disclosure as plain data. Raises ``DataError`` for a draft that is none yet."""
        return disclosure_from_data(self.fields_as_data())

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show what a learner sees."""
        return "workshop/preview_disclosure.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the page what it needs."""
        return {**super().get_preview_context(request, mode_name), "disclosure": self}
