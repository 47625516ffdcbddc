"""Which of allauth's pages are open. The others keep their names, which allauth looks up, and answer 404."""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path
from django.views.generic import RedirectView

from alongside.people.access import View, shut
from alongside.people.passkeys import passkey_again
from alongside.people.views import lost_password


def _with_mail(view: View[[]]) -> View[[]]:
    """Open this page only where mail can be sent."""

    @wraps(view)
    def open_with_mail(request: HttpRequest) -> HttpResponseBase:
        if not settings.MAIL_WORKS:
            raise Http404
        return view(request)

    return open_with_mail


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="people:me")),
    path("signup/", account.signup, name="account_signup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", shut, name="account_set_password"),
    path("password/reset/", lost_password, name="account_reset_password"),
    path(
        "password/reset/confirm/",
        _with_mail(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/", _with_mail(account.complete_password_reset), name="account_complete_password_reset"
    ),
    path(
        "password/reset/done/",
        _with_mail(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path("email/", _with_mail(account.email), name="account_email"),
    path("confirm-email/", _with_mail(account.email_verification_sent), name="account_email_verification_sent"),
    path("login/code/confirm/", shut, name="account_confirm_login_code"),
    path("second-factor/", second_factor.index, name="mfa_index"),
    path("second-factor/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("second-factor/passkeys/reauthenticate/", passkey_again, name="mfa_reauthenticate_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("second-factor/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
