"""One's own account, and the pages behind one-time links."""

from allauth.account.utils import perform_login
from allauth.account.views import password_reset
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from alongside.people import acts
from alongside.people.access import is_staff, signed_in
from alongside.people.export import export as everything_of
from alongside.people.forms import ChangeEmailForm, LeaveForm, NameForm, NewPasswordForm
from alongside.people.models import User
from alongside.people.readiness import ally_of
from alongside.people.sessions import end_sessions, limit_to_staff_hours
from alongside.records import clock


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the person who is signed in, and what she can do with it."""
    user = signed_in(request)
    return render(
        request,
        "people/me.html",
        {
            "name_form": NameForm(initial={"name": user.name}),
            "mail_works": settings.MAIL_WORKS,
            "has_second_factor": is_mfa_enabled(user),
            "holds_a_code": acts.holds_a_code(user),
        },
    )


@login_required
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Change what we call her."""
    form = NameForm(request.POST)
    if form.is_valid():
        acts.change_name(signed_in(request), form.cleaned_data["name"])
        messages.success(request, _("Your name is changed."))
    else:
        messages.info(request, _("A name can have up to 60 characters. Yours stayed as it was."))
    return redirect("people:me")


@sensitive_post_parameters("password")
@login_required
def email(request: HttpRequest) -> HttpResponse:
    """Change the address that she signs in with; where there is mail, by a code to the new one."""
    if settings.MAIL_WORKS:
        return redirect("account_email")
    user = signed_in(request)
    form = ChangeEmailForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            acts.change_email(user, form.cleaned_data["email"])
        except acts.Refused as refusal:
            form.add_error("email", str(refusal.sentence))
        else:
            messages.success(request, _("Your e-mail address is changed. From now on you sign in with the new one."))
            return redirect("people:me")
    return render(request, "people/email.html", {"form": form})


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say to staff and allies why a second factor is asked for, and lead to where it is set."""
    user = signed_in(request)
    if is_mfa_enabled(user) or not (is_staff(user) or ally_of(user)):
        return redirect("mfa_index")
    return render(request, "people/second_factor.html")


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand her everything that is kept about her, as a file."""
    answer = JsonResponse(everything_of(signed_in(request)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="alongside-{clock.now():%Y-%m-%d}.json"'
    return answer


@sensitive_post_parameters("password")
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Delete her account and everything of hers, once she has given her password."""
    user = signed_in(request)
    form = LeaveForm(request.POST or None, user=user)
    if form.is_valid():
        try:
            acts.leave(user)
        except acts.Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted, and everything of yours with it. Go well."))
            return redirect("/")
    return render(request, "people/leave.html", {"form": form})


@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Show the role that a link offers; take it with an account."""
    link = acts.find_role_link(token)
    if link is None:
        return _closed(request, acts.LINK_IS_CLOSED)
    if request.method == "POST" and isinstance(request.user, User):
        try:
            acts.take_role(request.user, token)
        except acts.Refused as refusal:
            return _closed(request, refusal.sentence)
        end_sessions(request.user, but=request.session)  # the others would outlast the hours of staff
        limit_to_staff_hours(request.session)
        return redirect(settings.STAFF_REDIRECT_URL)
    return render(request, "people/welcome.html", {"purpose": link.purpose})


@sensitive_post_parameters("password1", "password2")
@never_cache
def new_password(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let the owner of a link choose a new password, and sign her in; a second factor is still asked for."""
    link = acts.find_password_link(token)
    if link is None or link.user is None:
        return _closed(request, acts.LINK_IS_CLOSED)
    form = NewPasswordForm(request.POST or None, user=link.user)
    if form.is_valid():
        try:
            user = acts.choose_password(token, form.cleaned_data["password1"])
        except acts.Refused as refusal:
            return _closed(request, refusal.sentence)
        logout(request)
        messages.success(request, _("Your new password is set."))
        answer: HttpResponseBase = perform_login(request, user)
        return answer
    return render(request, "people/new_password.html", {"form": form})


def lost_password(request: HttpRequest) -> HttpResponseBase:
    """Send a code by mail; without a mail server, say who can help."""
    if settings.MAIL_WORKS:
        answer: HttpResponseBase = password_reset(request)
        return answer
    return render(request, "people/lost_password.html")


def _closed(request: HttpRequest, sentence: str | Promise) -> HttpResponse:
    return render(request, "people/link_closed.html", {"sentence": sentence}, status=404)
