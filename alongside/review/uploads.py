"""Documents and images of lessons: what a reviewed lesson shows is not exchanged or deleted behind its review."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import ReferenceIndex

from alongside.review.hashing import all_live
from alongside.review.media_files import BEGINNING, fault_in


class StaysAsUploaded:
    """Takes a file once: another one under the same name would show in lessons at once, unreviewed."""

    def clean_file(self) -> Any:
        """Refuse another file in place of one that is there."""
        form: Any = self
        file = form.cleaned_data["file"]
        if form.instance.pk and isinstance(file, UploadedFile):
            raise ValidationError(
                gettext("A file is not exchanged for another. Add the new one beside it, and choose it in a draft.")
            )
        return file


class DocumentForm(StaysAsUploaded, BaseDocumentForm):  # type: ignore[misc]
    """Asks for a document that is what its name says."""

    def clean_file(self) -> Any:
        """Refuse what an import would refuse too."""
        file = super().clean_file()
        if isinstance(file, UploadedFile):
            beginning = file.read(BEGINNING)
            file.seek(0)
            if fault := fault_in(file.name or "", file.size or 0, beginning):
                raise ValidationError(gettext(fault.sentence) % fault.params)
        return file


class ImageForm(StaysAsUploaded, BaseImageForm):  # type: ignore[misc]
    """Asks for an image."""


def keep_what_is_shown(instance: models.Model, **kwargs: Any) -> None:
    """Refuse to delete a file while something live shows it. Raises ``PermissionDenied``.

    Wagtail's index of what refers to what is brought up to date by a background task; here it must not be late.
    """
    to_it = ReferenceIndex.get_references_to(instance)
    for row in all_live():
        ReferenceIndex.create_or_update_for_object(row)
        if (ReferenceIndex.get_references_for_object(row) & to_it).exists():
            raise PermissionDenied("Something live shows this file.")
