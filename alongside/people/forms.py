"""The forms of accounts."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.people.models import User


class SignUpForm(forms.Form):
    """What sign-up asks for beside e-mail and password."""

    name = forms.CharField(
        label=_("What may we call you?"),
        max_length=60,
        required=False,
        help_text=_("Any name you like, or none."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

    def clean_name(self) -> Any:
        """Drop white space around the name."""
        return self.cleaned_data["name"].strip()
