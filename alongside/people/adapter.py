"""How allauth behaves in this house."""

import logging
from base64 import b64decode, b64encode
from io import BytesIO
from typing import ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from alongside.people.access import is_staff
from alongside.people.boxes import ClosedBoxError, box, unbox
from alongside.people.models import User
from alongside.people.sessions import limit_to_staff_hours

MAIL_DID_NOT_GO = _("Our mail did not go out just now. Wait a few minutes, then ask for it once more.")

SECOND_FACTOR = "second factor"
"""The purpose of the boxes in which its secrets lie."""

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is open; without a mail server nobody is asked to confirm an address."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together. Try once more."),
        "email_taken": _("There is an account with this e-mail address already. Is it yours? Then sign in."),
        "enter_current_password": _("This is not your password. Try once more."),
        "incorrect_password": _("This is not your password. Try once more."),
        "incorrect_code": _("This code does not fit. A code lasts a short while only: look at it again."),
        "too_many_login_attempts": _("That was tried too many times. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too many times. Wait a minute, then try again."),
        "same_as_current": _("That is the address you have now."),
        "unknown_email": _("Nobody here has this e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anyone may sign up for the workshop."""
        return True

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; a session with a desk role ends after twelve hours."""
        super().login(request, user)
        if is_staff(user):
            limit_to_staff_hours(request.session)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send, if a mail server is set; if it takes no mail, say so, and lose nothing of what she did."""
        if not settings.MAIL_WORKS:
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # which smtplib's are, too
            logger.exception("A mail that somebody waits for was not sent (%s).", template_prefix)
            messages.warning(self.request, MAIL_DID_NOT_GO)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: an app that shows six figures, or a passkey."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first; then you can set a second factor."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database under the server's key: whoever steals the file cannot make codes of it."""
        return b64encode(box(SECOND_FACTOR, text, whose=None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret; what this server's key does not open gives a fresh secret, which fits no code."""
        try:
            return unbox(SECOND_FACTOR, b64decode(encrypted_text), whose=None)
        except (ClosedBoxError, ValueError):
            return str(generate_totp_secret())

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Give a name for another passkey, to be changed by whoever adds it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give what a passkey belongs to: this host, under the name of the house."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def build_totp_svg(self, url: str) -> str:
        """Draw the square code on white, so that a phone can read it in dark mode too."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage, border=3).save(picture)
        return picture.getvalue().decode()
