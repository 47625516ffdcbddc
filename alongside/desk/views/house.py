"""What the organisation fills in: its settings, and the agreement that every ally signs."""

from django.conf import settings as site
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.desk import first_day
from alongside.desk.forms import AgreementForm, OrganisationForm
from alongside.people import acts
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.agreement import starting_text
from alongside.people.models import COORDINATOR, AgreementText, Organisation


@for_staff(COORDINATOR)
def settings(request: HttpRequest) -> HttpResponse:
    """Show what is filled in and what is not, and keep what is changed."""
    form = OrganisationForm(request.POST if request.method == "POST" else None, instance=Organisation.current())
    if form.is_valid():
        acts.change_organisation(signed_in(request), form.cleaned_data)
        messages.success(request, gettext("Kept."))
        return redirect("desk:settings")
    context = {"form": form, "steps": first_day.steps(), "door": first_day.the_door(), "mail_works": site.MAIL_WORKS}
    return render(request, "desk/settings.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(COORDINATOR)
def test_letter(request: HttpRequest) -> HttpResponse:
    """Send a letter to whoever asks for it, to see that mail works."""
    if first_day.post_test_letter(signed_in(request)):
        messages.success(request, gettext("A test letter is on its way to you. It should be there within two minutes."))
    elif site.MAIL_WORKS:
        messages.warning(
            request,
            gettext("You have not confirmed your own address yet. Sign out and in again: a code comes to you by mail."),
        )
    else:
        messages.warning(request, gettext("This server sends no mail, so there is nothing to test yet."))
    return redirect("desk:settings")


@for_staff(COORDINATOR)
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the agreement and its versions, and publish a new one once it was shown as it will be read."""
    newest = AgreementText.newest()
    version = newest.version if newest else 0
    text = newest.text if newest else starting_text()
    typed = request.POST if request.method == "POST" else None
    form = AgreementForm(typed, initial={"text": text, "replaces": version})
    is_looked_at = False
    if form.is_valid():
        is_looked_at = True
        if "publish" in request.POST:
            try:
                acts.publish_agreement(
                    signed_in(request), form.cleaned_data["text"], replaces=form.cleaned_data["replaces"]
                )
            except Refused as refusal:
                form.add_error("text", str(refusal.sentence))
            else:
                messages.success(request, gettext("Published. Allies and those on the way are asked to sign it."))
                return redirect("desk:agreement")
    context = {
        "form": form,
        "newest": newest,
        "is_looked_at": is_looked_at and not form.errors and "change" not in request.POST,
        "versions": AgreementText.objects.order_by("-version"),
    }
    return render(request, "desk/agreement.html", context, status=422 if form.errors else 200)
