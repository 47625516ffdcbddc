"""The forms of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.forms import Plain


class HelpForm(Plain, forms.Form):
    """Whom to help."""

    email = forms.EmailField(
        label=_("Their e-mail address here"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
