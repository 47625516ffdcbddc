"""Lessons, and the disclosures of the assessment, in the editor."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.snippets.models import register_snippet

from alongside.review.wagtail import ContentViewSet
from alongside.workshop.media import give_to_learners
from alongside.workshop.models import Disclosure, Lesson


class LessonViewSet(ContentViewSet):
    """Lists and edits lessons."""

    model = Lesson
    icon = "list-ol"
    menu_label = _("Lessons")
    list_display: ClassVar[list[str]] = ["title", "number", "minutes", "source_id"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("title"),
        FieldPanel("source_id"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("minutes")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]


class DisclosureViewSet(ContentViewSet):
    """Lists and edits the disclosures of the assessment."""

    model = Disclosure
    icon = "clipboard-list"
    menu_label = _("Assessment")
    list_display: ClassVar[list[str]] = ["title", "form", "pair", "person", "source_id"]
    list_filter: ClassVar[list[str]] = ["form", "pair"]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("title"),
        FieldPanel("source_id"),
        FieldRowPanel([FieldPanel("form"), FieldPanel("pair")]),
        MultiFieldPanel([FieldPanel(name) for name in ("person", "about", "says")], heading=_("What the person tells")),
    ]


register_snippet(LessonViewSet)
register_snippet(DisclosureViewSet)
hooks.register("before_serve_document", give_to_learners)
