"""A scenario as staff keep it: a snippet with workflow, draft, lock, revisions, preview and translations."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from alongside.core.story import Problem, problems
from alongside.core.story import Scenario as Story
from alongside.practice import blocks
from alongside.practice.scenario_data import ScenarioDataError, scenario_from_data, scenario_to_data


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios, by who can practise them."""

    def live_in(self, language: str | None) -> "ScenarioQuerySet":
        """Give those that can be begun now in a language (a tag such as ``en``); in English where there are none."""
        live = self.filter(live=True, live_revision__isnull=False).select_related("locale")
        spoken = live.filter(locale__language_code=language)
        return spoken if spoken.exists() else live.filter(locale__language_code="en")


class Scenario(
    WorkflowMixin,  # type: ignore[misc]
    DraftStateMixin,  # type: ignore[misc]
    LockableMixin,  # type: ignore[misc]
    RevisionMixin,  # type: ignore[misc]
    PreviewableMixin,  # type: ignore[misc]
    TranslatableMixin,  # type: ignore[misc]
    models.Model,
):
    """A practice conversation, in one language."""

    source_id = models.CharField(
        _("short name"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))],
        help_text=_("Part of the address, and the name of the file it came from. Keep it once it is in use."),
    )
    title = models.CharField(_("title"), max_length=120)
    person = models.CharField(_("who writes"), max_length=60, help_text=_("The name that the person goes by."))
    content_note = models.TextField(_("content note"), help_text=_("What comes up, read before the start."))
    about = models.TextField(_("about the person"), help_text=_("Who it is and where the messages come from."))
    opening = models.CharField(_("opening"), max_length=60, help_text=_("The key of the first beat."))
    beats = StreamField([("beat", blocks.BeatBlock())], verbose_name=_("beats"))
    endings = StreamField([("ending", blocks.EndingBlock())], verbose_name=_("endings"))
    imported_hash = models.CharField(max_length=64, blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="scenario",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="scenario",
        for_concrete_model=False,
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):  # type: ignore[misc]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering: ClassVar[list[str]] = ["title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_id", "locale"], name="one_scenario_of_a_name_in_a_language")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """Every version that was saved."""
        revisions: models.QuerySet[Revision] = self._revisions.all()
        return revisions

    @cached_property
    def story(self) -> Story:
        """The scenario that can be told. Raises ``ScenarioDataError`` when this is not the shape of one."""
        return scenario_from_data(
            {
                "source_id": self.source_id,
                "title": self.title,
                "person": self.person,
                "language": self.locale.language_code,
                "content_note": self.content_note,
                "about": self.about,
                "opening": self.opening,
                "beats": blocks.beats_to_data(self.beats),
                "endings": blocks.endings_to_data(self.endings),
            }
        )

    def tell(self, scenario: Story) -> None:
        """Take over everything from ``scenario``, its language excepted; saves nothing."""
        data = scenario_to_data(scenario)
        for name in ("source_id", "title", "person", "content_note", "about", "opening"):
            setattr(self, name, data[name])
        self.beats = blocks.beats_from_data(scenario.source_id, data["beats"])
        self.endings = blocks.endings_from_data(scenario.source_id, data["endings"])
        self.__dict__.pop("story", None)

    def clean(self) -> None:
        """Refuse a scenario that cannot be told, with every reason."""
        super().clean()
        self.__dict__.pop("story", None)
        try:
            found = problems(self.story)
        except ScenarioDataError as error:
            found = error.problems
        if found:
            raise ValidationError([ValidationError(f"{self._place(each)}{_said(each)}") for each in found])

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

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a version. The editor's autosave never overwrites one that is live or that somebody practises."""
        if overwrite_revision and (
            overwrite_revision.pk == self.live_revision_id or self.attempts.filter(revision=overwrite_revision).exists()
        ):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Scenario":
        """Give this scenario as a revision has it. What was last imported belongs to the scenario, not the revision."""
        scenario: Scenario = super().with_content_json(content)
        scenario.imported_hash = self.imported_hash
        return scenario

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What staff can look at before it goes live."""
        return [("before", _("Before it begins")), ("conversation", _("The first message"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show what a learner sees."""
        return "practice/preview_conversation.html" if mode_name == "conversation" else "practice/preview_scenario.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Give the pages of practice what they need."""
        beat = self.story.beat(self.opening)
        return {
            **super().get_preview_context(request, mode_name),
            "scenario": self,
            "is_preview": True,
            "her_last_words": beat.says if beat else "",
        }


_MEMBERS = {"beats": _("beat"), "endings": _("ending"), "rules": _("rule"), "worn": _("worn")}


def _said(problem: Problem) -> str:
    return gettext(problem.sentence) % problem.params
