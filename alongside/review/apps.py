"""What makes content trusted: survivor leaders' approval of one exact version, and their corrections of readings."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete


class ReviewApp(AppConfig):
    """What makes content trusted: survivor leaders' approval of one exact version, and their corrections."""

    name = "alongside.review"

    def ready(self) -> None:
        """Let review register what a person can take along, and have all content reviewed by survivors."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model

        from alongside.review import exporting  # noqa: F401
        from alongside.review.uploads import keep_what_is_shown
        from alongside.review.workflow import ensure_review

        post_migrate.connect(ensure_review, sender=self)
        for model in (get_document_model(), get_image_model()):
            pre_delete.connect(keep_what_is_shown, sender=model)
