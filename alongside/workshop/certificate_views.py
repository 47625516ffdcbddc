"""The certificate: a learner fetches hers, and anybody verifies one."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from alongside.people.access import signed_in
from alongside.people.acts import Refused
from alongside.workshop import acts
from alongside.workshop.certificate.paper import address_of, pdf_of
from alongside.workshop.certificate.verifying import Standing, bears, verify
from alongside.workshop.keeping import for_learner
from alongside.workshop.models.certificate import LONGEST_NAME, as_code
from alongside.workshop.progress import progress_of

LONGEST_TYPED = 4 * LONGEST_NAME


@for_learner
def certificate(request: HttpRequest) -> HttpResponse:
    """Show a learner her certificate, let her fetch it, or say what is still missing."""
    learner = signed_in(request)
    acts.note_finish(learner)
    trouble, name = "", learner.name
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            acts.fetch_certificate(learner, name)
        except Refused as refusal:
            trouble = str(refusal.sentence)
        else:
            return redirect("workshop:certificate")
    found = acts.certificate_of(learner)
    context = {
        "certificate": found,
        "address": address_of(found) if found else "",
        "may_fetch": acts.may_fetch(learner),
        "missing": progress_of(learner).missing,
        "name": name,
        "trouble": trouble,
    }
    return render(request, "workshop/certificate/certificate.html", context, status=422 if trouble else 200)


@require_safe
@for_learner
def paper(request: HttpRequest) -> HttpResponse:
    """Give her the paper, while the certificate holds."""
    found = acts.certificate_of(signed_in(request))
    if found is None or found.revoked_at is not None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="certificate.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf_of(found), content_type="application/pdf", headers=headers)


def start(request: HttpRequest) -> HttpResponse:
    """Let anybody type the code of a certificate."""
    typed = request.POST.get("code", "").strip()
    if code := as_code(typed):
        return redirect("certificates:verify", code)
    context = {"typed": typed[:LONGEST_NAME], "trouble": _no_code(typed) if request.method == "POST" else ""}
    return render(request, "workshop/certificate/start.html", context, status=422 if context["trouble"] else 200)


@never_cache
@sensitive_post_parameters("name")
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is genuine, and whether a name is the one on it; nothing else."""
    if not ratelimit.consume(request, action="certificate_name", key=as_code(code) or "none"):
        return render(request, "429.html", status=429)
    name = request.POST.get("name", "")[:LONGEST_TYPED]
    verified = verify(code)
    context = {
        "verified": verified,
        "is_genuine": verified.standing is Standing.GENUINE,
        "is_withdrawn": verified.standing is Standing.WITHDRAWN,
        "code": as_code(code),
        "name": name,
        "was_asked": bool(name.strip()),
        "fits": bears(code, name),
    }
    status = 404 if verified.standing is Standing.UNKNOWN else 200
    return render(request, "workshop/certificate/verified.html", context, status=status)


def _no_code(typed: str) -> str:
    if not typed:
        return gettext("Type the code that stands at the foot of the paper.")
    return gettext(
        "This is no code of a certificate: it has 26 letters and digits, in five groups. Compare it with the paper."
    )
