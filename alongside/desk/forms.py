"""The forms of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.desk.learners import Sort, Stage, Waits
from alongside.people.acts.organisation import FILLED_IN
from alongside.people.forms import Plain
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, Organisation, User
from alongside.records.models import Verb


class HelpForm(Plain, forms.Form):
    """Whom to help."""

    email = forms.EmailField(
        label=_("Their e-mail address here"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CareMemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the care team, or nobody."""

    def __init__(self, **kwargs: Any) -> None:
        members = User.objects.filter(care_member__isnull=False, is_active=True).order_by("name", "email")
        super().__init__(**kwargs | {"queryset": members, "empty_label": _("nobody yet")})


class OrganisationForm(Plain, forms.ModelForm):  # type: ignore[type-arg]
    """What the organisation fills in about itself, in plain words."""

    class Meta:
        model = Organisation
        fields = FILLED_IN
        labels = {"asks_for_references": _("Asks to see who a learner is, and for two references")}
        error_messages = {
            "minimum_age": {
                "invalid": _("Write the age in figures, such as 18."),
                "min_value": _("Write an age of %(limit_value)s or more, or leave it empty."),
                "max_value": _("Write an age of %(limit_value)s or less, or leave it empty."),
            }
        }
        help_texts = {
            "name": _("As it should stand on certificates and in letters."),
            "contact": _("An e-mail address, or a sentence: “Ask at the front desk on Tuesdays.”"),
            "numbers": _("One to a line, with its hours. They are shown to learners."),
            "minimum_age": _("The youngest age at which you may help somebody. Leave it empty until you know."),
            "duties": _("In your own words: what allies must pass on, to whom, and how fast."),
            "safeguarding_lead": _("A name, and how to reach them."),
            "lead": _(
                "The care member who is told first when an ally worries about a child or about a life. The others are "
                "told as well."
            ),
            "asks_for_references": _(
                "Somebody of the desk sees who a learner is, and hears two people who know them. Without it two people "
                "of the desk decide by a talk and a practice alone. Switching it on or off is noted in the audit trail."
            ),
        }
        field_classes = {"lead": CareMemberField}
        widgets = {"numbers": forms.Textarea(attrs={"rows": 4}), "duties": forms.Textarea(attrs={"rows": 6})}

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are about, each group with its title."""
        groups = (
            (_("Who you are"), ("name", "contact")),
            (_("Help near you"), ("numbers",)),
            (_("Keeping people safe"), ("minimum_age", "duties", "safeguarding_lead", "lead")),
            (_("On the way to being an ally"), ("asks_for_references",)),
        )
        return [(str(title), [self[name] for name in names]) for title, names in groups]


class AgreementForm(Plain, forms.Form):
    """A version of the agreement to be published."""

    text = forms.CharField(
        label=_("The agreement"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Plain text. An empty line begins a paragraph."),
    )
    replaces = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LearnersForm(Plain, forms.Form):
    """Which learners to list, and in which order."""

    who = forms.CharField(label=_("Name or e-mail"), required=False, max_length=254)
    stage = forms.ChoiceField(label=_("Where"), required=False, choices=[("", _("anywhere")), *Stage.choices])
    waits = forms.ChoiceField(label=_("What waits"), required=False, choices=[("", _("anything")), *Waits.choices])
    sort = forms.ChoiceField(label=_("In which order"), required=False, choices=Sort.choices)

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for and makes sense; nothing of the rest."""
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}


class SinceForm(Plain, forms.Form):
    """From which day on to look."""

    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class TrailForm(Plain, forms.Form):
    """Which part of the audit trail to show."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    who = forms.ModelChoiceField(label=_("Who"), required=False, queryset=User.objects.none(), empty_label=_("anybody"))
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("anything")), *Verb.choices]  # type: ignore[attr-defined]
        staff = User.objects.filter(groups__name__in=(COORDINATOR, SURVIVOR_LEADER)).distinct()
        self.fields["who"].queryset = staff.order_by("name", "email")  # type: ignore[attr-defined]
