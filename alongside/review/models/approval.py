"""A survivor leader's approval of one exact version."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, Revision

from alongside.records import clock


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals, by what they are of and whether they stand."""

    def of(self, row: models.Model) -> Self:
        """Give those of one piece of content, or of a page."""
        exact = row.specific_class if isinstance(row, Page) else type(row)
        kind = ContentType.objects.get_for_model(exact, for_concrete_model=False)
        return self.filter(content_type=kind, object_id=str(row.pk))

    def standing(self) -> Self:
        """Give those that nobody withdrew."""
        return self.filter(withdrawn_at=None)


class Approval(models.Model):
    """A survivor leader read one exact version and stands behind it.

    ``content_hash`` says which: it holds for whatever says just this, and for nothing else. ``revision`` is where she
    read it, ``leader`` is ``None`` when she has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    content: Any = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "content_hash"],
                condition=models.Q(withdrawn_at=None),
                name="one_standing_approval_of_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"approval {self.id}"
