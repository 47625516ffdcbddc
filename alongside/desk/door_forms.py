"""The forms about the door and the topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.introductions.acts.door import SAID, TERMS
from alongside.introductions.acts.topics import LONGEST_TOPIC
from alongside.introductions.models import Door
from alongside.introductions.time_zones import time_zones
from alongside.people.forms import Plain

_IN_DAYS = {
    "invalid": _("Write the number of days in figures, such as 180."),
    "required": _("Write the number of days in figures, such as 180."),
    "min_value": _("Write %(limit_value)s days or more."),
    "max_value": _("Write %(limit_value)s days or less."),
}


class DoorForm(Plain, forms.ModelForm):  # type: ignore[type-arg]
    """What is said at the door, and how long things are kept."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("Whoever comes can choose hours by this clock, or by another.")
    )

    class Meta:
        model = Door
        fields = (*SAID, *TERMS)
        labels = {
            "under_age": _("Who helps people under the minimum age, today"),
            "answers_take": _("How long answers take"),
            "keep_days": _("Days that a conversation is kept after its last message"),
            "keep_reports_days": _("Days that a report to the care team is kept"),
        }
        help_texts = {
            "under_age": _(
                "It stands first on the page, for everybody: nobody is asked for their age. Name, number and hours of "
                "somebody whom you have called yourself."
            ),
            "answers_take": _("As it reads in “Answers take …”, such as: a day or two, longer at weekends."),
            "keep_days": _("From 30 to 730. Introductions are kept as long."),
            "keep_reports_days": _("From 30 to 730. Whoever writes a report is told the day before it is sent."),
        }
        error_messages = {"keep_days": _IN_DAYS, "keep_reports_days": _IN_DAYS}
        widgets = {"under_age": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are about, each group with its title."""
        groups = ((_("What is said there"), SAID), (_("How long things are kept"), TERMS))
        return [(str(title), [self[name] for name in names]) for title, names in groups]


class TopicForm(Plain, forms.Form):
    """The name of a topic. What is wrong with one, the act says."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_TOPIC}),
    )
