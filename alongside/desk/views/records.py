"""What happened: letters that did not arrive, and the audit trail."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.desk import overview
from alongside.desk.forms import TrailForm
from alongside.people import letters
from alongside.people.access import for_staff, signed_in
from alongside.people.models import COORDINATOR

ON_A_PAGE = 50


@require_safe
@for_staff(COORDINATOR)
def mail(request: HttpRequest) -> HttpResponse:
    """Show the letters that were not sent, or of which nobody can say."""
    page = Paginator(letters.failed(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(letter, letters.title_of(letter)) for letter in page]
    return render(request, "desk/mail.html", {"page": page, "lines": lines, "mail_works": settings.MAIL_WORKS})


@require_POST
@for_staff(COORDINATOR)
def post_again(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Send a letter that failed once more."""
    letter = letters.failed().filter(pk=letter_id).first()
    if letter is None or not letters.post_again(letter, signed_in(request)):
        raise Http404
    messages.success(request, gettext("It is on its way again."))
    return redirect("desk:mail")


@require_safe
@for_staff(COORDINATOR)
def trail(request: HttpRequest) -> HttpResponse:
    """Show the audit trail, or a part of it."""
    form = TrailForm(request.GET or None)
    entries = overview.entries(form.cleaned_data if form.is_valid() else {})
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": page, "lines": overview.with_names(page.object_list), "asked": asked.urlencode()}
    return render(request, "desk/trail.html", context)
