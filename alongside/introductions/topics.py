"""The topics that a new house begins with; from then on they are the organisation's to edit."""

from typing import Any

from django.utils.translation import gettext

from alongside.core import gettext_noop as _
from alongside.introductions.models import Topic

FIRST_TOPICS = (
    ("money", _("Money and debts")),
    ("work", _("Work")),
    ("parenting", _("Being a parent")),
    ("relationships", _("Relationships")),
    ("an-ex", _("An ex")),
    ("family", _("My family")),
    ("health", _("Health")),
    ("home", _("A place to live")),
    ("court-and-papers", _("Court and papers")),
    ("faith", _("Faith")),
    ("loneliness", _("Being lonely")),
    ("starting-again", _("Starting again")),
    ("good-news", _("Something good that happened")),
)


def make_first_topics(**kwargs: Any) -> None:
    """Make the first topics where there are none, after each migration; safe to run twice."""
    if Topic.objects.exists():
        return
    topics = [Topic(slug=slug, name=gettext(name), order=order) for order, (slug, name) in enumerate(FIRST_TOPICS, 1)]
    Topic.objects.bulk_create(topics, ignore_conflicts=True)
