"""What the tests of review share: content that shipped, and the editor as people use it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from alongside.people.models import SURVIVOR_LEADER, User
from alongside.practice.models import Drill
from alongside.practice.tests.conftest import CONTENT
from alongside.workshop.models import FrontPage

DRILL = "affirm-or-pity-1"
NAMES = "wagtailsnippets_practice_drill"
RICH = '{"entityMap": {}, "blocks": [{"key": "a", "text": "Words.", "type": "unstyled", "depth": 0}]}'


@dataclass
class Editor:
    """The editor. ``row`` is what is edited: a drill or the front page."""

    as_: Callable[[User | None], Client]
    row: Any

    def now(self) -> Any:
        return type(self.row).objects.get(pk=self.row.pk)

    def address(self, name: str, *args: Any) -> str:
        names = "wagtailadmin_pages" if isinstance(self.row, FrontPage) else NAMES
        return reverse(f"{names}:{name}", args=[self.row.pk, *args])

    def form(self, title: str, **changes: Any) -> dict[str, Any]:
        latest = self.now().get_latest_revision_as_object()
        if isinstance(self.row, FrontPage):
            fields = ("body", "what_happens", "honest", "for_survivors", "help_near_you")
            form = {"slug": latest.slug, "lead": latest.lead, **dict.fromkeys(fields, RICH)}
            form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
        else:
            sides = [f"{side}_{part}" for side in ("leans_in", "pulls_back") for part in ("move", "reply", "why")]
            form = {name: getattr(latest, name) for name in ("source_id", "person", "disclosure", *sides)}
        return form | {"title": title, "loaded_revision_id": self.now().latest_revision_id} | changes

    def save(self, who: User, title: str, button: str = "", **changes: Any) -> Any:
        """Have somebody give it another title, by a button of the form."""
        pressed = {button: "yes"} if button else {}
        return self.as_(who).post(self.address("edit"), self.form(title, **changes) | pressed)

    def hand_in(self, who: User, title: str, **changes: Any) -> TaskState:
        """Have somebody change it and hand it in; gives what waits for review."""
        self.save(who, title, "action-submit", **changes)
        return self.waiting()

    def waiting(self) -> TaskState:
        return WorkflowState.objects.for_instance(self.row).get(status="in_progress").current_task_state

    def decide(self, who: User, state: TaskState, action: str = "approve", comment: str = "") -> Any:
        """Have somebody decide as from the dashboard."""
        return self.as_(who).post(self.address("workflow_action", action, state.pk), {"comment": comment})

    def decide_in_form(self, who: User, title: str, action: str = "approve", extra: str = "{}", **changes: Any) -> str:
        """Have somebody decide by the button of the form; gives what she is told."""
        form = self.form(title, **changes) | {"workflow-action-name": action, "workflow-action-extra-data": extra}
        answer = self.as_(who).post(self.address("edit"), form | {"action-workflow-action": "true"}, follow=True)
        return " ".join(str(each) for each in answer.context["messages"])


@pytest.fixture
def drill(db: None, tmp_path: Any, settings: Any) -> Drill:
    """A drill as it ships, imported."""
    (tmp_path / "en/drills").mkdir(parents=True)
    shutil.copy(CONTENT / f"en/drills/{DRILL}.yaml", tmp_path / "en/drills")
    settings.CONTENT = tmp_path
    call_command("import", verbosity=0)
    return Drill.objects.get()


@pytest.fixture
def front(db: None) -> FrontPage:
    """The front page as it ships."""
    return FrontPage.objects.get()


@pytest.fixture(params=["drill", "front"])
def editor(request: pytest.FixtureRequest, as_: Any) -> Editor:
    """The editor of a piece of content, and of the page."""
    return Editor(as_, request.getfixturevalue(request.param))


@pytest.fixture
def drill_editor(drill: Drill, as_: Any) -> Editor:
    """The editor of a drill, which has what a page has not: dates, locks, a copy."""
    return Editor(as_, drill)


@pytest.fixture
def imani(make_account: Any) -> User:
    """Another survivor leader."""
    leader: User = make_account("imani", SURVIVOR_LEADER)
    return leader


@pytest.fixture
def sue(make_account: Any) -> User:
    """A superuser, whom nobody should have made; she came in as a coordinator."""
    sue: User = make_account("sue", "coordinator")
    sue.is_superuser = True
    sue.save()
    return sue
