"""Pages for whoever wants to be an ally, or is one: what is missing, the agreement, a pause, laying it down."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alongside.people import acts
from alongside.people.access import signed_in
from alongside.people.models import AgreementText, Ally, Signature, User
from alongside.people.readiness import ally_of, declarations_of, missing, requirements_of


@login_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Show what is done and what is still missing on the way to being an ally; to an ally, how her role stands."""
    user = signed_in(request)
    ally = ally_of(user)
    requirements = requirements_of(user)
    still = missing(requirements)
    return render(
        request,
        "people/ready.html",
        {
            "ally": ally,
            "state": ally.state if ally else None,
            "is_on_the_way": ally is None or ally.state == Ally.State.ENDED,
            "requirements": requirements,
            "missing": still,
            "done": len(requirements) - len(still),
            "agreement_to_sign": any(each.name == "agreement" and each.url for each in still),
            "not_yet": declarations_of(user).filter(is_ready=False),
            "supervisions": ally.supervisions.all() if ally else [],
        },
    )


@login_required
def agreement(request: HttpRequest) -> HttpResponse:
    """Show the agreement in force, and take her signature under this very version."""
    user = signed_in(request)
    newest = AgreementText.newest()
    if request.method == "POST" and newest:
        version = request.POST.get("version", "")
        try:
            acts.sign_agreement(user, int(version) if version.isdecimal() and len(version) < 10 else 0)
        except acts.Refused as refusal:
            messages.info(request, str(refusal.sentence))
            return redirect("people:agreement")
        messages.success(request, _("You have signed the agreement."))
        return redirect("people:ready")
    signatures = Signature.objects.filter(user=user)
    return render(
        request,
        "people/agreement.html",
        {
            "agreement": newest,
            "signature": signatures.filter(agreement=newest).first(),
            "earlier": signatures.exclude(agreement=newest).order_by("-agreement__version").first(),
        },
    )


@login_required
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Take nobody new for now."""
    return _do(request, acts.pause, _("You have paused. Nobody new comes to you until you go on."))


@login_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Take new people again."""
    return _do(request, acts.resume, _("Good to have you back."))


@login_required
def lay_down(request: HttpRequest) -> HttpResponse:
    """Ask, and then end her role."""
    if request.method == "POST":
        return _do(request, acts.lay_down, _("You have laid down your role. Thank you for walking with people."))
    _here_for_allies(request)
    return render(request, "people/lay_down.html")


def _do(request: HttpRequest, act: Callable[[User], Ally], thanks: str) -> HttpResponse:
    """Let an ally do something with her own role, and say what came of it."""
    _here_for_allies(request)
    try:
        act(signed_in(request))
    except acts.Refused as refusal:
        messages.info(request, str(refusal.sentence))
    else:
        messages.success(request, thanks)
    return redirect("people:ready")


def _here_for_allies(request: HttpRequest) -> None:
    """Answer 404 to whoever never was an ally."""
    if ally_of(signed_in(request)) is None:
        raise Http404
