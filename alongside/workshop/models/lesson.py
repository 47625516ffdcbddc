"""A lesson as staff keep it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from alongside.review.models import Content
from alongside.review.shape import Data
from alongside.workshop import blocks
from alongside.workshop.lesson_data import HIGHEST_NUMBER, LONGEST_MINUTES, lesson_from_data


class Lesson(Content):
    """A lesson of the workshop, in one language. ``minutes``: to read it, with its drills; not its practice."""

    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_NUMBER)],
        help_text=_("Its place in the workshop."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)]
    )
    summary = models.TextField(_("summary"), help_text=_("One sentence: what it is about."))
    body = StreamField(blocks.BodyBlock(), verbose_name=_("body"))
    sources = StreamField([("source", blocks.SourceBlock())], verbose_name=_("sources"), blank=True)

    told_in = (*Content.told_in, "number", "minutes", "summary")

    class Meta(Content.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering: ClassVar[list[str]] = ["number", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_id", "locale"], name="one_lesson_of_a_name_in_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def as_data(self) -> Data:
        """Give the lesson as plain data. Raises ``DataError`` for a draft that is none yet."""
        streams = {
            "body": blocks.body_to_data(self.body),
            "sources": [dict(child.value) for child in self.sources],
        }
        return lesson_from_data(self.fields_as_data() | streams)

    def tell(self, data: Data) -> None:
        """Take over everything from plain data, its language excepted; saves nothing.

        Raises ``DataError`` when it names drills, scenarios or files that are not here.
        """
        super().tell(data)
        self.body = blocks.body_from_data(data["source_id"], self.locale.language_code, data["body"])
        self.sources = [{"type": "source", "value": source} for source in data["sources"]]

    def clean(self) -> None:
        """Refuse a lesson that has not the shape of one, with every reason, or the number of another that is live."""
        super().clean()
        same = Lesson.objects.filter(locale=self.locale, number=self.number, live=True).exclude(pk=self.pk).first()
        if same:
            sentence = gettext("“%(title)s” has this number already. Give one of the two another.")
            raise ValidationError({"number": sentence % {"title": same.title}})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show what a learner sees."""
        return "workshop/preview_lesson.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the page of a lesson what it needs."""
        from alongside.workshop.lesson_page import pieces_in_preview  # which asks for rows of this room

        context = super().get_preview_context(request, mode_name)
        return {**context, "lesson": self, "pieces": pieces_in_preview(self), "is_preview": True}
