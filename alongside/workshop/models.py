"""The front page of the workshop."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page


class FrontPage(Page):  # type: ignore[misc]
    """What a person sees first: what this is, in the words of someone who means it."""

    lead = models.TextField(_("lead"), help_text=_("Two or three sentences under the title."))
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul"])

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "workshop/front_page.html"
    max_count = 1
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("front page")
