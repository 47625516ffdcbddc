"""The forms of a survivor's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.forms import OneLineField, Plain
from alongside.people.hers import LONGEST_NAME, LONGEST_SUBJECT, LONGEST_WORDS, Wording
from alongside.people.looks import LOOKS

# Nothing that she types is remembered by the browser, or corrected by somebody else's dictionary.
UNWATCHED = {"autocomplete": "off", "spellcheck": "false"}


class HerNameForm(Plain, forms.Form):
    """What she wants to be called."""

    name = OneLineField(
        label=_("A name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Any name, or none. Whoever you talk with sees it. It need not be yours."),
        widget=forms.TextInput(attrs=UNWATCHED),
        error_messages={"max_length": _("A name can have up to %(limit_value)d characters. Please shorten it.")},
    )


class LookForm(Plain, forms.Form):
    """Which title and icon her pages show."""

    look = forms.ChoiceField(choices=[(name, look.title) for name, look in LOOKS.items()])


class NoticeForm(Plain, forms.Form):
    """Where she is told that something waits, and in which words."""

    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs=UNWATCHED),
        error_messages={
            "required": _("Please give the address that it should go to."),
            "invalid": _("That is not an e-mail address. Please look at it once more."),
        },
    )
    subject = forms.CharField(
        label=_("Subject of the mail"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Such as: Your order, or: Choir on Thursday."),
        widget=forms.TextInput(attrs=UNWATCHED),
        error_messages={
            "required": _("Please choose a subject."),
            "max_length": _("A subject can have up to %(limit_value)d characters. Please shorten it."),
        },
    )
    text = forms.CharField(
        label=_("Words in the mail"),
        max_length=LONGEST_WORDS,
        help_text=_("Nothing is added to them."),
        widget=forms.Textarea(attrs={**UNWATCHED, "rows": 3}),
        error_messages={
            "required": _("Please choose some words. One is enough."),
            "max_length": _("The words can have up to %(limit_value)d characters. Please shorten them."),
        },
    )

    def wording(self) -> Wording:
        """Give what was filled in. The form must be valid."""
        given = self.cleaned_data
        return Wording(given["address"], " ".join(given["subject"].split()), given["text"])
