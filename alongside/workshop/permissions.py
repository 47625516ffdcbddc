"""Who of the staff may do what with the workshop in the editor: all may draft, and survivor leaders review."""

from wagtail.models import Page

from alongside.review.permissions import let_staff_change_page, let_staff_edit
from alongside.review.workflow import have_reviewed
from alongside.workshop.models import Disclosure, Lesson


def give_staff_permissions(page: Page) -> None:
    """Let staff draft lessons, disclosures and the front ``page``, which survivors review; safe to run twice."""
    let_staff_edit(Lesson, Disclosure)
    let_staff_change_page(page)
    have_reviewed(page)
