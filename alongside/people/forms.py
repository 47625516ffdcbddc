"""The forms of accounts: allauth's, in our words, without placeholders; and our own."""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from alongside.core.one_line import one_line
from alongside.people.models import User

PASSWORD_HELP = _("At least ten characters. Three or four words that only you would put together do well.")
EMAIL = (_("E-mail address"), "")
CODE_HELP = _("Six figures, from the app on your phone. One of your recovery codes does as well.")
LONGEST_NAME = 60  # of a person, of a passkey
PASSKEY_TROUBLE = _("That did not work. Try once more; if it still does not, use the code from your app.")
# What allauth and fido2 let through when they are given something else than a passkey's answer.
_NO_ANSWER_OF_A_PASSKEY = (TypeError, ValueError, LookupError, AttributeError, struct.error)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Base = forms.Form
    Words = str | _StrPromise
else:
    Base = object
    Words = object


class Plain(Base):
    """A form whose labels are labels: allauth's placeholders go, and ``words`` gives label and help of each field."""

    words: ClassVar[dict[str, tuple[Words, Words]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if name == "code":
                field.widget.attrs |= {"autocapitalize": "off", "spellcheck": "false"}


class OneLineField(forms.CharField):
    """One line of signs that are seen: it stands in sentences on the pages of others, and changes nothing there."""

    def to_python(self, value: Any) -> Any:
        """Give what was typed as it is kept."""
        return one_line(super().to_python(value) or "")


def _name_field() -> forms.CharField:
    return OneLineField(
        label=_("What may we call you?"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Any name you like, or none."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


# --- Coming in ------------------------------------------------------------------------------------------------------


class SignUpForm(Plain, account.SignupForm):  # type: ignore[misc]
    """E-mail, password, and a name if one likes."""

    name = _name_field()
    field_order = ["name", "email", "password1"]
    words = {"email": EMAIL, "password1": (_("Password"), PASSWORD_HELP)}

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account whole or not at all; of two clicks on the same button, the second is led to sign in."""
        try:
            with transaction.atomic():
                made: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return made
        except IntegrityError:
            messages.info(request, get_adapter().error_messages["email_taken"])
            return None, redirect("account_login")


class SignInForm(Plain, account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    words = {"login": EMAIL, "password": (_("Password"), "")}


class SecondFactorForm(Plain, second_factor.AuthenticateForm):  # type: ignore[misc]
    """The code that follows the password."""

    words = {"code": (_("Code"), CODE_HELP)}


# --- Being sure that it is still her --------------------------------------------------------------------------------


class PasswordAgainForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    """Her password, before something that matters."""

    words = {"password": (_("Your password"), "")}


class SecondFactorAgainForm(Plain, second_factor.ReauthenticateForm):  # type: ignore[misc]
    """A code, before something that matters."""

    words = {"code": (_("Code"), CODE_HELP)}


# --- Passwords, e-mail, second factor -------------------------------------------------------------------------------


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice: whoever mistypes it here could not come back."""

    words = {
        "oldpassword": (_("Your password until now"), ""),
        "password1": (_("New password"), PASSWORD_HELP),
        "password2": (_("The new password once more"), ""),
    }


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send a code."""

    words = {"email": EMAIL}


class ResetPasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after a code by mail."""

    words = {
        "password1": (_("New password"), PASSWORD_HELP),
        "password2": (_("The new password once more"), ""),
    }


class MailedCodeForm(Plain, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code from a mail about a forgotten password."""

    words = {"code": (_("The code in the mail"), "")}


class ConfirmEmailForm(Plain, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code from a mail about an address."""

    words = {"code": (_("The code in the mail"), "")}


class NewEmailForm(Plain, account.AddEmailForm):  # type: ignore[misc]
    """The address to change to."""

    words = {"email": (_("New e-mail address"), "")}


class OtherEmailForm(Plain, account.ChangeEmailForm):  # type: ignore[misc]
    """Another address than the one mistyped at sign-up."""

    words = {"email": EMAIL}


class SetSecondFactorForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    words = {"code": (_("The six figures that the app shows now"), "")}


class PasskeyForm(Plain):
    """What a browser answers about a passkey: a hidden field that its script fills in.

    Whatever is amiss with it is told in one sentence, in the place where the form's own troubles stand.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        """Say what to do; an answer that no passkey gives does not reach the page as such."""
        if field == "name" or getattr(error, "code", "") == "too_many_login_attempts":
            super().add_error(field if field == "name" else None, error)
        else:
            super().add_error(None, PASSKEY_TROUBLE)

    def read(self, answer: Callable[[], Any]) -> Any:
        """Give what ``answer`` reads out of the field. Raises ``ValidationError`` when that makes no sense."""
        try:
            return answer()
        except _NO_ANSWER_OF_A_PASSKEY as error:
            raise forms.ValidationError(PASSKEY_TROUBLE) from error


class AddPasskeyForm(PasskeyForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, and what its owner calls it."""

    words = {"name": (_("What do you call it?"), _("Such as the phone or the key that it lies on."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"maxlength": str(LONGEST_NAME), "autocomplete": "off"}

    def clean_name(self) -> str:
        """Give the name, shortened to what fits: a passkey that was made is not refused for its name."""
        name: str = super().clean_name()
        return name[:LONGEST_NAME]

    def clean(self) -> dict[str, Any]:
        """Hold the passkey against what was asked for."""
        cleaned: dict[str, Any] = self.read(super().clean)
        return cleaned


class PasskeyAuthenticateForm(PasskeyForm, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that follows the password."""

    def clean_credential(self) -> Any:
        """Hold the answer against the passkeys that are set."""
        return self.read(super().clean_credential)


class PasskeyAgainForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, before something that matters."""

    def clean_credential(self) -> Any:
        """Hold the answer against the passkeys that are set."""
        return self.read(super().clean_credential)


# --- Our own --------------------------------------------------------------------------------------------------------


class NameForm(Plain, forms.Form):
    """What we may call her."""

    name = _name_field()


class NewPasswordForm(Plain, forms.Form):
    """A new password, behind a one-time link."""

    password1 = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The new password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        """Hold the password against the rules. Raises ``ValidationError`` with the rule that it breaks."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        given = self.cleaned_data
        if {"password1", "password2"} <= given.keys() and given["password1"] != given["password2"]:
            self.add_error("password2", _("The two are not the same. Type it once more."))
        return given


class ChangeEmailForm(PasswordAgainForm):
    """The address to change to at once, where no mail can be sent to it, and her password."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        help_text=_("Look at it twice: you sign in with it, and we cannot write to it to see whether it is right."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "password"]


class LeaveForm(PasswordAgainForm):
    """Her password, before everything of hers is deleted."""
