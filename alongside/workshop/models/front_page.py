"""The front page of the workshop."""

from http import HTTPMethod
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester

from alongside.people.models import User
from alongside.review.models import Reviewed
from alongside.workshop.example import example

_PLAIN = ["bold", "italic", "link", "ol", "ul"]


class _StaysPermissions(PagePermissionTester):  # type: ignore[misc]
    """The front page can be edited and reviewed, and never taken away: without it there is no way in.

    It goes live by a survivor leader's approval only. That holds for superusers too.
    """

    def can_publish(self) -> bool:
        """Nobody publishes it by hand."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody deletes it; and so, to Wagtail, nobody moves it either."""
        return False

    def can_move_to(self, destination: Page) -> bool:
        """Nobody moves it."""
        return False

    def can_copy(self) -> bool:
        """Nobody makes a second one."""
        return False

    def can_unpublish(self) -> bool:
        """Nobody takes it offline."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Nobody locks it with a password or a sign-in."""
        return False


class FrontPage(Reviewed, Page):  # type: ignore[misc, django-manager-missing]
    """What a person sees first: what this is, in the words of someone who means it. The title is its first sentence."""

    lead = models.TextField(_("lead"), help_text=_("Two or three sentences under the title."))
    body = RichTextField(_("the idea it stands on"), features=["h3", *_PLAIN])
    what_happens = RichTextField(
        _("what happens when you sign up"), features=_PLAIN, help_text=_("A numbered list becomes a row of steps.")
    )
    honest = RichTextField(_("what we do not claim"), features=_PLAIN)
    for_survivors = RichTextField(_("if you are a survivor"), features=_PLAIN)
    help_near_you = RichTextField(
        _("help near you"),
        features=_PLAIN,
        blank=True,
        help_text=_("Numbers and places that you know to be good. Visitors see nothing here while it is empty."),
    )

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("what_happens"),
        FieldPanel("honest"),
        FieldPanel("for_survivors"),
        FieldPanel("help_near_you"),
    ]
    settings_panels: ClassVar[list[Panel]] = [CommentPanel()]  # no date on which it would go offline
    template = "workshop/front_page.html"
    max_count = 1
    subpage_types: ClassVar[list[str]] = []
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        verbose_name = _("front page")

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """Say what ``user`` may do with the page in the editor."""
        return _StaysPermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the example of feedback that the page shows."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "example": example()}
