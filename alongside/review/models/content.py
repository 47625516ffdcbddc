"""What every kind of content has in common: a snippet with workflow, draft, lock, revisions, preview, translations."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from alongside.core.problem import Problem
from alongside.review.models.reviewed import Reviewed
from alongside.review.shape import Data, DataError

_OF_THE_ROW = [
    "imported_hash",
    "shipped_hash",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
]
"""What is of one row, and not of what it says: a copy has none of it."""


class ContentQuerySet(models.QuerySet["Content"]):
    """Content, by who can come to it."""

    def live_in(self, language: str | None) -> Self:
        """Give what is live in a language (a tag such as ``en``); in English where there is none."""
        live = self.filter(live=True, live_revision__isnull=False).select_related("locale")
        spoken = live.filter(locale__language_code=language)
        return spoken if spoken.exists() else live.filter(locale__language_code="en")


class Content(
    Reviewed,
    WorkflowMixin,  # type: ignore[misc]
    DraftStateMixin,  # type: ignore[misc]
    LockableMixin,  # type: ignore[misc]
    RevisionMixin,  # type: ignore[misc]
    PreviewableMixin,  # type: ignore[misc]
    TranslatableMixin,  # type: ignore[misc]
    models.Model,
):
    """A piece of the workshop, in one language. What it says is plain data: a kind of it says how, by ``as_data``.

    ``imported_hash``: of the file that it was last taken from; ``shipped_hash``: of the last that came with this
    software.
    """

    told_in: ClassVar[tuple[str, ...]] = ("source_id", "title")
    """The fields whose values stand in the data under the same names."""

    source_id = models.CharField(
        _("short name"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))],
        help_text=_("Part of the address, and the name of the file it came from. Keep it once it is in use."),
    )
    title = models.CharField(_("title"), max_length=120)
    imported_hash = models.CharField(max_length=64, blank=True, editable=False)
    shipped_hash = models.CharField(max_length=64, blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    objects = ContentQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):  # type: ignore[misc]
        abstract = True
        ordering: ClassVar[list[str]] = ["title"]

    def __str__(self) -> str:
        return self.title

    def as_data(self) -> Data:
        """Give all that it says, as plain data. Raises ``DataError`` for a draft that has not the shape yet."""
        raise NotImplementedError

    def fields_as_data(self) -> Data:
        """Give the fields of ``told_in`` and the language, as they stand."""
        return {name: getattr(self, name) for name in self.told_in} | {"language": self.locale.language_code}

    def tell(self, data: Data) -> None:
        """Take over everything from ``data``, its language excepted; saves nothing.

        ``locale`` is set. Raises ``DataError`` when ``data`` speaks of content or files that are not here.
        """
        for name in self.told_in:
            setattr(self, name, data[name])

    def clean(self) -> None:
        """Refuse what has not the shape of its kind, with every reason."""
        super().clean()
        if found := self.what_is_wrong():
            raise ValidationError([ValidationError(self.in_words(problem)) for problem in found])

    def what_is_wrong(self) -> list[Problem]:
        """Give everything because of which this cannot be shown to a learner."""
        try:
            self.as_data()
        except DataError as error:
            return error.problems
        return []

    def in_words(self, problem: Problem) -> str:
        """Give the sentence that says to staff what is wrong."""
        return gettext(problem.sentence) % problem.params

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """Every version that was saved."""
        revisions: models.QuerySet[Revision] = self._revisions.all()
        return revisions

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Give this content as a revision has it. What was last imported belongs to the row, not the revision."""
        row: Self = super().with_content_json(content)
        row.imported_hash, row.shipped_hash = self.imported_hash, self.shipped_hash
        return row

    def copy_for_translation(self, locale: Locale, exclude_fields: list[str] | None = None) -> Self:
        """Give a copy for another language, not saved yet. It is a draft, whatever this is."""
        left_out = [*(exclude_fields or []), *_OF_THE_ROW]
        copy: Self = super().copy_for_translation(locale, exclude_fields=left_out)
        copy.live = False
        copy.has_unpublished_changes = True
        return copy
