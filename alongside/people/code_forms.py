"""The forms in which codes are typed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.codes import Code, CodeError, proves, read_ally_code, read_survivor_code

LONGEST_TYPED = 400
# A phone must not finish, correct or remember the words.
AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class _CodeForm(forms.Form):
    """A code, however its words are typed. ``cleaned_data["code"]`` is a ``core.codes.Code``."""

    code = forms.CharField(
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={**AS_TYPED, "rows": 2}),
        help_text=_("In their order, with spaces between. Capitals and accents do not matter."),
        error_messages={"max_length": _("That is far more than a code. Please type its words alone.")},
    )
    reads: ClassVar[Callable[[str], Code]]

    def clean_code(self) -> Code:
        """Give the code that was typed. What is amiss is said in a sentence, which may name nearly what was typed."""
        try:
            return type(self).reads(self.cleaned_data["code"])
        except CodeError as error:
            raise forms.ValidationError(gettext(error.problem.sentence) % error.problem.params) from None


class HerCodeForm(_CodeForm):
    """A survivor's six words."""

    reads = read_survivor_code

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["code"].label = _("The six words of your code")
        self.fields["code"].error_messages["required"] = _("Please type the six words of your code.")


class OwnCodeForm(_CodeForm):
    """The four words of an ally or a care member."""

    reads = read_ally_code

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["code"].label = _("The four words of your code")
        self.fields["code"].error_messages["required"] = _("Please type the four words of your code.")


class ProveForm(forms.Form):
    """Two words of a code that was just shown, typed back: so that she has it when it counts."""

    first = forms.CharField(max_length=60, widget=forms.TextInput(attrs=AS_TYPED))
    second = forms.CharField(max_length=60, widget=forms.TextInput(attrs=AS_TYPED))

    def __init__(self, *args: Any, positions: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.positions = positions
        for field, position in zip(self.fields.values(), positions, strict=True):
            field.label = gettext("Word %(position)d") % {"position": position}
            field.error_messages["required"] = _("Please type this word.")

    def is_proof_of(self, code: Code) -> bool:
        """Say whether these are the two words. If not, the form says so."""
        if not self.is_valid():
            return False
        if proves(code, self.positions, (self.cleaned_data["first"], self.cleaned_data["second"])):
            return True
        self.add_error(
            None, _("These are not the two words. Look at what you have written down, or at the code once more.")
        )
        return False
