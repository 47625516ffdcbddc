"""Forms of practice."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core.rating import Move


class DifferentViewForm(forms.Form):
    """How a learner sees one sentence, and, if she likes, the moves that she would have marked."""

    view = forms.CharField(
        label=_("How do you see it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )
    moves = forms.MultipleChoiceField(
        label=_("What would you say the sentence does?"),
        help_text=_("You can leave this empty."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moves"].choices = [(move.value, gettext(move.words.name)) for move in Move]  # type: ignore[attr-defined]
