"""The forms of accounts: allauth's, in our words, without placeholders; and our own."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from alongside.people.models import User

PASSWORD_HELP = _("At least ten characters. Three or four words that only you would put together do well.")
EMAIL = (_("E-mail address"), "")
CODE_HELP = _("Six figures, from the app on your phone. One of your recovery codes does as well.")

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


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("What may we call you?"),
        max_length=60,
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


class LeaveForm(PasswordAgainForm):
    """Her password, before everything of hers is deleted."""
