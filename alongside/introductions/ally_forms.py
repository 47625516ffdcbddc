"""What an ally fills in about herself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.introductions.acts import Times
from alongside.introductions.counting import may_count
from alongside.introductions.fitting import name_of
from alongside.introductions.hours import PARTS
from alongside.introductions.models import (
    LONGEST_NAME,
    LONGEST_SENTENCE,
    MOST_AT_ONCE,
    MOST_STRENGTHS,
    Door,
    Presentation,
    Profile,
    Topic,
)
from alongside.introductions.plain_words import INSTEAD, what_leads_outside
from alongside.introductions.time_zones import time_zones
from alongside.introductions.week import CELLS, cells_of, hours_in

MOST_LANGUAGES = 4
_STRENGTH, _LANGUAGE = "topic-", "language-"
_WRITTEN = frozenset(("zh-hans", "zh-hant"))  # of those with an addition: no country's way of speaking
_PARTS = {
    "morning": (_("Morning"), "6–12"),
    "afternoon": (_("Afternoon"), "12–17"),
    "evening": (_("Evening"), "17–22"),
    "night": (_("Night"), "22–6"),
}
_TOO_LONG = _("This is %(show_value)d characters long, and %(limit_value)d fit. Please shorten it.")


class WordsForm(forms.Form):
    """The name that she goes by here, and a sentence for each topic that she is good at."""

    name = forms.CharField(
        label=_("The name that people know you by here"),
        help_text=_("One that you choose; it need not be yours. A first name is enough."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Choose a name that people here know you by. It need not be your own."),
            "max_length": _TOO_LONG,
        },
    )

    def __init__(self, data: QueryDict | None = None, *, last: Presentation | None = None) -> None:
        said = {each["topic"]: each["sentence"] for each in last.strengths} if last else {}
        initial = {f"{_STRENGTH}{slug}": sentence for slug, sentence in said.items()}
        super().__init__(data, label_suffix="", initial={"name": last.name if last else "", **initial})
        for slug, name in Topic.objects.filter(is_offered=True).values_list("slug", "name"):
            self.fields[f"{_STRENGTH}{slug}"] = forms.CharField(
                label=name,
                required=False,
                max_length=LONGEST_SENTENCE,
                widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
                error_messages={"max_length": _TOO_LONG},
            )

    @property
    def strengths(self) -> dict[str, str]:
        """Her sentences by the slugs of their topics, the empty ones left out; only for a form that is valid."""
        said = self.cleaned_data.items()
        return {name.removeprefix(_STRENGTH): text for name, text in said if name.startswith(_STRENGTH) and text}

    @property
    def topics(self) -> list[forms.BoundField]:
        """The fields of the topics, in order."""
        return [self[name] for name in self.fields if name.startswith(_STRENGTH)]

    def clean(self) -> dict[str, Any]:
        """Refuse what leads outside, with what to do instead, and too few or too many topics."""
        cleaned = super().clean() or self.cleaned_data
        for name in list(cleaned):
            if outside := what_leads_outside(cleaned[name]):
                self.add_error(name, str(INSTEAD[outside]))
        if not self.errors and not self.strengths:
            raise ValidationError(_("Write a sentence about one topic at least."))
        if not self.errors and len(self.strengths) > MOST_STRENGTHS:
            sentence = _("Choose up to %(most)d topics: those you are best at. Empty the others.")
            raise ValidationError(sentence, params={"most": MOST_STRENGTHS})
        return cleaned


@dataclass(frozen=True)
class Cell:
    """A box of her week: its ``value`` is of ``week.CELLS``."""

    value: str
    part: str | Promise
    is_checked: bool


@dataclass(frozen=True)
class Day:
    """A row of her week."""

    name: str | Promise
    short: str | Promise
    cells: Sequence[Cell]


class TimesForm(forms.Form):
    """When she is there, in which languages, and for how many people at once."""

    hours = forms.MultipleChoiceField(required=False, choices=[(cell, cell) for cell in CELLS])
    time_zone = forms.ChoiceField(
        label=_("A place that has your time"),
        help_text=_("So that your hours are meant by your clock. It is shown to nobody."),
        choices=time_zones,
    )
    capacity = forms.IntegerField(
        label=_("With how many people would you talk at once, at most?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
    )
    is_woman = forms.BooleanField(label=_("I am a woman"), required=False)

    def __init__(self, data: QueryDict | None = None, *, profile: Profile | None) -> None:
        spoken = profile.languages if profile else []
        initial = {
            "hours": cells_of(profile.hours) if profile else (),
            "time_zone": profile.time_zone if spoken and profile else Door.current().time_zone,
            "capacity": profile.capacity if profile else 1,
            "is_woman": profile.is_woman if profile else False,
            **{f"{_LANGUAGE}{number}": code for number, code in enumerate(spoken, 1)},
        }
        super().__init__(data, label_suffix="", initial=initial)
        for number in range(1, MOST_LANGUAGES + 1):
            self.fields[f"{_LANGUAGE}{number}"] = forms.ChoiceField(
                label=_("A language that you talk in") if number == 1 else _("Another, if you like"),
                choices=[("", "–"), *languages()],
                required=False,
            )

    @property
    def times(self) -> Times:
        """What she chose; only for a form that is valid."""
        said = self.cleaned_data
        return Times(
            languages=self._spoken,
            is_woman=said["is_woman"],
            hours=hours_in(said["hours"]),
            time_zone=said["time_zone"],
            capacity=said["capacity"],
        )

    @property
    def languages(self) -> list[forms.BoundField]:
        """The fields of her languages."""
        return [self[name] for name in self.fields if name.startswith(_LANGUAGE)]

    @property
    def parts(self) -> list[tuple[str | Promise, str]]:
        """The parts of a day: what each is called, and from which hour to which it goes."""
        return [_PARTS[part] for part in PARTS]

    def days(self) -> Iterator[Day]:
        """Give the rows of her week."""
        checked = frozenset(self["hours"].value() or ())
        for day in range(7):
            cells = [Cell(f"{day}-{part}", _PARTS[part][0], f"{day}-{part}" in checked) for part in PARTS]
            yield Day(WEEKDAYS[day], WEEKDAYS_ABBR[day], cells)

    def clean(self) -> dict[str, Any]:
        """See to it that she talks in a language."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._spoken:
            self.add_error(f"{_LANGUAGE}1", _("Choose one language at least."))
        return cleaned

    @property
    def _spoken(self) -> tuple[str, ...]:
        chosen = (code for name, code in self.cleaned_data.items() if name.startswith(_LANGUAGE))
        return tuple(dict.fromkeys(filter(None, chosen)))


class CountingForm(forms.Form):
    """Whether it may count in matching that she has been there."""

    may_count = forms.TypedChoiceField(
        label=_("May it count?"),
        choices=[("no", _("No")), ("yes", _("Yes, it may count"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )

    def __init__(self, data: QueryDict | None = None, *, profile: Profile | None) -> None:
        counts = profile is not None and may_count(profile)
        super().__init__(data, label_suffix="", initial={"may_count": "yes" if counts else "no"})


def languages() -> list[tuple[str, str]]:
    """Give the languages to choose from by their codes, each named in itself, in the order of the alphabet."""
    codes = (code for code, its in LANG_INFO.items() if "name_local" in its and ("-" not in code or code in _WRITTEN))
    return sorted(((code, name_of(code)) for code in codes), key=lambda each: each[1].casefold())
