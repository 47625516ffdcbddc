"""An ally's or care member's own code: making, opening, changing and losing it; and leaving the care team."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.core.codes import Code, new_ally_code
from alongside.people import acts
from alongside.people.access import for_code_holders, proved_to_see, signed_in
from alongside.people.code_forms import OwnCodeForm
from alongside.people.models import CareMember, KeyPair
from alongside.people.new_code import BUSY, RETRY_AFTER, Place, show_and_prove
from alongside.people.opening import Opener, close_here, open_here, opened
from alongside.records import clock
from alongside.records.turnstile import Busy


@sensitive_post_parameters()
@for_code_holders
def code(request: HttpRequest) -> HttpResponse:
    """Show how things stand with one's code, and take it to open what is one's own; then lead back to ``?next=``."""
    if request.method != "POST":
        return _page(request, OwnCodeForm(), status=200)
    form = OwnCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        opener = acts.open_own_code(signed_in(request), form.cleaned_data["code"])
    except acts.TooOften as refusal:
        return _page(request, form, refusal.sentence, status=429)
    except acts.Refused as refusal:
        return _page(request, form, refusal.sentence, status=422)
    except Busy:
        answer = _page(request, form, BUSY, status=503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    answer = redirect(_next(request) or "people:code")
    open_here(request, answer, opener.pair, opener.private)
    return answer


@sensitive_post_parameters()
@for_code_holders
def new_code(request: HttpRequest) -> HttpResponseBase:
    """Make one's first code, change it while it is open, or make one in place of a code that was lost."""
    user = signed_in(request)
    if KeyPair.of(user) is None or _own_opener(request):
        return _new_code_once_proved(request)
    if not acts.may_make_new_code(user):
        return redirect("people:code")
    if not _gave_second_factor_lately(request):
        has_app = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
        again = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
        return redirect(f"{again}?{urlencode({'next': request.path})}")
    return _new_code(request)


@require_POST
@for_code_holders
def close_code(request: HttpRequest) -> HttpResponse:
    """Close in this browser what one's code has opened."""
    answer = redirect("people:code")
    close_here(request, answer)
    messages.success(request, _("Closed. It opens again with your code."))
    return answer


@require_POST
@for_code_holders
def lost_code(request: HttpRequest) -> HttpResponse:
    """Say that one has lost the code."""
    try:
        acts.ask_for_new_code(signed_in(request))
    except acts.Refused as refusal:
        messages.info(request, str(refusal.sentence))
    else:
        messages.success(request, _("The desk sees it now. Two people of it will speak with you."))
    return redirect("people:code")


@for_code_holders
def leave_care_team(request: HttpRequest) -> HttpResponse:
    """Ask, and then let somebody receive no reports any more."""
    user = signed_in(request)
    if not CareMember.objects.filter(user=user).exists():
        raise Http404
    if request.method != "POST":
        return render(request, "people/leave_care_team.html")
    try:
        acts.leave_care_team(user)
    except acts.Refused as refusal:
        messages.info(request, str(refusal.sentence))
    else:
        messages.success(request, _("You have left the care team. Thank you for having been there."))
    return redirect("people:me")


def _new_code(request: HttpRequest) -> HttpResponse:
    user, opener = signed_in(request), _own_opener(request)

    def count(code: Code) -> HttpResponse:
        answer = redirect("people:code")
        try:
            made = acts.change_code(opener, code) if opener else acts.make_own_code(user, code)
        except acts.Refused as refusal:
            messages.info(request, str(refusal.sentence))
            return answer
        open_here(request, answer, made.pair, made.private)
        messages.success(request, _("This is your code from now on, and it is open here."))
        return answer

    place = Place("people/new_code.html", "people/prove_code.html", new_ally_code, user.pk, KeyPair.of(user), count)
    return show_and_prove(request, place)


_new_code_once_proved = proved_to_see(_new_code)


def _own_opener(request: HttpRequest) -> Opener | None:
    """Give what is open in this browser if it is of the account that is signed in."""
    opener = opened(request)
    return opener if opener and opener.pair.user_id == signed_in(request).pk else None


def _gave_second_factor_lately(request: HttpRequest) -> bool:
    since = clock.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    given = get_authentication_records(request, signed_in(request))
    return any(record["method"] == "mfa" and record["at"] > since for record in given)


def _next(request: HttpRequest) -> str:
    """Give where she wanted to go: a page of this house, or ``""``."""
    wanted = request.GET.get("next", "")
    is_here = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_here else ""


def _page(request: HttpRequest, form: OwnCodeForm, trouble: str | Promise = "", *, status: int) -> HttpResponse:
    user = signed_in(request)
    opener = _own_opener(request)
    context = {
        "form": form,
        "trouble": trouble,
        "pair": KeyPair.of(user),
        "is_open": opener is not None,
        "lost": acts.lost_code_of(user),
        "may_make_new": acts.may_make_new_code(user),
        "is_care_member": CareMember.objects.filter(user=user).exists(),
        "wants_on": bool(_next(request)),
    }
    return render(request, "people/code.html", context, status=status)
