"""Passkeys as a second factor: where allauth's own pages would lead astray."""

from typing import Any

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpResponse
from django.views.generic import FormView


class PasskeyAgainView(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey, before something that matters."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again with what was amiss; allauth's view would lead away from it."""
        return FormView.form_invalid(self, form)


passkey_again = PasskeyAgainView.as_view()
