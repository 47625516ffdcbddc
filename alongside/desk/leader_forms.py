"""The forms of survivor leaders. What comes of them is decided by the acts; here words become what these take."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.core import gettext_noop
from alongside.core.rating import LEAN_IN, PULL_BACK, Move
from alongside.desk.acts import Worked
from alongside.desk.durations import NotADurationError, UnclearDurationError, minutes_in
from alongside.desk.models import LONGEST_NOTE, Hours
from alongside.people.forms import Plain
from alongside.review.correcting import LONGEST_DISCLOSURE, LONGEST_SENTENCE, LONGEST_WHY, LeadersView

NEITHER = "neither"
NEITHER_IN_WORDS = gettext_noop("neither leans in nor pulls back")


class LeadersViewForm(Plain, forms.Form):
    """What a leader says that a sentence does, and why. That it does nothing must be said, not forgotten.

    ``only_why``: she leaves the reading as it is, so the moves do not matter; they come back as she chose them.
    """

    moves = forms.MultipleChoiceField(
        label=_("What does the sentence do?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In public words: learners read this beside the sentence. A sentence or two are enough."),
        error_messages={"required": _("Say why, in a sentence or two. Learners read it beside the reading.")},
    )
    named = forms.BooleanField(label=_("Show my name beside it"), required=False)

    def __init__(self, *args: Any, only_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only_why = only_why
        known = [(move.value, gettext(move.words.name)) for move in Move]
        self.fields["moves"].choices = [*known, (NEITHER, gettext(NEITHER_IN_WORDS))]  # type: ignore[attr-defined]

    def clean_moves(self) -> list[Move]:
        """Give the moves. Raises ``ValidationError`` for nothing at all, and for moves beside “neither”."""
        codes: list[str] = self.cleaned_data["moves"]
        if self.only_why:
            return []
        if not codes:
            raise ValidationError(_("Choose what the sentence does, or say that it neither leans in nor pulls back."))
        if NEITHER in codes and len(codes) > 1:
            raise ValidationError(_("You chose moves and “neither”. Keep the one or the other."))
        return [Move(code) for code in codes if code != NEITHER]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
        """The moves by family, for the page: code, name, what it does, and whether it is chosen."""
        chosen = self["moves"].value() or []
        families = ((gettext("Leans in"), LEAN_IN), (gettext("Pulls back"), PULL_BACK))
        return [
            (
                title,
                [(move.value, gettext(move.words.name), gettext(move.words.did), move.value in chosen) for move in of],
            )
            for title, of in families
        ]

    @property
    def is_neither(self) -> bool:
        """Whether “neither” is chosen."""
        return NEITHER in (self["moves"].value() or [])

    @property
    def view(self) -> LeadersView:
        """What she says; only of a form that is valid."""
        return LeadersView(self.cleaned_data["moves"], self.cleaned_data["why"], self.cleaned_data["named"])


class SentenceForm(Plain, forms.Form):
    """A sentence that a leader thinks of, to see how it is read."""

    disclosure = forms.CharField(
        label=_("What somebody says"),
        required=False,
        max_length=LONGEST_DISCLOSURE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The last message before the sentence is enough. You can leave it out."),
    )
    text = forms.CharField(
        label=_("The sentence in answer to it"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the sentence that you decide about.")},
    )


class CorrectionsForm(Plain, forms.Form):
    """Which decisions to list."""

    move = forms.ChoiceField(label=_("Decisions that say"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(move.value, gettext(move.words.name)) for move in Move]
        self.fields["move"].choices = [  # type: ignore[attr-defined]
            ("", gettext("anything")),
            *known,
            (NEITHER, gettext(NEITHER_IN_WORDS)),
        ]


class DurationField(forms.CharField):
    """How long something took: “1:30”, or “90”. Gives minutes."""

    def clean(self, value: Any) -> Any:
        """Give the minutes. Raises ``ValidationError`` with what to write instead."""
        typed = super().clean(value)
        try:
            return minutes_in(typed)
        except UnclearDurationError as unclear:
            sentence = gettext("Is this %(minutes)s minutes, or hours? Write 0:0%(minutes)s or %(minutes)s:00.")
            raise ValidationError(sentence % {"minutes": unclear.number}) from None
        except NotADurationError:
            raise ValidationError(
                _("Write hours and minutes with a colon, such as 1:30, or minutes, such as 90. A day has 24 hours.")
            ) from None


class HoursForm(Plain, forms.ModelForm):  # type: ignore[type-arg]
    """Time that a survivor leader worked. ``entry``: the id that a new entry gets, so that it is kept once."""

    minutes = DurationField(
        label=_("How long"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Such as 1:30, or 90 for minutes."),
        error_messages={"required": _("Write how long it took, such as 1:30.")},
    )
    entry = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    class Meta:
        model = Hours
        fields = ("day", "minutes", "what", "note")
        widgets = {
            "day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "note": forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_NOTE}),
        }
        help_texts = {"note": _("Coordinators read it, so nobody’s name.")}
        error_messages = {
            "day": {
                "required": _("Choose the day on which you worked."),
                "invalid": _("This is no day. Write it as year, month, day: 2026-03-31."),
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = Hours.What.choices  # type: ignore[attr-defined]
        if self.instance.pk and not self.instance._state.adding:
            self.initial["minutes"] = self.instance.duration

    @property
    def worked(self) -> Worked:
        """What she says; only of a form that is valid."""
        data = self.cleaned_data
        return Worked(data["day"], data["minutes"], Hours.What(data["what"]), data["note"])
