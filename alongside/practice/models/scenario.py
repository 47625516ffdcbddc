"""A scenario as staff keep it: a snippet with workflow, draft, lock, revisions, preview and translations."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Revision

from alongside.core.problem import Problem
from alongside.core.story import Scenario as Story
from alongside.core.story import problems
from alongside.practice import blocks
from alongside.practice.scenario_data import scenario_from_data, scenario_to_data
from alongside.practice.scenario_map import scenario_map
from alongside.review.models import Content
from alongside.review.shape import Data


class Scenario(Content):
    """A practice conversation, in one language."""

    person = models.CharField(_("who writes"), max_length=60, help_text=_("The name that the person goes by."))
    content_note = models.TextField(_("content note"), help_text=_("What comes up, read before the start."))
    about = models.TextField(_("about the person"), help_text=_("Who it is and where the messages come from."))
    opening = models.CharField(_("opening"), max_length=60, help_text=_("The key of the first beat."))
    beats = StreamField([("beat", blocks.BeatBlock())], verbose_name=_("beats"))
    endings = StreamField([("ending", blocks.EndingBlock())], verbose_name=_("endings"))

    told_in = (*Content.told_in, "person", "content_note", "about", "opening")

    class Meta(Content.Meta):
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_id", "locale"], name="one_scenario_of_a_name_in_a_language")
        ]

    @cached_property
    def story(self) -> Story:
        """The scenario that can be told. Raises ``DataError`` when this is not the shape of one."""
        streams = {"beats": blocks.beats_to_data(self.beats), "endings": blocks.endings_to_data(self.endings)}
        return scenario_from_data(self.fields_as_data() | streams)

    def as_data(self) -> Data:
        """Give the scenario as plain data. Raises ``DataError`` for a draft that is none yet."""
        self.__dict__.pop("story", None)  # its fields may have changed since
        return scenario_to_data(self.story)

    def tell(self, data: Data) -> None:
        """Take over everything from plain data, its language excepted; saves nothing."""
        super().tell(data)
        self.beats = blocks.beats_from_data(self.source_id, data["beats"])
        self.endings = blocks.endings_from_data(self.source_id, data["endings"])
        self.__dict__.pop("story", None)

    def what_is_wrong(self) -> list[Problem]:
        """Give what is wrong with its shape, or else why it cannot be told."""
        return super().what_is_wrong() or problems(self.story)

    def in_words(self, problem: Problem) -> str:
        """Give the place of a problem, as staff see it in the editor, and what is wrong there."""
        return f"{self._place(problem)}{super().in_words(problem)}"

    def _place(self, problem: Problem) -> str:
        """Give the place of a problem in words, such as “Beat “money”, rule 2: ”."""
        if not problem.where:
            return ""
        parts: list[str] = []
        for name, following in zip(problem.where, (*problem.where[1:], None), strict=True):
            if isinstance(name, int):
                continue
            if isinstance(following, int):
                parts.append(self._member(name, following))
            else:
                parts.append(name.replace("_", " "))
        words = ", ".join(parts)
        return f"{words[:1].upper()}{words[1:]}: "

    def _member(self, name: str, index: int) -> str:
        stream = {"beats": self.beats, "endings": self.endings}.get(name)
        number = index + 1
        if stream is None:
            return f"{_MEMBERS.get(name, name)} {number}"
        key = stream[index].value["key"] if index < len(stream) else ""
        return f"{_MEMBERS[name]} “{key}”" if key else f"{_MEMBERS[name]} {number}"

    def is_in_use(self, revision: Revision) -> bool:
        """Say whether somebody practises this version."""
        return self.attempts.filter(revision=revision).exists()

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What staff can look at before it goes live."""
        return [("before", _("Before it begins")), ("conversation", _("The first message")), ("map", _("Map"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show what a learner sees, or the map."""
        return f"practice/preview_{mode_name if mode_name in ('conversation', 'map') else 'scenario'}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the pages of practice what they need."""
        beat = self.story.beat(self.opening)
        return {
            **super().get_preview_context(request, mode_name),
            "scenario": self,
            "is_preview": True,
            "her_last_words": beat.says if beat else "",
            "map": scenario_map(self.story) if mode_name == "map" else None,
        }


_MEMBERS = {"beats": _("beat"), "endings": _("ending"), "rules": _("rule"), "worn": _("worn")}
