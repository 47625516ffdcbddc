"""What somebody fills in who comes to talk. All of it may be left empty."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.core.matching import Wish
from alongside.introductions.fitting import name_of
from alongside.introductions.hours import CLOCKS, minutes_ahead
from alongside.introductions.models import Door, Topic
from alongside.introductions.wishes import Wishes
from alongside.introductions.words import LONGEST_WORDS
from alongside.people.forms import OneLineField
from alongside.people.hers import LONGEST_NAME
from alongside.records import clock

_NOT_ON_LIST = {"invalid_choice": _("Something here has changed meanwhile. Please look at it once more.")}
_HOW_MUCH = {
    Wish.NO: _("It makes no difference"),
    Wish.RATHER: _("I would like that"),
    Wish.MUST: _("It has to be so"),
}
_TIMES = {
    "weekdays-morning": _("Weekdays in the morning, 6 to 12"),
    "weekdays-afternoon": _("Weekdays in the afternoon, 12 to 17"),
    "weekdays-evening": _("Weekdays in the evening, 17 to 22"),
    "weekdays-night": _("Weekdays at night, 22 to 6"),
    "weekend-morning": _("Weekend in the morning, 6 to 12"),
    "weekend-afternoon": _("Weekend in the afternoon, 12 to 17"),
    "weekend-evening": _("Weekend in the evening, 17 to 22"),
    "weekend-night": _("Weekend at night, 22 to 6"),
}


class TopicsForm(forms.Form):
    """What she would like to talk about, and what of it matters most."""

    topics = forms.MultipleChoiceField(
        label=_("Choose as many as you like, or none"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NOT_ON_LIST,
    )
    most = forms.ChoiceField(label=_("Does one of them matter most?"), required=False, error_messages=_NOT_ON_LIST)

    def __init__(self, *args: Any, wishes: Wishes, **kwargs: Any) -> None:
        topics = list(Topic.objects.filter(is_offered=True).values_list("slug", "name"))
        kwargs["initial"] = {"topics": wishes.topics, "most": wishes.topics[0] if wishes.topics else ""}
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        _choices(self, "topics", topics)
        _choices(self, "most", [("", _("No, they all do")), *topics])

    @property
    def chosen(self) -> tuple[str, ...]:
        """The slugs of what she chose, what matters most first; only for a form that is valid."""
        most, topics = self.cleaned_data["most"], self.cleaned_data["topics"]
        return (most, *(topic for topic in topics if topic != most)) if most else tuple(topics)


class WithForm(forms.Form):
    """With whom she would rather talk, and when."""

    been_there = forms.TypedChoiceField(
        label=_("Somebody who has been there herself"),
        choices=_HOW_MUCH.items,
        coerce=Wish,
        empty_value=Wish.NO,
        required=False,
        widget=forms.RadioSelect,
        error_messages=_NOT_ON_LIST,
    )
    woman = forms.TypedChoiceField(
        label=_("A woman"),
        choices=_HOW_MUCH.items,
        coerce=Wish,
        empty_value=Wish.NO,
        required=False,
        widget=forms.RadioSelect,
        error_messages=_NOT_ON_LIST,
    )
    languages = forms.MultipleChoiceField(
        label=_("In which language?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NOT_ON_LIST,
    )
    times = forms.MultipleChoiceField(
        label=_("When would you like to write to each other?"),
        help_text=_("You can write at any time. This is about when the other person should be there as well."),
        choices=_TIMES.items,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NOT_ON_LIST,
    )
    clock = forms.TypedChoiceField(
        label=_("What does your clock show now?"),
        help_text=_("Only if you chose times: so that they are meant by your clock."),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=_NOT_ON_LIST,
    )

    def __init__(self, *args: Any, wishes: Wishes, languages: Iterable[str], **kwargs: Any) -> None:
        ahead = wishes.clock if wishes.times else _house_clock()
        kwargs["initial"] = {
            "been_there": wishes.been_there,
            "woman": wishes.woman,
            "languages": wishes.languages,
            "times": wishes.times,
            "clock": ahead,
        }
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        _choices(self, "languages", [(code, name_of(code)) for code in languages])
        _choices(self, "clock", [(minutes, _shown(minutes)) for minutes in sorted({*CLOCKS, ahead})])

    @property
    def chosen(self) -> dict[str, Any]:
        """What she chose, by the fields of ``Wishes``; only for a form that is valid."""
        said = self.cleaned_data
        return {
            "been_there": said["been_there"],
            "woman": said["woman"],
            "languages": tuple(said["languages"]),
            "times": tuple(said["times"]),
            "clock": _house_clock() if said["clock"] is None else said["clock"],
        }


class WordsForm(forms.Form):
    """What she would like to say first, and what the other person may call her."""

    words = forms.CharField(
        label=_("Your first words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={
            "max_length": _(
                "This is %(show_value)d characters long, and %(limit_value)d fit. Please shorten it; you can write on "
                "as soon as somebody answers."
            )
        },
    )
    name = OneLineField(
        label=_("What may the other person call you?"),
        help_text=_("If you like: any name, better not your own."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, asks_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        if not asks_name:
            del self.fields["name"]


def _choices(form: forms.Form, name: str, choices: Collection[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice")
    field.choices = choices


def _house_clock() -> int:
    """Give by how many minutes the organisation's clock is ahead of UTC now."""
    return minutes_ahead(Door.current().time_zone, clock.now())


def _shown(ahead: int) -> str:
    """Give what a clock shows now that is so many minutes ahead of UTC: the day and the time."""
    return date_format(clock.now() + timedelta(minutes=ahead), "l H:i")
