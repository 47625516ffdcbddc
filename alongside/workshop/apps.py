"""The front page and what leads a learner through."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkshopApp(AppConfig):
    """The front page and what leads a learner through."""

    name = "alongside.workshop"

    def ready(self) -> None:
        """Let the workshop register its content and its acts, and see to it that there is a front page."""
        from alongside.review.hashing import register_hash
        from alongside.review.kinds import register
        from alongside.workshop import acts  # noqa: F401 - what it erases, exports and asks of an ally
        from alongside.workshop.front_page import ensure_front_page, words_at_first, words_of
        from alongside.workshop.kinds import DisclosureKind, LessonKind
        from alongside.workshop.models import FrontPage

        register(LessonKind())
        register(DisclosureKind())
        register_hash(FrontPage, words_of, words_at_first)

        post_migrate.connect(ensure_front_page, sender=self)
